"""What each op of `nd` and around it becomes in `stablehlo`, by tables of functions from an op and its new operands."""
