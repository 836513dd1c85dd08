// Reads of slices at listed positions: dimension numbers in any order, empty lists left out.
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
