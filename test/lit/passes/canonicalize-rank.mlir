// Constants of more dimensions than NumPy has arrays of are left as they are.
//
// RUN: irc-opt %s --canonicalize | filecheck %s

!many = tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>

// CHECK-LABEL: @many
// CHECK: nd.exp
// CHECK: nd.reshape
func.func @many() -> tensor<f32> {
  %c = nd.constant dense<1.0> : !many
  %s = nd.exp %c : !many
  %r = nd.reshape %s : !many -> tensor<f32>
  return %r : tensor<f32>
}

// CHECK-LABEL: @arithmetic
// CHECK: arith.constant dense<3.000000e+00>
func.func @arithmetic() -> !many {
  %a = arith.constant dense<1.0> : !many
  %b = arith.constant dense<2.0> : !many
  %c = arith.addf %a, %b : !many
  return %c : !many
}
