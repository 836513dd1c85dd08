// What is known is computed by the compiler.
// RUN: irc-opt %s --canonicalize | filecheck %s

// The first bits of the key of the number 42, and the fourth one of 64 bits.
// CHECK-LABEL: func.func @random
// CHECK-DAG: nd.constant dense<[2098992034, 2919706841, 2646866425]> : tensor<3xui32>
// CHECK-DAG: nd.constant dense<13462782411356743825> : tensor<1xui64>
func.func @random() -> (tensor<3xui32>, tensor<1xui64>) {
  %key = nd.constant dense<[0, 42]> : tensor<2xui32>
  %three = nd.constant dense<3> : tensor<ui64>
  %0 = nd.random_bits %key : tensor<3xui32>
  %1 = nd.random_bits %key start %three : tensor<1xui64>
  return %0, %1 : tensor<3xui32>, tensor<1xui64>
}

// CHECK-LABEL: func.func @algebra
// CHECK-DAG: %[[L:.+]] = nd.constant dense<{{\[\[}}2.000000e+00, 0.000000e+00], [1.000000e+00, 3.000000e+00]]> : tensor<2x2xf64>
// CHECK-DAG: %[[X:.+]] = nd.constant dense<{{\[\[}}2.000000e+00], [3.000000e+00]]> : tensor<2x1xf64>
// CHECK: return %[[L]], %[[X]]
func.func @algebra() -> (tensor<2x2xf64>, tensor<2x1xf64>) {
  %a = nd.constant dense<[[4.0, 2.0], [2.0, 10.0]]> : tensor<2x2xf64>
  %b = nd.constant dense<[[4.0], [11.0]]> : tensor<2x1xf64>
  %l = nd.cholesky %a lower = true : tensor<2x2xf64>
  %x = nd.triangular_solve %l, %b left_side = true lower = true unit_diagonal = false transpose_a = NO_TRANSPOSE
    : tensor<2x2xf64>, tensor<2x1xf64>
  return %l, %x : tensor<2x2xf64>, tensor<2x1xf64>
}

// CHECK-LABEL: func.func @transform
// CHECK: nd.constant dense<[(1.000000e+01,0.000000e+00), (-2.000000e+00,2.000000e+00), (-2.000000e+00,0.000000e+00)]> : tensor<3xcomplex<f32>>
func.func @transform() -> tensor<3xcomplex<f32>> {
  %x = nd.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %y = nd.fft %x kind = RFFT length = [4] : tensor<4xf32> -> tensor<3xcomplex<f32>>
  return %y : tensor<3xcomplex<f32>>
}

// A call without side effects goes away where nobody uses it.
// CHECK-LABEL: func.func @calls
// CHECK-NEXT: nd.custom_call @seen() side_effects
// CHECK-NEXT: nd.custom_call @pure
// CHECK-NEXT: return
func.func @calls(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = nd.custom_call @unused(%x) : (tensor<4xf32>) -> tensor<4xf32>
  nd.custom_call @seen() side_effects : () -> ()
  %1 = nd.custom_call @pure(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
