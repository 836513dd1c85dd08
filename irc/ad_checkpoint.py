"""What derivatives store and what they compute again, by the names of `jax.ad_checkpoint`."""

from __future__ import annotations

from irc.lax.checkpoint import checkpoint, checkpoint_name, checkpoint_policies

remat = checkpoint

__all__ = ["checkpoint", "checkpoint_name", "checkpoint_policies", "remat"]
