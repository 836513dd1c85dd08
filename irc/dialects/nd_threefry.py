"""The constants of Threefry-2x32-20 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11).

Four rounds (add, rotate, exclusive or) follow each other, then the next two of three key words are added, and the number of
the group to the second. The third key word is the exclusive or of the others and of a constant.
"""

from __future__ import annotations

PARITY = 0x1BD11BDA
"""The constant of the key schedule, which comes from Skein."""

_EVEN, _ODD = (13, 15, 26, 6), (17, 29, 16, 24)
ROTATIONS = (_EVEN, _ODD, _EVEN, _ODD, _EVEN)
"""By how many bits each of the 20 rounds rotates, in groups between which the key is added."""
