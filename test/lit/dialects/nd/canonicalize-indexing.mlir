// Gathers and convolutions of constants are computed.
// RUN: irc-opt %s --canonicalize | filecheck %s

// Positions are moved inside.
// CHECK-LABEL: func.func @gather
// CHECK: nd.constant dense<[30, 10]> : tensor<2xi32>
// CHECK-NOT: nd.gather
func.func @gather() -> tensor<2xi32> {
  %x = nd.constant dense<[10, 20, 30]> : tensor<3xi32>
  %i = nd.constant dense<[7, -1]> : tensor<2xi8>
  %y = nd.gather %x[%i] sizes = [1] dims = {collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1}
    : tensor<3xi32>, tensor<2xi8> -> tensor<2xi32>
  return %y : tensor<2xi32>
}

// CHECK-LABEL: func.func @conv
// CHECK: nd.constant dense<{{\[\[}}[12], [23], [30{{\]\]\]}}> : tensor<1x3x1xi32>
// CHECK-NOT: nd.conv
func.func @conv() -> tensor<1x3x1xi32> {
  %x = nd.constant dense<[[[1], [2], [3]]]> : tensor<1x3x1xi8>
  %k = nd.constant dense<[[[10]], [[1]]]> : tensor<2x1x1xi8>
  %y = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] high = [1]
    : tensor<1x3x1xi8>, tensor<2x1x1xi8> -> tensor<1x3x1xi32>
  return %y : tensor<1x3x1xi32>
}
