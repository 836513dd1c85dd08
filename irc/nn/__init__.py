"""Functions of neural networks, by the names of `jax.nn`."""

from __future__ import annotations

from irc.nn import activations
from irc.nn import initializers as initializers
from irc.nn.activations import *  # noqa: F403
from irc.nn.attention import dot_product_attention

__all__ = [*activations.__all__, "dot_product_attention", "initializers"]
