"""Clusters, by the names of `jax.scipy.cluster`."""

from __future__ import annotations

from irc.scipy.cluster import vq as vq
