"""The passes, one per file, and the pass manager."""
