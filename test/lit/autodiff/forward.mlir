// Tangents follow the operations; loops and branches carry those of what depends on the argument, and no others.
// RUN: irc-opt %s --differentiate --symbol-dce --canonicalize --cse | filecheck %s

func.func private @f(%x: tensor<4xf32>, %w: tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>) {
  %p = nd.multiply %x, %w : tensor<4xf32>
  %u = nd.subtract %w, %p : tensor<4xf32>
  %s = nd.sum %u axes = [0] : tensor<4xf32> -> tensor<f32>
  return %s, %w : tensor<f32>, tensor<4xf32>
}

func.func @straight(%x: tensor<4xf32>, %w: tensor<4xf32>, %t: tensor<4xf32>) -> tensor<f32> {
  %r:4 = ad.jvp @f(%x, %w) tangents(%t) : (tensor<4xf32>, tensor<4xf32>), (tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>, tensor<f32>, tensor<4xf32>)
  return %r#2 : tensor<f32>
}

func.func private @power(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f64
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %one, %k = %one) -> (f64, f64) {
    %z = arith.mulf %y, %x : f64
    %l = arith.addf %k, %k : f64
    scf.yield %z, %l : f64, f64
  }
  %s = arith.mulf %r#0, %r#1 : f64
  return %s : f64
}

func.func @loop(%x: f64, %t: f64, %n: index) -> f64 {
  %r:2 = ad.jvp @power(%x, %n) tangents(%t) : (f64, index), (f64) -> (f64, f64)
  return %r#1 : f64
}

// CHECK-LABEL: func.func private @f__jvp_wrt_0(
// CHECK-SAME:  %arg0: tensor<4xf32>, %arg1: tensor<4xf32>, %arg2: tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>, tensor<f32>, tensor<4xf32>) {
// CHECK-NEXT:  %cst = nd.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK-NEXT:  %0 = nd.multiply %arg0, %arg1 : tensor<4xf32>
// CHECK-NEXT:  %1 = nd.multiply %arg2, %arg1 : tensor<4xf32>
// CHECK-NEXT:  %2 = nd.subtract %arg1, %0 : tensor<4xf32>
// CHECK-NEXT:  %3 = nd.negative %1 : tensor<4xf32>
// CHECK-NEXT:  %4 = nd.sum %2 axes = [0]
// CHECK-NEXT:  %5 = nd.sum %3 axes = [0]
// CHECK-NEXT:  return %4, %arg1, %5, %cst

// CHECK-LABEL: func.func private @power__jvp_wrt_0(
// CHECK:       scf.for %arg3 = %c0 to %arg1 step %c1 iter_args(%arg4 = %cst, %arg5 = %cst, %arg6 = %cst_0) -> (f64, f64, f64) {
// CHECK-NEXT:    %[[Z:.+]] = arith.mulf %arg4, %arg0
// CHECK-NEXT:    %[[A:.+]] = arith.mulf %arg6, %arg0
// CHECK-NEXT:    %[[B:.+]] = arith.mulf %arg4, %arg2
// CHECK-NEXT:    %[[T:.+]] = arith.addf %[[A]], %[[B]]
// CHECK-NEXT:    %[[L:.+]] = arith.addf %arg5, %arg5
// CHECK-NEXT:    scf.yield %[[Z]], %[[L]], %[[T]]
