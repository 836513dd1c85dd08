"""Programs of other systems as functions."""
