"""Where derived operations come from."""

from __future__ import annotations

from irc.ir.attributes import StringAttr
from irc.ir.location import Location, fuse


def derived(location: Location, pass_name: str) -> Location:
    """The location of an op that a pass made from one at `location`."""
    return fuse((location,), StringAttr(pass_name))
