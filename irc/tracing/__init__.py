"""Programs from Python: arrays, and the functions of them that are traced into `nd`, compiled and run."""
