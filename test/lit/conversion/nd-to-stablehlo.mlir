// RUN: irc-opt %s --nd-to-stablehlo | filecheck %s

// CHECK-LABEL: func.func @layer
// CHECK: stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0]
// CHECK: stablehlo.broadcast_in_dim %arg2, dims = [1]
// CHECK: stablehlo.tanh
// CHECK: stablehlo.reduce({{.*}}) applies stablehlo.maximum across dimensions = [1]
func.func @layer(%x: tensor<4x3xf32>, %w: tensor<3x2xf32>, %b: tensor<2xf32>) -> tensor<4xf32> {
  %0 = nd.matmul %x, %w : tensor<4x3xf32>, tensor<3x2xf32> -> tensor<4x2xf32>
  %1 = nd.broadcast_to %b : tensor<2xf32> -> tensor<4x2xf32>
  %2 = nd.add %0, %1 : tensor<4x2xf32>
  %3 = nd.tanh %2 : tensor<4x2xf32>
  %4 = nd.max %3 axes = [1] : tensor<4x2xf32> -> tensor<4xf32>
  return %4 : tensor<4xf32>
}

// A counted loop carries its counter; indices are integers of 64 bits.
// CHECK-LABEL: func.func @loop
// CHECK: stablehlo.while(%{{.+}} = %{{.+}}, %{{.+}} = %arg0) : tensor<i64>, tensor<4xf32>
// CHECK: stablehlo.dynamic_slice
func.func @loop(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %x) -> (tensor<4xf32>) {
    %s = nd.dynamic_slice %a[%i] : tensor<4xf32> -> tensor<1xf32>
    %y = nd.dynamic_update_slice %x, %s[%c0] : tensor<4xf32>, tensor<1xf32>
    scf.yield %y : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// Storage that is given away is forgotten.
// CHECK-LABEL: func.func @storage
// CHECK-NEXT: stablehlo.negate %arg0 : tensor<4xf32>
// CHECK-NEXT: return
func.func @storage(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = nd.allocate() : tensor<4xf32>
  %0 = nd.negative %x into %s : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @running
// CHECK: "stablehlo.reduce_window"(%arg0, %{{.+}}) <{padding = dense<{{.+}}4, 0]]> : tensor<1x2xi64>, window_dimensions = array<i64: 5>}>
func.func @running(%x: tensor<5xf32>) -> tensor<5xf32> {
  %0 = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = nd.add %a, %b : tensor<f32>
    nd.yield %1 : tensor<f32>
  } : tensor<5xf32>
  return %0 : tensor<5xf32>
}
