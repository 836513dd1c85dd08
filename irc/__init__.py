"""irc: a multi-level compiler for tensor programs whose textual IR is MLIR."""

__version__ = "0.1.0"
