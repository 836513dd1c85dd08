"""Pooling: sums and extrema of windows. The second input has the shape of the window, and its elements are not used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from irc.dialects.linalg_convolution import Strided
from irc.dialects.linalg_named import named
from irc.dialects.linalg_payload import Payload
from irc.ir.traits import SingleBlock
from irc.ir.value import Value


class Pooling(Strided):
    """Base of the pooling ops."""

    function: ClassVar[str] = ""
    """What combines the output with an element of the window, in `linalg_payload.ARITHMETIC`."""
    unsigned: ClassVar[bool] = False

    def payload(self, write: Payload, arguments: Sequence[Value]) -> Value:
        element, _, output = arguments
        return write.call(type(self).function, output, write.cast(element, output.type, unsigned=type(self).unsigned))


class SumPooling(Pooling):
    """Sums of windows."""

    function = "add"


class MaxPooling(Pooling):
    """Greatest elements of windows."""

    function = "max"


class UnsignedMaxPooling(Pooling):
    """Greatest elements of windows, integers being unsigned."""

    function, unsigned = "max_unsigned", True


class MinPooling(Pooling):
    """Least elements of windows."""

    function = "min"


class UnsignedMinPooling(Pooling):
    """Least elements of windows, integers being unsigned."""

    function, unsigned = "min_unsigned", True


@named
class PoolingNwcSum(SumPooling, name="linalg.pooling_nwc_sum", traits=[SingleBlock]):
    """Sum of one-dimensional windows, channels last.

    %y = linalg.pooling_nwc_sum ins(%x, %window : tensor<1x9x4xf32>, tensor<3xf32>)
        outs(%init : tensor<1x7x4xf32>) -> tensor<1x7x4xf32>
    """

    subscripts, loops = "nxc,k->nxc", "nxck"


@named
class PoolingNcwSum(SumPooling, name="linalg.pooling_ncw_sum", traits=[SingleBlock]):
    """Sum of one-dimensional windows, channels first.

    %y = linalg.pooling_ncw_sum ins(%x, %window : tensor<1x4x9xf32>, tensor<3xf32>)
        outs(%init : tensor<1x4x7xf32>) -> tensor<1x4x7xf32>
    """

    subscripts, loops = "ncx,k->ncx", "ncxk"


@named
class PoolingNwcMax(MaxPooling, name="linalg.pooling_nwc_max", traits=[SingleBlock]):
    """Greatest element of one-dimensional windows, channels last.

    %y = linalg.pooling_nwc_max ins(%x, %window : tensor<1x9x4xf32>, tensor<3xf32>)
        outs(%init : tensor<1x7x4xf32>) -> tensor<1x7x4xf32>
    """

    subscripts, loops = "nxc,k->nxc", "nxck"


@named
class PoolingNcwMax(MaxPooling, name="linalg.pooling_ncw_max", traits=[SingleBlock]):
    """Greatest element of one-dimensional windows, channels first.

    %y = linalg.pooling_ncw_max ins(%x, %window : tensor<1x4x9xf32>, tensor<3xf32>)
        outs(%init : tensor<1x4x7xf32>) -> tensor<1x4x7xf32>
    """

    subscripts, loops = "ncx,k->ncx", "ncxk"


@named
class PoolingNwcMaxUnsigned(UnsignedMaxPooling, name="linalg.pooling_nwc_max_unsigned", traits=[SingleBlock]):
    """Greatest element as unsigned integers of one-dimensional windows, channels last.

    %y = linalg.pooling_nwc_max_unsigned ins(%x, %window : tensor<1x9x4xi8>, tensor<3xi8>)
        outs(%init : tensor<1x7x4xi8>) -> tensor<1x7x4xi8>
    """

    subscripts, loops = "nxc,k->nxc", "nxck"


@named
class PoolingNwcMin(MinPooling, name="linalg.pooling_nwc_min", traits=[SingleBlock]):
    """Least element of one-dimensional windows, channels last.

    %y = linalg.pooling_nwc_min ins(%x, %window : tensor<1x9x4xf32>, tensor<3xf32>)
        outs(%init : tensor<1x7x4xf32>) -> tensor<1x7x4xf32>
    """

    subscripts, loops = "nxc,k->nxc", "nxck"


@named
class PoolingNwcMinUnsigned(UnsignedMinPooling, name="linalg.pooling_nwc_min_unsigned", traits=[SingleBlock]):
    """Least element as unsigned integers of one-dimensional windows, channels last.

    %y = linalg.pooling_nwc_min_unsigned ins(%x, %window : tensor<1x9x4xi8>, tensor<3xi8>)
        outs(%init : tensor<1x7x4xi8>) -> tensor<1x7x4xi8>
    """

    subscripts, loops = "nxc,k->nxc", "nxck"


@named
class PoolingNhwcSum(SumPooling, name="linalg.pooling_nhwc_sum", traits=[SingleBlock]):
    """Sum of two-dimensional windows, channels last.

    %y = linalg.pooling_nhwc_sum {strides = dense<2> : tensor<2xi64>}
        ins(%x, %window : tensor<1x9x9x4xf32>, tensor<3x3xf32>)
        outs(%init : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
    """

    subscripts, loops = "nxyc,kl->nxyc", "nxyckl"


@named
class PoolingNchwSum(SumPooling, name="linalg.pooling_nchw_sum", traits=[SingleBlock]):
    """Sum of two-dimensional windows, channels first.

    %y = linalg.pooling_nchw_sum {strides = dense<2> : tensor<2xi64>}
        ins(%x, %window : tensor<1x4x9x9xf32>, tensor<3x3xf32>)
        outs(%init : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
    """

    subscripts, loops = "ncxy,kl->ncxy", "ncxykl"


@named
class PoolingNhwcMax(MaxPooling, name="linalg.pooling_nhwc_max", traits=[SingleBlock]):
    """Greatest element of two-dimensional windows, channels last.

    %y = linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>}
        ins(%x, %window : tensor<1x9x9x4xf32>, tensor<3x3xf32>)
        outs(%init : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
    """

    subscripts, loops = "nxyc,kl->nxyc", "nxyckl"


@named
class PoolingNchwMax(MaxPooling, name="linalg.pooling_nchw_max", traits=[SingleBlock]):
    """Greatest element of two-dimensional windows, channels first.

    %y = linalg.pooling_nchw_max {strides = dense<2> : tensor<2xi64>}
        ins(%x, %window : tensor<1x4x9x9xf32>, tensor<3x3xf32>)
        outs(%init : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
    """

    subscripts, loops = "ncxy,kl->ncxy", "ncxykl"


@named
class PoolingNhwcMaxUnsigned(UnsignedMaxPooling, name="linalg.pooling_nhwc_max_unsigned", traits=[SingleBlock]):
    """Greatest element as unsigned integers of two-dimensional windows, channels last.

    %y = linalg.pooling_nhwc_max_unsigned {strides = dense<2> : tensor<2xi64>}
        ins(%x, %window : tensor<1x9x9x4xi8>, tensor<3x3xi8>)
        outs(%init : tensor<1x4x4x4xi8>) -> tensor<1x4x4x4xi8>
    """

    subscripts, loops = "nxyc,kl->nxyc", "nxyckl"


@named
class PoolingNhwcMin(MinPooling, name="linalg.pooling_nhwc_min", traits=[SingleBlock]):
    """Least element of two-dimensional windows, channels last.

    %y = linalg.pooling_nhwc_min {strides = dense<2> : tensor<2xi64>}
        ins(%x, %window : tensor<1x9x9x4xf32>, tensor<3x3xf32>)
        outs(%init : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
    """

    subscripts, loops = "nxyc,kl->nxyc", "nxyckl"


@named
class PoolingNhwcMinUnsigned(UnsignedMinPooling, name="linalg.pooling_nhwc_min_unsigned", traits=[SingleBlock]):
    """Least element as unsigned integers of two-dimensional windows, channels last.

    %y = linalg.pooling_nhwc_min_unsigned {strides = dense<2> : tensor<2xi64>}
        ins(%x, %window : tensor<1x9x9x4xi8>, tensor<3x3xi8>)
        outs(%init : tensor<1x4x4x4xi8>) -> tensor<1x4x4x4xi8>
    """

    subscripts, loops = "nxyc,kl->nxyc", "nxyckl"


@named
class PoolingNdhwcSum(SumPooling, name="linalg.pooling_ndhwc_sum", traits=[SingleBlock]):
    """Sum of three-dimensional windows, channels last.

    %y = linalg.pooling_ndhwc_sum ins(%x, %window : tensor<1x9x9x9x4xf32>, tensor<3x3x3xf32>)
        outs(%init : tensor<1x7x7x7x4xf32>) -> tensor<1x7x7x7x4xf32>
    """

    subscripts, loops = "nxyzc,klm->nxyzc", "nxyzcklm"


@named
class PoolingNdhwcMax(MaxPooling, name="linalg.pooling_ndhwc_max", traits=[SingleBlock]):
    """Greatest element of three-dimensional windows, channels last.

    %y = linalg.pooling_ndhwc_max ins(%x, %window : tensor<1x9x9x9x4xf32>, tensor<3x3x3xf32>)
        outs(%init : tensor<1x7x7x7x4xf32>) -> tensor<1x7x7x7x4xf32>
    """

    subscripts, loops = "nxyzc,klm->nxyzc", "nxyzcklm"


@named
class PoolingNdhwcMin(MinPooling, name="linalg.pooling_ndhwc_min", traits=[SingleBlock]):
    """Least element of three-dimensional windows, channels last.

    %y = linalg.pooling_ndhwc_min ins(%x, %window : tensor<1x9x9x9x4xf32>, tensor<3x3x3xf32>)
        outs(%init : tensor<1x7x7x7x4xf32>) -> tensor<1x7x7x7x4xf32>
    """

    subscripts, loops = "nxyzc,klm->nxyzc", "nxyzcklm"
