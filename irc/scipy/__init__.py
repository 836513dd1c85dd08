"""Functions by the names of `jax.scipy`."""

from __future__ import annotations

from irc.scipy import cluster as cluster
from irc.scipy import fft as fft
from irc.scipy import integrate as integrate
from irc.scipy import interpolate as interpolate
from irc.scipy import linalg as linalg
from irc.scipy import ndimage as ndimage
from irc.scipy import optimize as optimize
from irc.scipy import signal as signal
from irc.scipy import sparse as sparse
from irc.scipy import special as special
from irc.scipy import stats as stats
