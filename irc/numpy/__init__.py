"""The array namespace: the Array API standard, and what users of `jax.numpy` reach for, on `irc` arrays."""

from __future__ import annotations

from irc.numpy.array_methods import astype as astype
from irc.numpy.creation import *  # noqa: F403
from irc.numpy.manipulation import *  # noqa: F403
from irc.numpy.products import *  # noqa: F403
from irc.numpy.reductions import *  # noqa: F403
from irc.numpy.ufuncs import *  # noqa: F403
