// RUN: irc-opt %s --stablehlo-to-nd --canonicalize | filecheck %s

// Dimensions that the operand lacks have size 1 before it is repeated.
// CHECK-LABEL: func.func @broadcast
// CHECK: %[[R:.+]] = nd.reshape %arg0 : tensor<3xf32> -> tensor<3x1xf32>
// CHECK: nd.broadcast_to %[[R]] : tensor<3x1xf32> -> tensor<2x3x4xf32>
func.func @broadcast(%x: tensor<3xf32>) -> tensor<2x3x4xf32> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<3xf32>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}

// Sizes that are computed become operands.
// CHECK-LABEL: func.func @dynamic_broadcast
// CHECK: %[[N:.+]] = tensor.dim %arg0
// CHECK: nd.broadcast_to %arg1(%[[N]]) : tensor<4xf32> -> tensor<?x4xf32>
func.func @dynamic_broadcast(%x: tensor<?xf32>, %y: tensor<4xf32>) -> tensor<?x4xf32> {
  %four = stablehlo.constant dense<4> : tensor<1xi32>
  %n = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?xf32>) -> tensor<i32>
  %v = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>
  %s = stablehlo.concatenate %v, %four, dim = 0 : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
  %0 = stablehlo.dynamic_broadcast_in_dim %y, %s, dims = [1] : (tensor<4xf32>, tensor<2xi32>) -> tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// A dimension that may have size 1 is read at positions that are clamped.
// CHECK-LABEL: func.func @expanding
// CHECK: %[[I:.+]] = nd.iota({{.+}}) axis = 0
// CHECK: nd.gather %arg0[%[[I]]] sizes = [1]
func.func @expanding(%x: tensor<?xf32>, %s: tensor<1xi32>) -> tensor<?xf32> {
  %0 = stablehlo.dynamic_broadcast_in_dim %x, %s, dims = [0] {known_expanding_dimensions = array<i64: 0>}
    : (tensor<?xf32>, tensor<1xi32>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHECK-LABEL: func.func @moves
// CHECK: nd.permute_dims %arg0 axes = [1, 0]
// CHECK: nd.reverse {{.*}} axes = [0]
// CHECK: nd.concat
// CHECK: nd.slice {{.*}} [1:8:2, 0:2]
// CHECK: nd.pad
func.func @moves(%x: tensor<2x4xf32>, %v: tensor<f32>) -> tensor<5x2xf32> {
  %0 = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x4xf32>) -> tensor<4x2xf32>
  %1 = stablehlo.reverse %0, dims = [0] : tensor<4x2xf32>
  %2 = stablehlo.concatenate %1, %0, dim = 0 : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<8x2xf32>
  %3 = stablehlo.slice %2 [1:8:2, 0:2] : (tensor<8x2xf32>) -> tensor<4x2xf32>
  %4 = stablehlo.pad %3, %v, low = [1, 0], high = [0, 0], interior = [0, 0] : (tensor<4x2xf32>, tensor<f32>) -> tensor<5x2xf32>
  return %4 : tensor<5x2xf32>
}

// A position beyond the largest signed number is the last one.
// CHECK-LABEL: func.func @positions
// CHECK: nd.minimum %arg1
// CHECK: nd.dynamic_slice %arg0[%{{.+}}] : tensor<8xf32> -> tensor<2xf32>
func.func @positions(%x: tensor<8xf32>, %i: tensor<ui64>) -> tensor<2xf32> {
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [2] : (tensor<8xf32>, tensor<ui64>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// A slice of computed size is one at a computed position.
// CHECK-LABEL: func.func @computed_slice
// CHECK: nd.dynamic_slice %arg0[%{{.+}}] (%{{.+}}) : tensor<8xf32> -> tensor<?xf32>
func.func @computed_slice(%x: tensor<8xf32>, %i: tensor<1xi32>, %n: tensor<1xi32>) -> tensor<?xf32> {
  %0 = "stablehlo.dynamic_gather"(%x, %i, %n) <{
    dimension_numbers = #stablehlo.gather<offset_dims = [0], start_index_map = [0]>
  }> : (tensor<8xf32>, tensor<1xi32>, tensor<1xi32>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// Bounds are dropped.
// CHECK-LABEL: func.func @bounded(%arg0: tensor<4xf32>, %arg1: tensor<i32>) -> tensor<?xf32>
// CHECK: nd.dynamic_slice
func.func @bounded(%x: tensor<4xf32>, %n: tensor<i32>) -> tensor<?xf32, #stablehlo.bounds<4>> {
  %0 = stablehlo.set_dimension_size %x, %n, dim = 0 : (tensor<4xf32>, tensor<i32>) -> tensor<?xf32, #stablehlo.bounds<4>>
  return %0 : tensor<?xf32, #stablehlo.bounds<4>>
}
