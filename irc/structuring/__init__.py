"""Graphs of basic blocks as structured control flow."""
