"""Solvers that need products with a matrix alone, by the names of `jax.scipy.sparse`."""

from __future__ import annotations

from irc.scipy.sparse import linalg as linalg
