"""Replaces the requests of the `ad` dialect by calls of derivative functions that it writes."""

from __future__ import annotations

from irc.autodiff.functions import Derivatives
from irc.dialects import ad
from irc.ir.operation import Operation
from irc.passes.base import Pass, PassContext


class Differentiate(Pass):
    """Write the derivatives that `ad` operations ask for, in reverse mode, and call them."""

    def run(self, op: Operation, context: PassContext) -> None:
        requests = [inner for inner in op.walk() if isinstance(inner, ad.ValueAndGrad | ad.VJP)]
        if not requests:
            return
        derivatives = Derivatives(op)
        for request in requests:
            # Writing a derivative may have expanded it already, as part of a function that is differentiated itself.
            if request.parent is not None:
                derivatives.expand(request)
