"""Control flow and the operations below `irc.numpy`, by the names of JAX's `lax`."""

from __future__ import annotations

from irc.lax import linalg as linalg
from irc.lax.bessel import *  # noqa: F403
from irc.lax.branches import *  # noqa: F403
from irc.lax.conveniences import *  # noqa: F403
from irc.lax.convolution import *  # noqa: F403
from irc.lax.elementwise import *  # noqa: F403
from irc.lax.folding import *  # noqa: F403
from irc.lax.fourier import *  # noqa: F403
from irc.lax.local import *  # noqa: F403
from irc.lax.loops import *  # noqa: F403
from irc.lax.orders import *  # noqa: F403
from irc.lax.positions import *  # noqa: F403
from irc.lax.roots import *  # noqa: F403
from irc.lax.scans import *  # noqa: F403
from irc.lax.shapes import *  # noqa: F403
from irc.lax.strict import *  # noqa: F403
from irc.tracing.custom import stop_gradient as stop_gradient
from irc.tracing.named_axes import *  # noqa: F403
