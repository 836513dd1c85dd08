"""Derivative rules per dialect, and the forward and reverse transformations."""
