"""Facts about a program, computed and never stored in it: one analysis per file."""
