// Special functions: of real floats only.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @special
func.func @special(%x: tensor<4x?xf32>, %y: tensor<f64>, %z: tensor<3xbf16>, %s: tensor<3xbf16>) {
  // CHECK: nd.erfc %arg0 : tensor<4x?xf32>
  %0 = nd.erfc %x : tensor<4x?xf32>
  // CHECK: nd.erf_inv %arg1 : tensor<f64>
  %1 = nd.erf_inv %y : tensor<f64>
  // CHECK: nd.lgamma %arg2 into %arg3 : tensor<3xbf16>
  %2 = nd.lgamma %z into %s : tensor<3xbf16>
  // CHECK: nd.digamma %arg0 : tensor<4x?xf32>
  %3 = nd.digamma %x : tensor<4x?xf32>
  return
}
