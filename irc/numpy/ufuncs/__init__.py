"""Functions of single elements, by the names of the Array API standard and of NumPy, and what they make of their operands."""

from __future__ import annotations

from irc.numpy.ufuncs.arithmetic import *  # noqa: F403
from irc.numpy.ufuncs.arithmetic import integer_pow as integer_pow
from irc.numpy.ufuncs.circular import *  # noqa: F403
from irc.numpy.ufuncs.division import *  # noqa: F403
from irc.numpy.ufuncs.division import divmod_ as divmod_
from irc.numpy.ufuncs.exponentials import *  # noqa: F403
from irc.numpy.ufuncs.kinds import *  # noqa: F403
from irc.numpy.ufuncs.operands import filled as filled
from irc.numpy.ufuncs.operands import inexact as inexact
from irc.numpy.ufuncs.operands import largest as largest
from irc.numpy.ufuncs.operands import numbers as numbers
from irc.numpy.ufuncs.operands import promoted_to_inexact as promoted_to_inexact
from irc.numpy.ufuncs.orders import *  # noqa: F403
from irc.numpy.ufuncs.rounding import *  # noqa: F403
from irc.numpy.ufuncs.signs import *  # noqa: F403
from irc.numpy.ufuncs.signs import size_of as size_of
from irc.numpy.ufuncs.signs import with_sign_of as with_sign_of
from irc.numpy.ufuncs.signs import with_zeros_like as with_zeros_like
from irc.numpy.ufuncs.truth import *  # noqa: F403
from irc.numpy.ufuncs.truth import boolean as boolean
from irc.numpy.ufuncs.truth import where as where
