"""Convolutions of each channel on its own."""

from __future__ import annotations

from irc.dialects.linalg_convolution import Convolution, QuantizedConvolution
from irc.dialects.linalg_named import named
from irc.ir.traits import SingleBlock


@named
class DepthwiseConv1DNwcWc(Convolution, name="linalg.depthwise_conv_1d_nwc_wc", traits=[SingleBlock]):
    """One-dimensional convolution per channel, channels last."""

    subscripts, loops = "nxc,kc->nxc", "nxck"


@named
class DepthwiseConv1DNcwCw(Convolution, name="linalg.depthwise_conv_1d_ncw_cw", traits=[SingleBlock]):
    """One-dimensional convolution per channel, channels first."""

    subscripts, loops = "ncx,ck->ncx", "nxck"


@named
class DepthwiseConv1DNwcWcm(Convolution, name="linalg.depthwise_conv_1d_nwc_wcm", traits=[SingleBlock]):
    """One-dimensional convolution per channel with several filters each."""

    subscripts, loops = "nxc,kcf->nxcf", "nxcfk"


@named
class DepthwiseConv2DNhwcHwc(Convolution, name="linalg.depthwise_conv_2d_nhwc_hwc", traits=[SingleBlock]):
    """Two-dimensional convolution per channel, channels last."""

    subscripts, loops = "nxyc,klc->nxyc", "nxyckl"


@named
class DepthwiseConv2DNchwChw(Convolution, name="linalg.depthwise_conv_2d_nchw_chw", traits=[SingleBlock]):
    """Two-dimensional convolution per channel, channels first."""

    subscripts, loops = "ncxy,ckl->ncxy", "nxyckl"


@named
class DepthwiseConv2DNhwcHwcm(Convolution, name="linalg.depthwise_conv_2d_nhwc_hwcm", traits=[SingleBlock]):
    """Two-dimensional convolution per channel with several filters each."""

    subscripts, loops = "nxyc,klcf->nxycf", "nxycfkl"


@named
class DepthwiseConv3DNdhwcDhwc(Convolution, name="linalg.depthwise_conv_3d_ndhwc_dhwc", traits=[SingleBlock]):
    """Three-dimensional convolution per channel, channels last."""

    subscripts, loops = "nxyzc,klmc->nxyzc", "nxyzklmc"


@named
class DepthwiseConv3DNcdhwCdhw(Convolution, name="linalg.depthwise_conv_3d_ncdhw_cdhw", traits=[SingleBlock]):
    """Three-dimensional convolution per channel, channels first."""

    subscripts, loops = "ncxyz,cklm->ncxyz", "nxyzklmc"


@named
class DepthwiseConv3DNdhwcDhwcm(Convolution, name="linalg.depthwise_conv_3d_ndhwc_dhwcm", traits=[SingleBlock]):
    """Three-dimensional convolution per channel with several filters each."""

    subscripts, loops = "nxyzc,klmcf->nxyzcf", "nxyzfklmc"


@named
class DepthwiseConv2DNhwcHwcQ(QuantizedConvolution, name="linalg.depthwise_conv_2d_nhwc_hwc_q", traits=[SingleBlock]):
    """Two-dimensional quantized convolution per channel."""

    subscripts, loops = "nxyc,klc->nxyc", "nxyckl"


@named
class DepthwiseConv2DNhwcHwcmQ(QuantizedConvolution, name="linalg.depthwise_conv_2d_nhwc_hwcm_q", traits=[SingleBlock]):
    """Two-dimensional quantized convolution per channel with several filters each."""

    subscripts, loops = "nxyc,klcf->nxycf", "nxycfkl"
