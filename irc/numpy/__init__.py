"""The array namespace: the Array API standard, and what users of `jax.numpy` reach for, on `irc` arrays."""

from __future__ import annotations

from irc.numpy import array_methods as array_methods
from irc.numpy import array_places as array_places
from irc.numpy import fft as fft
from irc.numpy import linalg as linalg
from irc.numpy.bits import *  # noqa: F403
from irc.numpy.comparing import *  # noqa: F403
from irc.numpy.complexes import *  # noqa: F403
from irc.numpy.constants import *  # noqa: F403
from irc.numpy.contractions import *  # noqa: F403
from irc.numpy.convolutions import *  # noqa: F403
from irc.numpy.counting import *  # noqa: F403
from irc.numpy.covariance import *  # noqa: F403
from irc.numpy.creation import *  # noqa: F403
from irc.numpy.data_types import *  # noqa: F403
from irc.numpy.diagonals import *  # noqa: F403
from irc.numpy.files import *  # noqa: F403
from irc.numpy.functional import *  # noqa: F403
from irc.numpy.inspection import *  # noqa: F403
from irc.numpy.manipulation import *  # noqa: F403
from irc.numpy.more_creation import *  # noqa: F403
from irc.numpy.more_ufuncs import *  # noqa: F403
from irc.numpy.padding import *  # noqa: F403
from irc.numpy.polynomials import *  # noqa: F403
from irc.numpy.products import *  # noqa: F403
from irc.numpy.quantiles import *  # noqa: F403
from irc.numpy.rearranging import *  # noqa: F403
from irc.numpy.reductions import *  # noqa: F403
from irc.numpy.running import *  # noqa: F403
from irc.numpy.searching import *  # noqa: F403
from irc.numpy.sets import *  # noqa: F403
from irc.numpy.signals import *  # noqa: F403
from irc.numpy.sorting import *  # noqa: F403
from irc.numpy.statistics import *  # noqa: F403
from irc.numpy.taking import *  # noqa: F403
from irc.numpy.trigonometry import *  # noqa: F403
from irc.numpy.ufunc_methods import ufunc as ufunc
from irc.numpy.ufuncs.arithmetic import *  # noqa: F403
from irc.numpy.ufuncs.circular import *  # noqa: F403
from irc.numpy.ufuncs.division import *  # noqa: F403
from irc.numpy.ufuncs.exponentials import *  # noqa: F403
from irc.numpy.ufuncs.kinds import *  # noqa: F403
from irc.numpy.ufuncs.orders import *  # noqa: F403
from irc.numpy.ufuncs.rounding import *  # noqa: F403
from irc.numpy.ufuncs.signs import *  # noqa: F403
from irc.numpy.ufuncs.truth import *  # noqa: F403
from irc.numpy.utilities import *  # noqa: F403
from irc.numpy.without_nan import *  # noqa: F403
from irc.tracing.array import Array as Array
