"""Convolutions: contractions of a kernel with windows of the input, by their subscripts.

A letter `x`, `y` or `z` of the input's subscripts stands for a position of the output times the stride plus a position in
the kernel, `k`, `l` or `m`, times the dilation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from irc.dialects.linalg_contractions import quantized_product
from irc.dialects.linalg_interface import PARALLEL, REDUCTION, IteratorType, LinalgOp
from irc.dialects.linalg_named import Structured, named
from irc.dialects.linalg_payload import Payload
from irc.ir.affine import AffineDim, AffineExpr, AffineMap
from irc.ir.attributes import DenseElementsAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.element_bytes import elements
from irc.ir.traits import SingleBlock
from irc.ir.types import i64
from irc.ir.value import Value
from irc.ods.fields import attribute

WINDOWS = {"x": "k", "y": "l", "z": "m"}
"""From the letters of spatial dimensions to those of the kernel's."""


class Windowed(Structured):
    """A reduction over windows of the first input."""

    subscripts: ClassVar[str] = ""
    """`input,kernel->output`."""
    loops: ClassVar[str] = ""
    """The letter of each loop, outermost first."""

    @property
    def maps(self) -> tuple[AffineMap, ...]:
        source, kernel, output = type(self).subscripts.replace("->", ",").split(",")
        rank = len(type(self).loops)
        scalars = [AffineMap(rank, 0, ())] * (len(self.inputs) - 2)
        windows = AffineMap(rank, 0, tuple(self._window(letter) for letter in source))
        return windows, self._map(kernel), *scalars, self._map(output)

    @property
    def iterators(self) -> tuple[IteratorType, ...]:
        output = type(self).subscripts.split("->")[1]
        return tuple(PARALLEL if letter in output else REDUCTION for letter in type(self).loops)

    def step(self, name: str, axis: int) -> int:
        """The stride or the dilation along a spatial axis."""
        return 1

    def _map(self, word: str) -> AffineMap:
        loops = type(self).loops
        return AffineMap.of_dims(len(loops), [loops.index(letter) for letter in word])

    def _window(self, letter: str) -> AffineExpr:
        loops = type(self).loops
        outer = AffineDim(loops.index(letter))
        if letter not in WINDOWS:
            return outer
        axis = list(WINDOWS).index(letter)
        inner = AffineDim(loops.index(WINDOWS[letter]))
        return outer * self.step("strides", axis) + inner * self.step("dilations", axis)


class Strided(Windowed):
    """Windows with strides and dilations, one for each spatial dimension: `dense<2> : tensor<2xi64>`."""

    strides: DenseElementsAttr | None = attribute(DenseElementsAttr, default=None)
    dilations: DenseElementsAttr | None = attribute(DenseElementsAttr, default=None)

    def step(self, name: str, axis: int) -> int:
        steps = self.get_attribute(name)
        if not isinstance(steps, DenseElementsAttr):
            return 1
        values = elements(steps)
        return int(values[0] if steps.is_splat else values[axis])

    def verify(self) -> None:
        axes = sum(letter in WINDOWS for letter in type(self).subscripts.split(",")[0])
        for name in ("strides", "dilations"):
            steps: Any = self.get_attribute(name)
            if steps is not None and (steps.type.shape, steps.type.element_type) != ((axes,), i64):
                raise VerifyError(
                    f"attribute '{name}' failed to satisfy constraint: 64-bit signless int elements attribute of shape "
                    f"[{axes}]"
                )
            if any(self.step(name, axis) == 0 for axis in range(axes)):
                raise VerifyError(f"unexpected input index map for convolutions: '{name}' are zero")
        LinalgOp.verify(self)


class Product(Windowed):
    """The sum of products of the window and the kernel, added to the output."""

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        *inputs, output = arguments
        numbers = [write.cast(value, output.type) for value in inputs[:2]]
        return write.call("add", output, write.call("mul", *numbers))


class Convolution(Product, Strided):
    """A convolution with strides and dilations."""


class QuantizedConvolution(Strided):
    """A convolution of integers, from which their zero points, the third and the fourth input, are subtracted."""

    arity = (4, 1)

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        return quantized_product(write, arguments)


@named
class Conv1D(Product, name="linalg.conv_1d", traits=[SingleBlock]):
    """One-dimensional convolution without channels.

    %y = linalg.conv_1d ins(%x, %k : tensor<9xf32>, tensor<3xf32>) outs(%init : tensor<7xf32>) -> tensor<7xf32>
    """

    subscripts, loops = "x,k->x", "xk"


@named
class Conv2D(Product, name="linalg.conv_2d", traits=[SingleBlock]):
    """Two-dimensional convolution without channels.

    %y = linalg.conv_2d ins(%x, %k : tensor<9x9xf32>, tensor<3x3xf32>) outs(%init : tensor<7x7xf32>) -> tensor<7x7xf32>
    """

    subscripts, loops = "xy,kl->xy", "xykl"


@named
class Conv3D(Product, name="linalg.conv_3d", traits=[SingleBlock]):
    """Three-dimensional convolution without channels.

    %y = linalg.conv_3d ins(%x, %k : tensor<9x9x9xf32>, tensor<3x3x3xf32>)
        outs(%init : tensor<7x7x7xf32>) -> tensor<7x7x7xf32>
    """

    subscripts, loops = "xyz,klm->xyz", "xyzklm"


@named
class Conv1DNwcWcf(Convolution, name="linalg.conv_1d_nwc_wcf", traits=[SingleBlock]):
    """One-dimensional convolution, channels last.

    %y = linalg.conv_1d_nwc_wcf ins(%x, %k : tensor<1x9x4xf32>, tensor<3x4x6xf32>)
        outs(%init : tensor<1x7x6xf32>) -> tensor<1x7x6xf32>
    """

    subscripts, loops = "nxc,kcf->nxf", "nxfkc"


@named
class Conv1DNcwFcw(Convolution, name="linalg.conv_1d_ncw_fcw", traits=[SingleBlock]):
    """One-dimensional convolution, channels first.

    %y = linalg.conv_1d_ncw_fcw ins(%x, %k : tensor<1x4x9xf32>, tensor<6x4x3xf32>)
        outs(%init : tensor<1x6x7xf32>) -> tensor<1x6x7xf32>
    """

    subscripts, loops = "ncx,fck->nfx", "nfxck"


@named
class Conv2DNhwcHwcf(Convolution, name="linalg.conv_2d_nhwc_hwcf", traits=[SingleBlock]):
    """Two-dimensional convolution, channels last.

    %y = linalg.conv_2d_nhwc_hwcf {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x9x9x4xf32>, tensor<3x3x4x6xf32>)
        outs(%init : tensor<1x4x4x6xf32>) -> tensor<1x4x4x6xf32>
    """

    subscripts, loops = "nxyc,klcf->nxyf", "nxyfklc"


@named
class Conv2DNhwcFhwc(Convolution, name="linalg.conv_2d_nhwc_fhwc", traits=[SingleBlock]):
    """Two-dimensional convolution, channels last, filters first.

    %y = linalg.conv_2d_nhwc_fhwc {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x9x9x4xf32>, tensor<6x3x3x4xf32>)
        outs(%init : tensor<1x4x4x6xf32>) -> tensor<1x4x4x6xf32>
    """

    subscripts, loops = "nxyc,fklc->nxyf", "nxyfklc"


@named
class Conv2DNchwFchw(Convolution, name="linalg.conv_2d_nchw_fchw", traits=[SingleBlock]):
    """Two-dimensional convolution, channels first.

    %y = linalg.conv_2d_nchw_fchw {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x4x9x9xf32>, tensor<6x4x3x3xf32>)
        outs(%init : tensor<1x6x4x4xf32>) -> tensor<1x6x4x4xf32>
    """

    subscripts, loops = "ncxy,fckl->nfxy", "nfxyckl"


@named
class Conv2DNgchwFgchw(Convolution, name="linalg.conv_2d_ngchw_fgchw", traits=[SingleBlock]):
    """Two-dimensional convolution in groups, filters before groups.

    %y = linalg.conv_2d_ngchw_fgchw {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x2x4x9x9xf32>, tensor<6x2x4x3x3xf32>)
        outs(%init : tensor<1x2x6x4x4xf32>) -> tensor<1x2x6x4x4xf32>
    """

    subscripts, loops = "ngcxy,fgckl->ngfxy", "ngfxyckl"


@named
class Conv2DNgchwGfchw(Convolution, name="linalg.conv_2d_ngchw_gfchw", traits=[SingleBlock]):
    """Two-dimensional convolution in groups, groups before filters.

    %y = linalg.conv_2d_ngchw_gfchw {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x2x4x9x9xf32>, tensor<2x6x4x3x3xf32>)
        outs(%init : tensor<1x2x6x4x4xf32>) -> tensor<1x2x6x4x4xf32>
    """

    subscripts, loops = "ngcxy,gfckl->ngfxy", "ngfxyckl"


@named
class Conv3DNdhwcDhwcf(Convolution, name="linalg.conv_3d_ndhwc_dhwcf", traits=[SingleBlock]):
    """Three-dimensional convolution, channels last.

    %y = linalg.conv_3d_ndhwc_dhwcf ins(%x, %k : tensor<1x9x9x9x4xf32>, tensor<3x3x3x4x6xf32>)
        outs(%init : tensor<1x7x7x7x6xf32>) -> tensor<1x7x7x7x6xf32>
    """

    subscripts, loops = "nxyzc,klmcf->nxyzf", "nxyzfklmc"


@named
class Conv3DNcdhwFcdhw(Convolution, name="linalg.conv_3d_ncdhw_fcdhw", traits=[SingleBlock]):
    """Three-dimensional convolution, channels first.

    %y = linalg.conv_3d_ncdhw_fcdhw ins(%x, %k : tensor<1x4x9x9x9xf32>, tensor<6x4x3x3x3xf32>)
        outs(%init : tensor<1x6x7x7x7xf32>) -> tensor<1x6x7x7x7xf32>
    """

    subscripts, loops = "ncxyz,fcklm->nfxyz", "nxyzfklmc"


@named
class Conv2DNhwcHwcfQ(QuantizedConvolution, name="linalg.conv_2d_nhwc_hwcf_q", traits=[SingleBlock]):
    """Two-dimensional quantized convolution, channels last.

    %y = linalg.conv_2d_nhwc_hwcf_q {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k, %xz, %kz : tensor<1x9x9x4xi8>, tensor<3x3x4x6xi8>, i32, i32)
        outs(%init : tensor<1x4x4x6xi32>) -> tensor<1x4x4x6xi32>
    """

    subscripts, loops = "nxyc,klcf->nxyf", "nxyfklc"


@named
class Conv2DNhwcFhwcQ(QuantizedConvolution, name="linalg.conv_2d_nhwc_fhwc_q", traits=[SingleBlock]):
    """Two-dimensional quantized convolution, channels last, filters first.

    %y = linalg.conv_2d_nhwc_fhwc_q {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k, %xz, %kz : tensor<1x9x9x4xi8>, tensor<6x3x3x4xi8>, i32, i32)
        outs(%init : tensor<1x4x4x6xi32>) -> tensor<1x4x4x6xi32>
    """

    subscripts, loops = "nxyc,fklc->nxyf", "nxyfklc"


@named
class Conv2DNgchwGfchwQ(QuantizedConvolution, name="linalg.conv_2d_ngchw_gfchw_q", traits=[SingleBlock]):
    """Two-dimensional quantized convolution in groups.

    %y = linalg.conv_2d_ngchw_gfchw_q {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k, %xz, %kz : tensor<1x2x4x9x9xi8>, tensor<2x6x4x3x3xi8>, i32, i32)
        outs(%init : tensor<1x2x6x4x4xi32>) -> tensor<1x2x6x4x4xi32>
    """

    subscripts, loops = "ngcxy,gfckl->ngfxy", "ngfxyckl"


@named
class Conv3DNdhwcDhwcfQ(QuantizedConvolution, name="linalg.conv_3d_ndhwc_dhwcf_q", traits=[SingleBlock]):
    """Three-dimensional quantized convolution, channels last.

    %y = linalg.conv_3d_ndhwc_dhwcf_q ins(%x, %k, %xz, %kz : tensor<1x9x9x9x4xi8>, tensor<3x3x3x4x6xi8>, i32, i32)
        outs(%init : tensor<1x7x7x7x6xi32>) -> tensor<1x7x7x7x6xi32>
    """

    subscripts, loops = "nxyzc,klmcf->nxyzf", "nxyzfklmc"
