// Operations once forward, then their adjoints; what is used twice gets the sum; no op is emitted for a zero.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --algebra --cse --canonicalize | filecheck %s

func.func private @f(%x: tensor<4xf32>, %w: tensor<4xf32>) -> tensor<f32> {
  %p = nd.multiply %x, %w : tensor<4xf32>
  %t = nd.tanh %p : tensor<4xf32>
  %u = nd.add %t, %x : tensor<4xf32>
  %s = nd.sum %u axes = [0] : tensor<4xf32> -> tensor<f32>
  return %s : tensor<f32>
}

func.func @both(%x: tensor<4xf32>, %w: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %r:3 = ad.value_and_grad @f(%x, %w) {wrt = [0, 1]} : (tensor<4xf32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>, tensor<4xf32>)
  return %r#1, %r#2 : tensor<4xf32>, tensor<4xf32>
}

func.func private @ignores(%x: f32, %y: f32) -> f32 {
  %c = math.floor %x : f32
  %z = arith.mulf %c, %y : f32
  return %z : f32
}

func.func @zero(%x: f32, %y: f32) -> f32 {
  %r:2 = ad.value_and_grad @ignores(%x, %y) : (f32, f32) -> (f32, f32)
  return %r#1 : f32
}

// CHECK-LABEL: func.func @both(
// CHECK-SAME:  %arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
// CHECK-NEXT:  %cst = nd.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK-NEXT:  %0 = nd.multiply %arg0, %arg1 : tensor<4xf32>
// CHECK-NEXT:  %1 = nd.tanh %0 : tensor<4xf32>
// CHECK-NEXT:  %2 = nd.multiply %1, %1 : tensor<4xf32>
// CHECK-NEXT:  %3 = nd.subtract %cst, %2 : tensor<4xf32>
// CHECK-NEXT:  %4 = nd.multiply %3, %arg1 : tensor<4xf32>
// CHECK-NEXT:  %5 = nd.multiply %3, %arg0 : tensor<4xf32>
// CHECK-NEXT:  %6 = nd.add %4, %cst : tensor<4xf32>
// CHECK-NEXT:  return %6, %5 : tensor<4xf32>, tensor<4xf32>
// CHECK-LABEL: func.func @zero(
// CHECK-SAME:  %arg0: f32, %arg1: f32) -> f32 {
// CHECK-NEXT:  %cst = arith.constant 0.000000e+00 : f32
// CHECK-NEXT:  return %cst : f32
