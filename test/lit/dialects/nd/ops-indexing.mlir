// Reads and writes of slices at listed positions: dimension numbers in any order, empty lists left out.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @gather
func.func @gather(%x: tensor<8x?x4xf32>, %i: tensor<3x2xi32>, %b: tensor<?x8xui8>) {
  // CHECK: nd.gather %arg0[%arg1] sizes = [1, 1, :] dims = {offset_dims = [1], collapsed_slice_dims = [0, 1], start_index_map = [1, 0], index_vector_dim = 1} : tensor<8x?x4xf32>, tensor<3x2xi32> -> tensor<3x4xf32>
  %0 = nd.gather %x[%i] sizes = [1, 1, :]
    dims = {index_vector_dim = 1, start_index_map = [1, 0], collapsed_slice_dims = [0, 1], offset_dims = [1]}
    : tensor<8x?x4xf32>, tensor<3x2xi32> -> tensor<3x4xf32>
  // CHECK: nd.gather %arg0[%arg2] sizes = [1, 1, 2] dims = {offset_dims = [2], collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [1], start_index_map = [1], index_vector_dim = 2} : tensor<8x?x4xf32>, tensor<?x8xui8> -> tensor<?x8x2xf32>
  %1 = nd.gather %x[%b] sizes = [1, 1, 2]
    dims = {offset_dims = [2], collapsed_slice_dims = [1], operand_batching_dims = [0],
            start_indices_batching_dims = [1], start_index_map = [1], index_vector_dim = 2}
    : tensor<8x?x4xf32>, tensor<?x8xui8> -> tensor<?x8x2xf32>
  // CHECK: nd.gather %arg0[%arg1] sizes = [1, 1, 4] dims = {{.*}} into %{{.+}} : tensor<8x?x4xf32>, tensor<3x2xi32> -> tensor<3x4xf32>
  %s = nd.allocate() : tensor<3x4xf32>
  %2 = nd.gather %x[%i] sizes = [1, 1, 4]
    dims = {offset_dims = [1], collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 1} into %s
    : tensor<8x?x4xf32>, tensor<3x2xi32> -> tensor<3x4xf32>
  return
}

// CHECK-LABEL: func.func @scatter
func.func @scatter(%x: tensor<8x?xf32>, %i: tensor<3x1xi32>, %u: tensor<3x4xf32>) {
  // CHECK: nd.scatter %arg0[%arg1] with %arg2 dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  // CHECK-NEXT: ^bb0(%[[A:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>):
  // CHECK-NEXT: nd.yield %[[B]] : tensor<f32>
  // CHECK-NEXT: } {unique_indices} : (tensor<8x?xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<8x?xf32>
  %0 = nd.scatter %x[%i] with %u
    dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %b : tensor<f32>
  } {unique_indices} : (tensor<8x?xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<8x?xf32>
  return
}

// CHECK-LABEL: func.func @scatter_several
func.func @scatter_several(%x: tensor<3x6xf32>, %y: tensor<3x6xi8>, %i: tensor<3x2xindex>, %u: tensor<3x2xf32>, %v: tensor<3x2xi8>) {
  // CHECK: %0:2 = nd.scatter %arg0, %arg1[%arg2] with %arg3, %arg4 dims = {inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 2} {
  // CHECK: nd.yield %{{.+}}, %{{.+}} : tensor<f32>, tensor<i8>
  // CHECK-NEXT: } : (tensor<3x6xf32>, tensor<3x6xi8>, tensor<3x2xindex>, tensor<3x2xf32>, tensor<3x2xi8>) -> (tensor<3x6xf32>, tensor<3x6xi8>)
  %0:2 = nd.scatter %x, %y[%i] with %u, %v
    dims = {inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0],
            scatter_dims_to_operand_dims = [1], index_vector_dim = 2} {
  ^bb0(%a: tensor<f32>, %b: tensor<i8>, %c: tensor<f32>, %d: tensor<i8>):
    %s = nd.add %a, %c : tensor<f32>
    nd.yield %s, %d : tensor<f32>, tensor<i8>
  } : (tensor<3x6xf32>, tensor<3x6xi8>, tensor<3x2xindex>, tensor<3x2xf32>, tensor<3x2xi8>) -> (tensor<3x6xf32>, tensor<3x6xi8>)
  return
}
