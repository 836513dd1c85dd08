"""The ops of `ad` that give derivatives of functions by other functions."""

from __future__ import annotations

from irc.dialects._ad_checks import check_constants, check_signature, float_types, signature_of
from irc.ir.attributes import ArrayAttr, SymbolRefAttr
from irc.ir.symbols import SymbolTables
from irc.ods.fields import attribute
from irc.ods.op import Op


class CustomJVP(Op, name="ad.custom_jvp"):
    """The derivative of the first function is the second one, in both modes.

    It takes the arguments of the first and then tangents of those of float type, in which it is linear; it returns its
    results and then their tangents, where they are of float type. With respect to the arguments in `constants` there is no
    derivative: that one has to pass them is an error.

    ad.custom_jvp @f, @f_jvp
    """

    primal: SymbolRefAttr = attribute(SymbolRefAttr)
    jvp: SymbolRefAttr = attribute(SymbolRefAttr)
    constants: ArrayAttr = attribute(ArrayAttr, default=ArrayAttr(()))
    assembly = "$primal `,` $jvp attr-dict"

    def verify_symbols(self, tables: SymbolTables) -> None:
        primal, jvp = (signature_of(self, tables, symbol) for symbol in (self.primal, self.jvp))
        check_constants(self.constants, primal)
        check_signature(
            self.jvp,
            jvp,
            (*primal.inputs, *float_types(primal.inputs)),
            f"the arguments of '{self.primal}' and tangents of the float ones",
            (*primal.results, *float_types(primal.results)),
            f"the results of '{self.primal}' and tangents of the float ones",
        )


class CustomVJP(Op, name="ad.custom_vjp"):
    """The derivative of the first function in reverse mode is given by the two others.

    The second takes the arguments of the first, and returns its results and then residuals, of any types. The third takes
    the residuals and then cotangents of the results of float type, and returns cotangents of the arguments of float type.
    With respect to the arguments in `constants` there is no derivative: that one has to pass them is an error.

    ad.custom_vjp @f, @f_fwd, @f_bwd
    """

    primal: SymbolRefAttr = attribute(SymbolRefAttr)
    forward: SymbolRefAttr = attribute(SymbolRefAttr)
    backward: SymbolRefAttr = attribute(SymbolRefAttr)
    constants: ArrayAttr = attribute(ArrayAttr, default=ArrayAttr(()))
    assembly = "$primal `,` $forward `,` $backward attr-dict"

    def verify_symbols(self, tables: SymbolTables) -> None:
        primal, forward, backward = (
            signature_of(self, tables, symbol) for symbol in (self.primal, self.forward, self.backward)
        )
        check_constants(self.constants, primal)
        count = len(primal.results)
        residuals = forward.results[count:]
        check_signature(
            self.forward,
            forward,
            primal.inputs,
            f"the arguments of '{self.primal}'",
            (*primal.results, *residuals),
            f"the results of '{self.primal}' and then residuals",
        )
        check_signature(
            self.backward,
            backward,
            (*residuals, *float_types(primal.results)),
            f"the residuals of '{self.forward}' and cotangents of the float results of '{self.primal}'",
            float_types(primal.inputs),
            f"cotangents of the float arguments of '{self.primal}'",
        )


__all__ = ["CustomJVP", "CustomVJP"]
