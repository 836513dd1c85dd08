"""Patterns, rule sets, the greedy driver and dialect conversion."""
