"""The NumPy reference executor, which runs every level of the IR."""
