"""What each op of `stablehlo` and `chlo` becomes, by tables of functions from an op to the values of its results."""
