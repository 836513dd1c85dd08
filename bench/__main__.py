"""Runs all benchmarks."""

from bench import ir

ir.main()
