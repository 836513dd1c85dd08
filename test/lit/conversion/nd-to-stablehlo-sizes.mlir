// RUN: irc-opt %s --nd-to-stablehlo | filecheck %s
// RUN: irc-opt %s --nd-to-stablehlo | irc-opt --stablehlo-to-nd

// A slice of a computed size is one whose limits are computed; its start is clamped, as that of other slices.
// CHECK-LABEL: func.func @slice
// CHECK: %[[SIZE:.+]] = stablehlo.convert %{{.+}} : (tensor<i32>) -> tensor<i64>
// CHECK: %[[LAST:.+]] = stablehlo.subtract %[[SIZE]], %arg2
// CHECK: %[[START:.+]] = stablehlo.clamp %{{.+}}, %arg1, %[[LAST]]
// CHECK: stablehlo.add %[[START]], %arg2
// CHECK: stablehlo.real_dynamic_slice %arg0, %{{.+}} -> tensor<?x3xf32>
func.func @slice(%x: tensor<?x8xf32>, %i: index, %n: index) -> tensor<?x3xf32> {
  %0 = nd.dynamic_slice %x[%i, %i] (%n) : tensor<?x8xf32> -> tensor<?x3xf32>
  return %0 : tensor<?x3xf32>
}

// Slices as long as the operand.
// CHECK-LABEL: func.func @gather
// CHECK: stablehlo.get_dimension_size %arg0, dim = 1
// CHECK: "stablehlo.dynamic_gather"(%arg0, %arg1, %{{.+}}) <{{.+}}> : (tensor<8x?xf32>, tensor<3x1xi32>, tensor<2xi64>) -> tensor<3x?xf32>
func.func @gather(%x: tensor<8x?xf32>, %i: tensor<3x1xi32>) -> tensor<3x?xf32> {
  %0 = nd.gather %x[%i] sizes = [1, :] dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1}
    : tensor<8x?xf32>, tensor<3x1xi32> -> tensor<3x?xf32>
  return %0 : tensor<3x?xf32>
}

// A factor without the batch of the other one is repeated.
// CHECK-LABEL: func.func @product
// CHECK: stablehlo.dynamic_broadcast_in_dim %arg0, %{{.+}}, dims = [1, 2] : (tensor<3x4xf32>, tensor<3xi64>) -> tensor<?x3x4xf32>
// CHECK: stablehlo.dot_general %{{.+}}, %arg1, batching_dims = [0] x [0]
func.func @product(%x: tensor<3x4xf32>, %y: tensor<?x4x?xf32>) -> tensor<?x3x?xf32> {
  %0 = nd.matmul %x, %y : tensor<3x4xf32>, tensor<?x4x?xf32> -> tensor<?x3x?xf32>
  return %0 : tensor<?x3x?xf32>
}

// CHECK-LABEL: func.func @cholesky
// CHECK: stablehlo.cholesky %arg0, lower = true : tensor<?x?xf32>
// CHECK: stablehlo.dynamic_iota %{{.+}}, dim = 0 : (tensor<2xi64>) -> tensor<?x?xi64>
// CHECK: stablehlo.select
func.func @cholesky(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %0 = nd.cholesky %x lower = true : tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}
