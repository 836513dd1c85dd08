// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @constants
// CHECK-DAG: dense<[1.000000e+00, 0.157299206]> : tensor<2xf32>
// CHECK-DAG: dense<[0x7F800000, 0.000000e+00]> : tensor<2xf32>
func.func @constants() -> (tensor<2xf32>, tensor<2xf32>) {
  %x = nd.constant dense<[0.0, 1.0]> : tensor<2xf32>
  %0 = nd.erfc %x : tensor<2xf32>
  %1 = nd.lgamma %x : tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}
