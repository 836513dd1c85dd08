// Every convolution and pooling is read, verified against its windows, and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK: linalg.conv_1d ins(%arg0, %arg1 : tensor<7xf32>, tensor<3xf32>) outs(%arg2 : tensor<5xf32>) -> tensor<5xf32>
func.func @conv_1d(%i: tensor<7xf32>, %k: tensor<3xf32>, %o: tensor<5xf32>) -> tensor<5xf32> {
  %r = linalg.conv_1d ins(%i, %k : tensor<7xf32>, tensor<3xf32>) outs(%o : tensor<5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

// CHECK: linalg.conv_1d_ncw_fcw {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x5x15xf32>, tensor<5x5x3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @conv_1d_ncw_fcw(%i: tensor<5x5x15xf32>, %k: tensor<5x5x3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.conv_1d_ncw_fcw {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x5x15xf32>, tensor<5x5x3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.conv_1d_nwc_wcf {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xf32>, tensor<3x5x5xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @conv_1d_nwc_wcf(%i: tensor<5x15x5xf32>, %k: tensor<3x5x5xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.conv_1d_nwc_wcf {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xf32>, tensor<3x5x5xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.conv_2d ins(%arg0, %arg1 : tensor<7x7xf32>, tensor<3x3xf32>) outs(%arg2 : tensor<5x5xf32>) -> tensor<5x5xf32>
func.func @conv_2d(%i: tensor<7x7xf32>, %k: tensor<3x3xf32>, %o: tensor<5x5xf32>) -> tensor<5x5xf32> {
  %r = linalg.conv_2d ins(%i, %k : tensor<7x7xf32>, tensor<3x3xf32>) outs(%o : tensor<5x5xf32>) -> tensor<5x5xf32>
  return %r : tensor<5x5xf32>
}

// CHECK: linalg.conv_2d_nchw_fchw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x5x15x15xf32>, tensor<5x5x3x3xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @conv_2d_nchw_fchw(%i: tensor<5x5x15x15xf32>, %k: tensor<5x5x3x3xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.conv_2d_nchw_fchw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x5x15x15xf32>, tensor<5x5x3x3xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.conv_2d_ngchw_fgchw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x5x5x15x15xf32>, tensor<5x5x5x3x3xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @conv_2d_ngchw_fgchw(%i: tensor<5x5x5x15x15xf32>, %k: tensor<5x5x5x3x3xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.conv_2d_ngchw_fgchw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x5x5x15x15xf32>, tensor<5x5x5x3x3xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.conv_2d_ngchw_gfchw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x5x5x15x15xf32>, tensor<5x5x5x3x3xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @conv_2d_ngchw_gfchw(%i: tensor<5x5x5x15x15xf32>, %k: tensor<5x5x5x3x3xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.conv_2d_ngchw_gfchw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x5x5x15x15xf32>, tensor<5x5x5x3x3xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.conv_2d_ngchw_gfchw_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1, %arg2, %arg2 : tensor<5x5x5x15x15xi8>, tensor<5x5x5x3x3xi8>, i32, i32) outs(%arg3 : tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32>
func.func @conv_2d_ngchw_gfchw_q(%i: tensor<5x5x5x15x15xi8>, %k: tensor<5x5x5x3x3xi8>, %z: i32, %o: tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32> {
  %r = linalg.conv_2d_ngchw_gfchw_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k, %z, %z : tensor<5x5x5x15x15xi8>, tensor<5x5x5x3x3xi8>, i32, i32) outs(%o : tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32>
  return %r : tensor<5x5x5x5x5xi32>
}

// CHECK: linalg.conv_2d_nhwc_fhwc {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xf32>, tensor<5x3x3x5xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @conv_2d_nhwc_fhwc(%i: tensor<5x15x15x5xf32>, %k: tensor<5x3x3x5xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.conv_2d_nhwc_fhwc {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xf32>, tensor<5x3x3x5xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.conv_2d_nhwc_fhwc_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1, %arg2, %arg2 : tensor<5x15x15x5xi8>, tensor<5x3x3x5xi8>, i32, i32) outs(%arg3 : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
func.func @conv_2d_nhwc_fhwc_q(%i: tensor<5x15x15x5xi8>, %k: tensor<5x3x3x5xi8>, %z: i32, %o: tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32> {
  %r = linalg.conv_2d_nhwc_fhwc_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k, %z, %z : tensor<5x15x15x5xi8>, tensor<5x3x3x5xi8>, i32, i32) outs(%o : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
  return %r : tensor<5x5x5x5xi32>
}

// CHECK: linalg.conv_2d_nhwc_hwcf {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xf32>, tensor<3x3x5x5xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @conv_2d_nhwc_hwcf(%i: tensor<5x15x15x5xf32>, %k: tensor<3x3x5x5xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.conv_2d_nhwc_hwcf {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xf32>, tensor<3x3x5x5xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.conv_2d_nhwc_hwcf_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1, %arg2, %arg2 : tensor<5x15x15x5xi8>, tensor<3x3x5x5xi8>, i32, i32) outs(%arg3 : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
func.func @conv_2d_nhwc_hwcf_q(%i: tensor<5x15x15x5xi8>, %k: tensor<3x3x5x5xi8>, %z: i32, %o: tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32> {
  %r = linalg.conv_2d_nhwc_hwcf_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k, %z, %z : tensor<5x15x15x5xi8>, tensor<3x3x5x5xi8>, i32, i32) outs(%o : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
  return %r : tensor<5x5x5x5xi32>
}

// CHECK: linalg.conv_3d ins(%arg0, %arg1 : tensor<7x7x7xf32>, tensor<3x3x3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @conv_3d(%i: tensor<7x7x7xf32>, %k: tensor<3x3x3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.conv_3d ins(%i, %k : tensor<7x7x7xf32>, tensor<3x3x3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.conv_3d_ncdhw_fcdhw {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x5x15x15x15xf32>, tensor<5x5x3x3x3xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @conv_3d_ncdhw_fcdhw(%i: tensor<5x5x15x15x15xf32>, %k: tensor<5x5x3x3x3xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.conv_3d_ncdhw_fcdhw {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x5x15x15x15xf32>, tensor<5x5x3x3x3xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.conv_3d_ndhwc_dhwcf {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x15x15x15x5xf32>, tensor<3x3x3x5x5xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @conv_3d_ndhwc_dhwcf(%i: tensor<5x15x15x15x5xf32>, %k: tensor<3x3x3x5x5xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.conv_3d_ndhwc_dhwcf {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x15x15x15x5xf32>, tensor<3x3x3x5x5xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.conv_3d_ndhwc_dhwcf_q {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1, %arg2, %arg2 : tensor<5x15x15x15x5xi8>, tensor<3x3x3x5x5xi8>, i32, i32) outs(%arg3 : tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32>
func.func @conv_3d_ndhwc_dhwcf_q(%i: tensor<5x15x15x15x5xi8>, %k: tensor<3x3x3x5x5xi8>, %z: i32, %o: tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32> {
  %r = linalg.conv_3d_ndhwc_dhwcf_q {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k, %z, %z : tensor<5x15x15x15x5xi8>, tensor<3x3x3x5x5xi8>, i32, i32) outs(%o : tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32>
  return %r : tensor<5x5x5x5x5xi32>
}

// CHECK: linalg.depthwise_conv_1d_ncw_cw {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x5x15xf32>, tensor<5x3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @depthwise_conv_1d_ncw_cw(%i: tensor<5x5x15xf32>, %k: tensor<5x3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.depthwise_conv_1d_ncw_cw {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x5x15xf32>, tensor<5x3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_1d_nwc_wc {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xf32>, tensor<3x5xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @depthwise_conv_1d_nwc_wc(%i: tensor<5x15x5xf32>, %k: tensor<3x5xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.depthwise_conv_1d_nwc_wc {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xf32>, tensor<3x5xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_1d_nwc_wcm {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xf32>, tensor<3x5x5xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @depthwise_conv_1d_nwc_wcm(%i: tensor<5x15x5xf32>, %k: tensor<3x5x5xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.depthwise_conv_1d_nwc_wcm {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xf32>, tensor<3x5x5xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_2d_nchw_chw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x5x15x15xf32>, tensor<5x3x3xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @depthwise_conv_2d_nchw_chw(%i: tensor<5x5x15x15xf32>, %k: tensor<5x3x3xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.depthwise_conv_2d_nchw_chw {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x5x15x15xf32>, tensor<5x3x3xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_2d_nhwc_hwc {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xf32>, tensor<3x3x5xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @depthwise_conv_2d_nhwc_hwc(%i: tensor<5x15x15x5xf32>, %k: tensor<3x3x5xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.depthwise_conv_2d_nhwc_hwc {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xf32>, tensor<3x3x5xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_2d_nhwc_hwc_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1, %arg2, %arg2 : tensor<5x15x15x5xi8>, tensor<3x3x5xi8>, i32, i32) outs(%arg3 : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
func.func @depthwise_conv_2d_nhwc_hwc_q(%i: tensor<5x15x15x5xi8>, %k: tensor<3x3x5xi8>, %z: i32, %o: tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32> {
  %r = linalg.depthwise_conv_2d_nhwc_hwc_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k, %z, %z : tensor<5x15x15x5xi8>, tensor<3x3x5xi8>, i32, i32) outs(%o : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
  return %r : tensor<5x5x5x5xi32>
}

// CHECK: linalg.depthwise_conv_2d_nhwc_hwcm {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xf32>, tensor<3x3x5x5xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @depthwise_conv_2d_nhwc_hwcm(%i: tensor<5x15x15x5xf32>, %k: tensor<3x3x5x5xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.depthwise_conv_2d_nhwc_hwcm {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xf32>, tensor<3x3x5x5xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_2d_nhwc_hwcm_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1, %arg2, %arg2 : tensor<5x15x15x5xi8>, tensor<3x3x5x5xi8>, i32, i32) outs(%arg3 : tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32>
func.func @depthwise_conv_2d_nhwc_hwcm_q(%i: tensor<5x15x15x5xi8>, %k: tensor<3x3x5x5xi8>, %z: i32, %o: tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32> {
  %r = linalg.depthwise_conv_2d_nhwc_hwcm_q {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k, %z, %z : tensor<5x15x15x5xi8>, tensor<3x3x5x5xi8>, i32, i32) outs(%o : tensor<5x5x5x5x5xi32>) -> tensor<5x5x5x5x5xi32>
  return %r : tensor<5x5x5x5x5xi32>
}

// CHECK: linalg.depthwise_conv_3d_ncdhw_cdhw {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x5x15x15x15xf32>, tensor<5x3x3x3xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @depthwise_conv_3d_ncdhw_cdhw(%i: tensor<5x5x15x15x15xf32>, %k: tensor<5x3x3x3xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.depthwise_conv_3d_ncdhw_cdhw {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x5x15x15x15xf32>, tensor<5x3x3x3xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_3d_ndhwc_dhwc {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x15x15x15x5xf32>, tensor<3x3x3x5xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @depthwise_conv_3d_ndhwc_dhwc(%i: tensor<5x15x15x15x5xf32>, %k: tensor<3x3x3x5xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.depthwise_conv_3d_ndhwc_dhwc {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x15x15x15x5xf32>, tensor<3x3x3x5xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.depthwise_conv_3d_ndhwc_dhwcm {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x15x15x15x5xf32>, tensor<3x3x3x5x5xf32>) outs(%arg2 : tensor<5x5x5x5x5x5xf32>) -> tensor<5x5x5x5x5x5xf32>
func.func @depthwise_conv_3d_ndhwc_dhwcm(%i: tensor<5x15x15x15x5xf32>, %k: tensor<3x3x3x5x5xf32>, %o: tensor<5x5x5x5x5x5xf32>) -> tensor<5x5x5x5x5x5xf32> {
  %r = linalg.depthwise_conv_3d_ndhwc_dhwcm {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x15x15x15x5xf32>, tensor<3x3x3x5x5xf32>) outs(%o : tensor<5x5x5x5x5x5xf32>) -> tensor<5x5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5x5xf32>
}

// CHECK: linalg.pooling_nchw_max {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x5x15x15xf32>, tensor<3x3xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @pooling_nchw_max(%i: tensor<5x5x15x15xf32>, %k: tensor<3x3xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.pooling_nchw_max {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x5x15x15xf32>, tensor<3x3xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.pooling_nchw_sum {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x5x15x15xf32>, tensor<3x3xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @pooling_nchw_sum(%i: tensor<5x5x15x15xf32>, %k: tensor<3x3xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.pooling_nchw_sum {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x5x15x15xf32>, tensor<3x3xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.pooling_ncw_max {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x5x15xf32>, tensor<3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @pooling_ncw_max(%i: tensor<5x5x15xf32>, %k: tensor<3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.pooling_ncw_max {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x5x15xf32>, tensor<3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.pooling_ncw_sum {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x5x15xf32>, tensor<3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @pooling_ncw_sum(%i: tensor<5x5x15xf32>, %k: tensor<3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.pooling_ncw_sum {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x5x15xf32>, tensor<3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.pooling_ndhwc_max {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x15x15x15x5xf32>, tensor<3x3x3xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @pooling_ndhwc_max(%i: tensor<5x15x15x15x5xf32>, %k: tensor<3x3x3xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.pooling_ndhwc_max {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x15x15x15x5xf32>, tensor<3x3x3xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.pooling_ndhwc_min {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x15x15x15x5xf32>, tensor<3x3x3xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @pooling_ndhwc_min(%i: tensor<5x15x15x15x5xf32>, %k: tensor<3x3x3xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.pooling_ndhwc_min {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x15x15x15x5xf32>, tensor<3x3x3xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.pooling_ndhwc_sum {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%arg0, %arg1 : tensor<5x15x15x15x5xf32>, tensor<3x3x3xf32>) outs(%arg2 : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
func.func @pooling_ndhwc_sum(%i: tensor<5x15x15x15x5xf32>, %k: tensor<3x3x3xf32>, %o: tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32> {
  %r = linalg.pooling_ndhwc_sum {dilations = dense<3> : tensor<3xi64>, strides = dense<2> : tensor<3xi64>} ins(%i, %k : tensor<5x15x15x15x5xf32>, tensor<3x3x3xf32>) outs(%o : tensor<5x5x5x5x5xf32>) -> tensor<5x5x5x5x5xf32>
  return %r : tensor<5x5x5x5x5xf32>
}

// CHECK: linalg.pooling_nhwc_max {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xf32>, tensor<3x3xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @pooling_nhwc_max(%i: tensor<5x15x15x5xf32>, %k: tensor<3x3xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.pooling_nhwc_max {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xf32>, tensor<3x3xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.pooling_nhwc_max_unsigned {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xi8>, tensor<3x3xi8>) outs(%arg2 : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
func.func @pooling_nhwc_max_unsigned(%i: tensor<5x15x15x5xi8>, %k: tensor<3x3xi8>, %o: tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32> {
  %r = linalg.pooling_nhwc_max_unsigned {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xi8>, tensor<3x3xi8>) outs(%o : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
  return %r : tensor<5x5x5x5xi32>
}

// CHECK: linalg.pooling_nhwc_min {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xf32>, tensor<3x3xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @pooling_nhwc_min(%i: tensor<5x15x15x5xf32>, %k: tensor<3x3xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.pooling_nhwc_min {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xf32>, tensor<3x3xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.pooling_nhwc_min_unsigned {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xi8>, tensor<3x3xi8>) outs(%arg2 : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
func.func @pooling_nhwc_min_unsigned(%i: tensor<5x15x15x5xi8>, %k: tensor<3x3xi8>, %o: tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32> {
  %r = linalg.pooling_nhwc_min_unsigned {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xi8>, tensor<3x3xi8>) outs(%o : tensor<5x5x5x5xi32>) -> tensor<5x5x5x5xi32>
  return %r : tensor<5x5x5x5xi32>
}

// CHECK: linalg.pooling_nhwc_sum {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%arg0, %arg1 : tensor<5x15x15x5xf32>, tensor<3x3xf32>) outs(%arg2 : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
func.func @pooling_nhwc_sum(%i: tensor<5x15x15x5xf32>, %k: tensor<3x3xf32>, %o: tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32> {
  %r = linalg.pooling_nhwc_sum {dilations = dense<3> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%i, %k : tensor<5x15x15x5xf32>, tensor<3x3xf32>) outs(%o : tensor<5x5x5x5xf32>) -> tensor<5x5x5x5xf32>
  return %r : tensor<5x5x5x5xf32>
}

// CHECK: linalg.pooling_nwc_max {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xf32>, tensor<3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @pooling_nwc_max(%i: tensor<5x15x5xf32>, %k: tensor<3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.pooling_nwc_max {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xf32>, tensor<3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.pooling_nwc_max_unsigned {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xi8>, tensor<3xi8>) outs(%arg2 : tensor<5x5x5xi32>) -> tensor<5x5x5xi32>
func.func @pooling_nwc_max_unsigned(%i: tensor<5x15x5xi8>, %k: tensor<3xi8>, %o: tensor<5x5x5xi32>) -> tensor<5x5x5xi32> {
  %r = linalg.pooling_nwc_max_unsigned {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xi8>, tensor<3xi8>) outs(%o : tensor<5x5x5xi32>) -> tensor<5x5x5xi32>
  return %r : tensor<5x5x5xi32>
}

// CHECK: linalg.pooling_nwc_min {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xf32>, tensor<3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @pooling_nwc_min(%i: tensor<5x15x5xf32>, %k: tensor<3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.pooling_nwc_min {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xf32>, tensor<3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}

// CHECK: linalg.pooling_nwc_min_unsigned {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xi8>, tensor<3xi8>) outs(%arg2 : tensor<5x5x5xi32>) -> tensor<5x5x5xi32>
func.func @pooling_nwc_min_unsigned(%i: tensor<5x15x5xi8>, %k: tensor<3xi8>, %o: tensor<5x5x5xi32>) -> tensor<5x5x5xi32> {
  %r = linalg.pooling_nwc_min_unsigned {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xi8>, tensor<3xi8>) outs(%o : tensor<5x5x5xi32>) -> tensor<5x5x5xi32>
  return %r : tensor<5x5x5xi32>
}

// CHECK: linalg.pooling_nwc_sum {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%arg0, %arg1 : tensor<5x15x5xf32>, tensor<3xf32>) outs(%arg2 : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
func.func @pooling_nwc_sum(%i: tensor<5x15x5xf32>, %k: tensor<3xf32>, %o: tensor<5x5x5xf32>) -> tensor<5x5x5xf32> {
  %r = linalg.pooling_nwc_sum {dilations = dense<3> : tensor<1xi64>, strides = dense<2> : tensor<1xi64>} ins(%i, %k : tensor<5x15x5xf32>, tensor<3xf32>) outs(%o : tensor<5x5x5xf32>) -> tensor<5x5x5xf32>
  return %r : tensor<5x5x5xf32>
}
