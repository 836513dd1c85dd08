"""What a derivative stores and what it computes again, by the names of `jax.ad_checkpoint`."""

from __future__ import annotations

from irc.lax.checkpoint import checkpoint, checkpoint_policies

remat = checkpoint

__all__ = ["checkpoint", "checkpoint_policies", "remat"]
