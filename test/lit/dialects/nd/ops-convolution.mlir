// Convolutions: what is the default is left out.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @conv
func.func @conv(%x: tensor<2x9x8x4xf32>, %k: tensor<3x2x4x6xf32>, %d: tensor<2x?x8x4xf32>) {
  // CHECK: nd.conv %arg0, %arg1 dims = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] : tensor<2x9x8x4xf32>, tensor<3x2x4x6xf32> -> tensor<2x7x7x6xf32>
  %0 = nd.conv %x, %k dims = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]
    : tensor<2x9x8x4xf32>, tensor<3x2x4x6xf32> -> tensor<2x7x7x6xf32>
  // CHECK: nd.conv %arg0, %arg1 dims = [b, 1, 0, f]x[0, 1, i, o]->[f, b, 0, 1] strides = [2, 1] low = [1, -1] high = [0, 2] lhs_dilation = [1, 2] rhs_dilation = [2, 1] reversed = [0, 1] : tensor<2x9x8x4xf32>, tensor<3x2x4x6xf32> -> tensor<6x2x3x17xf64>
  %1 = nd.conv %x, %k dims = [b, 1, 0, f]x[0, 1, i, o]->[f, b, 0, 1] strides = [2, 1] low = [1, -1] high = [0, 2]
    lhs_dilation = [1, 2] rhs_dilation = [2, 1] reversed = [0, 1]
    : tensor<2x9x8x4xf32>, tensor<3x2x4x6xf32> -> tensor<6x2x3x17xf64>
  // CHECK: nd.conv %arg2, %arg1 {{.*}} batch_groups = 2 : tensor<2x?x8x4xf32>, tensor<3x2x4x6xf32> -> tensor<1x?x7x6xf32>
  %2 = nd.conv %d, %k dims = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] batch_groups = 2
    : tensor<2x?x8x4xf32>, tensor<3x2x4x6xf32> -> tensor<1x?x7x6xf32>
  // CHECK: nd.conv %arg0, %arg1 dims = {{.*}} into %{{.+}} : tensor<2x9x8x4xf32>
  %s = nd.allocate() : tensor<2x7x7x6xf32>
  %3 = nd.conv %x, %k dims = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] into %s
    : tensor<2x9x8x4xf32>, tensor<3x2x4x6xf32> -> tensor<2x7x7x6xf32>
  return
}

// CHECK-LABEL: func.func @grouped
func.func @grouped(%x: tensor<2x8x4xi8>, %k: tensor<3x2x6xi8>) {
  // CHECK: nd.conv %arg0, %arg1 dims = [b, 0, f]x[0, i, o]->[b, 0, f] feature_groups = 2 : tensor<2x8x4xi8>, tensor<3x2x6xi8> -> tensor<2x6x6xi32>
  %0 = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] feature_groups = 2
    : tensor<2x8x4xi8>, tensor<3x2x6xi8> -> tensor<2x6x6xi32>
  return
}
