"""Replaces the requests of the `ad` dialect by calls of derivative functions that it writes."""

from __future__ import annotations

from irc.autodiff.functions import Derivatives
from irc.dialects import ad
from irc.ir.operation import Operation
from irc.ir.recursion import frames
from irc.passes.base import Pass, PassContext

MAX_FRAMES = 100_000
"""Calls of the program are followed by calls of Python: some ten for each."""

REQUESTS = (ad.ValueAndGrad, ad.VJP, ad.JVP)
SAID = (ad.StopGradient, ad.CustomJVP, ad.CustomVJP)


class Differentiate(Pass):
    """Write the derivatives that `ad` operations ask for, in forward or reverse mode, and call them.

    What says how derivatives are taken, `ad.stop_gradient` and custom derivatives, has done its work then and goes.
    """

    def run(self, op: Operation, context: PassContext) -> None:
        found = [inner for inner in op.walk() if isinstance(inner, (*REQUESTS, *SAID))]
        requests = [inner for inner in found if isinstance(inner, REQUESTS)]
        if requests:
            derivatives = Derivatives(op)
            with frames(MAX_FRAMES):
                for request in requests:
                    # Writing a derivative may have expanded it already, as part of a function that is differentiated.
                    if request.parent is not None:
                        derivatives.expand(request)
        if not found:
            return
        for inner in [inner for inner in op.walk() if isinstance(inner, SAID)]:
            if isinstance(inner, ad.StopGradient):
                inner.replace_with([inner.input])
            else:
                inner.erase()
