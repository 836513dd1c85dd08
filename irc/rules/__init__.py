"""Rewrites as data, grouped by theme."""
