"""Control flow and the operations below `irc.numpy`, by the names of JAX's `lax`."""

from __future__ import annotations

from irc.lax.control_flow import *  # noqa: F403
from irc.lax.elementwise import FUNCTIONS, clamp, convert_element_type, div, erf, logistic, round, select, select_n
from irc.lax.shapes import *  # noqa: F403

globals().update(FUNCTIONS)
