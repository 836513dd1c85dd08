"""Convolutions of each channel on its own."""

from __future__ import annotations

from irc.dialects.linalg_convolution import Convolution, QuantizedConvolution
from irc.dialects.linalg_named import named
from irc.ir.traits import SingleBlock


@named
class DepthwiseConv1DNwcWc(Convolution, name="linalg.depthwise_conv_1d_nwc_wc", traits=[SingleBlock]):
    """One-dimensional convolution per channel, channels last.

    %y = linalg.depthwise_conv_1d_nwc_wc ins(%x, %k : tensor<1x9x4xf32>, tensor<3x4xf32>)
        outs(%init : tensor<1x7x4xf32>) -> tensor<1x7x4xf32>
    """

    subscripts, loops = "nxc,kc->nxc", "nxck"


@named
class DepthwiseConv1DNcwCw(Convolution, name="linalg.depthwise_conv_1d_ncw_cw", traits=[SingleBlock]):
    """One-dimensional convolution per channel, channels first.

    %y = linalg.depthwise_conv_1d_ncw_cw ins(%x, %k : tensor<1x4x9xf32>, tensor<4x3xf32>)
        outs(%init : tensor<1x4x7xf32>) -> tensor<1x4x7xf32>
    """

    subscripts, loops = "ncx,ck->ncx", "nxck"


@named
class DepthwiseConv1DNwcWcm(Convolution, name="linalg.depthwise_conv_1d_nwc_wcm", traits=[SingleBlock]):
    """One-dimensional convolution per channel with several filters each.

    %y = linalg.depthwise_conv_1d_nwc_wcm ins(%x, %k : tensor<1x9x4xf32>, tensor<3x4x6xf32>)
        outs(%init : tensor<1x7x4x6xf32>) -> tensor<1x7x4x6xf32>
    """

    subscripts, loops = "nxc,kcf->nxcf", "nxcfk"


@named
class DepthwiseConv2DNhwcHwc(Convolution, name="linalg.depthwise_conv_2d_nhwc_hwc", traits=[SingleBlock]):
    """Two-dimensional convolution per channel, channels last.

    %y = linalg.depthwise_conv_2d_nhwc_hwc {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x9x9x4xf32>, tensor<3x3x4xf32>)
        outs(%init : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
    """

    subscripts, loops = "nxyc,klc->nxyc", "nxyckl"


@named
class DepthwiseConv2DNchwChw(Convolution, name="linalg.depthwise_conv_2d_nchw_chw", traits=[SingleBlock]):
    """Two-dimensional convolution per channel, channels first.

    %y = linalg.depthwise_conv_2d_nchw_chw {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x4x9x9xf32>, tensor<4x3x3xf32>)
        outs(%init : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
    """

    subscripts, loops = "ncxy,ckl->ncxy", "nxyckl"


@named
class DepthwiseConv2DNhwcHwcm(Convolution, name="linalg.depthwise_conv_2d_nhwc_hwcm", traits=[SingleBlock]):
    """Two-dimensional convolution per channel with several filters each.

    %y = linalg.depthwise_conv_2d_nhwc_hwcm {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k : tensor<1x9x9x4xf32>, tensor<3x3x4x6xf32>)
        outs(%init : tensor<1x4x4x4x6xf32>) -> tensor<1x4x4x4x6xf32>
    """

    subscripts, loops = "nxyc,klcf->nxycf", "nxycfkl"


@named
class DepthwiseConv3DNdhwcDhwc(Convolution, name="linalg.depthwise_conv_3d_ndhwc_dhwc", traits=[SingleBlock]):
    """Three-dimensional convolution per channel, channels last.

    %y = linalg.depthwise_conv_3d_ndhwc_dhwc ins(%x, %k : tensor<1x9x9x9x4xf32>, tensor<3x3x3x4xf32>)
        outs(%init : tensor<1x7x7x7x4xf32>) -> tensor<1x7x7x7x4xf32>
    """

    subscripts, loops = "nxyzc,klmc->nxyzc", "nxyzklmc"


@named
class DepthwiseConv3DNcdhwCdhw(Convolution, name="linalg.depthwise_conv_3d_ncdhw_cdhw", traits=[SingleBlock]):
    """Three-dimensional convolution per channel, channels first.

    %y = linalg.depthwise_conv_3d_ncdhw_cdhw ins(%x, %k : tensor<1x4x9x9x9xf32>, tensor<4x3x3x3xf32>)
        outs(%init : tensor<1x4x7x7x7xf32>) -> tensor<1x4x7x7x7xf32>
    """

    subscripts, loops = "ncxyz,cklm->ncxyz", "nxyzklmc"


@named
class DepthwiseConv3DNdhwcDhwcm(Convolution, name="linalg.depthwise_conv_3d_ndhwc_dhwcm", traits=[SingleBlock]):
    """Three-dimensional convolution per channel with several filters each.

    %y = linalg.depthwise_conv_3d_ndhwc_dhwcm ins(%x, %k : tensor<1x9x9x9x4xf32>, tensor<3x3x3x4x6xf32>)
        outs(%init : tensor<1x7x7x7x4x6xf32>) -> tensor<1x7x7x7x4x6xf32>
    """

    subscripts, loops = "nxyzc,klmcf->nxyzcf", "nxyzfklmc"


@named
class DepthwiseConv2DNhwcHwcQ(QuantizedConvolution, name="linalg.depthwise_conv_2d_nhwc_hwc_q", traits=[SingleBlock]):
    """Two-dimensional quantized convolution per channel.

    %y = linalg.depthwise_conv_2d_nhwc_hwc_q {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k, %xz, %kz : tensor<1x9x9x4xi8>, tensor<3x3x4xi8>, i32, i32)
        outs(%init : tensor<1x4x4x4xi32>) -> tensor<1x4x4x4xi32>
    """

    subscripts, loops = "nxyc,klc->nxyc", "nxyckl"


@named
class DepthwiseConv2DNhwcHwcmQ(QuantizedConvolution, name="linalg.depthwise_conv_2d_nhwc_hwcm_q", traits=[SingleBlock]):
    """Two-dimensional quantized convolution per channel with several filters each.

    %y = linalg.depthwise_conv_2d_nhwc_hwcm_q {strides = dense<2> : tensor<2xi64>}
        ins(%x, %k, %xz, %kz : tensor<1x9x9x4xi8>, tensor<3x3x4x6xi8>, i32, i32)
        outs(%init : tensor<1x4x4x4x6xi32>) -> tensor<1x4x4x4x6xi32>
    """

    subscripts, loops = "nxyc,klcf->nxycf", "nxycfkl"
