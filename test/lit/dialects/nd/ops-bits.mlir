// Ops on bits: on signed and unsigned integers, on indices, and those of logic on booleans.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @bits
func.func @bits(%x: tensor<4x?xi32>, %y: tensor<4x?xi32>, %u: tensor<3xui8>, %b: tensor<3xi1>, %i: tensor<index>) {
  // CHECK: nd.bitwise_and %arg0, %arg1 : tensor<4x?xi32>
  %0 = nd.bitwise_and %x, %y : tensor<4x?xi32>
  // CHECK: nd.bitwise_or %arg2, %arg2 : tensor<3xui8>
  %1 = nd.bitwise_or %u, %u : tensor<3xui8>
  // CHECK: nd.bitwise_xor %arg3, %arg3 : tensor<3xi1>
  %2 = nd.bitwise_xor %b, %b : tensor<3xi1>
  // CHECK: nd.bitwise_not %arg3 : tensor<3xi1>
  %3 = nd.bitwise_not %b : tensor<3xi1>
  // CHECK: nd.bitwise_left_shift %arg0, %arg1 : tensor<4x?xi32>
  %4 = nd.bitwise_left_shift %x, %y : tensor<4x?xi32>
  // CHECK: nd.bitwise_right_shift %arg2, %arg2 : tensor<3xui8>
  %5 = nd.bitwise_right_shift %u, %u : tensor<3xui8>
  // CHECK: nd.logical_right_shift %arg4, %arg4 : tensor<index>
  %6 = nd.logical_right_shift %i, %i : tensor<index>
  // CHECK: nd.popcount %arg0 : tensor<4x?xi32>
  %7 = nd.popcount %x : tensor<4x?xi32>
  // CHECK: nd.count_leading_zeros %arg2 : tensor<3xui8>
  %8 = nd.count_leading_zeros %u : tensor<3xui8>
  return
}

// CHECK-LABEL: func.func @bitcasts
func.func @bitcasts(%x: tensor<4x?xf32>, %s: tensor<4x?xi32>, %p: tensor<?x?xf16>, %d: tensor<f64>) {
  // CHECK: nd.bitcast %arg0 : tensor<4x?xf32> -> tensor<4x?xui32>
  %0 = nd.bitcast %x : tensor<4x?xf32> -> tensor<4x?xui32>
  // CHECK: nd.bitcast %arg0 into %arg1 : tensor<4x?xf32> -> tensor<4x?xi32>
  %1 = nd.bitcast %x into %s : tensor<4x?xf32> -> tensor<4x?xi32>
  // CHECK: nd.bitcast %arg2 : tensor<?x?xf16> -> tensor<?xi64>
  %2 = nd.bitcast %p : tensor<?x?xf16> -> tensor<?xi64>
  // CHECK: nd.bitcast %arg3 : tensor<f64> -> tensor<64xi1>
  %3 = nd.bitcast %d : tensor<f64> -> tensor<64xi1>
  return
}
