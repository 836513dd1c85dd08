// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<8x4xf32>, %i: tensor<3x1xi32>) {
  // expected-error @+1 {{expected result type 'tensor<3x4xf32>', got 'tensor<3x5xf32>'}}
  %0 = nd.gather %x[%i] sizes = [1, 4] dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1} : tensor<8x4xf32>, tensor<3x1xi32> -> tensor<3x5xf32>
  // expected-error @+1 {{slice size (5) is out of bounds for operand dimension (4) at index 1}}
  %1 = nd.gather %x[%i] sizes = [1, 5] dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1} : tensor<8x4xf32>, tensor<3x1xi32> -> tensor<3x5xf32>
  // expected-error @+1 {{slice_sizes[dim] should be <= 1, but got 2}}
  %2 = nd.gather %x[%i] sizes = [2, 4] dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1} : tensor<8x4xf32>, tensor<3x1xi32> -> tensor<3x4xf32>
  // expected-error @+1 {{start_index_map size (2) is not equal to size of index dimension (1) of start_indices (1)}}
  %3 = nd.gather %x[%i] sizes = [1, 4] dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0, 1], index_vector_dim = 1} : tensor<8x4xf32>, tensor<3x1xi32> -> tensor<3x4xf32>
  return
}

// -----

func.func @f(%x: tensor<?x4xf32>, %i: tensor<3x1xi32>) {
  // expected-error @+1 {{a slice has one element of dimension 0, which is left out, so ':' does not fit}}
  %0 = nd.gather %x[%i] sizes = [:, 4] dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1} : tensor<?x4xf32>, tensor<3x1xi32> -> tensor<3x4xf32>
  return
}

// -----

func.func @f(%x: tensor<8x4xf32>, %i: tensor<3x1xi1>) {
  // expected-error @+1 {{operand #1 must be ranked tensor of integer or index values, but got 'tensor<3x1xi1>'}}
  %0 = nd.gather %x[%i] sizes = [1, 4] dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1} : tensor<8x4xf32>, tensor<3x1xi1> -> tensor<3x4xf32>
  return
}

// -----

func.func @f(%x: tensor<8x4xf32>, %i: tensor<3x1xi32>) {
  // expected-error @+1 {{expected one of 'offset_dims', 'collapsed_slice_dims', 'operand_batching_dims', 'start_indices_batching_dims', 'start_index_map', 'index_vector_dim', got 'offsets'}}
  %0 = nd.gather %x[%i] sizes = [1, 4] dims = {offsets = [1]} : tensor<8x4xf32>, tensor<3x1xi32> -> tensor<3x4xf32>
  return
}

// -----

func.func @f(%x: tensor<8x4xf32>, %i: tensor<3x1xi32>, %u: tensor<3x5xf32>) {
  // expected-error @+1 {{For dimension 1, updates bound is 5, operand bound is 4}}
  %0 = nd.scatter %x[%i] with %u dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %b : tensor<f32>
  } : (tensor<8x4xf32>, tensor<3x1xi32>, tensor<3x5xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @f(%x: tensor<8x4xf32>, %i: tensor<3x1xi32>, %u: tensor<3x4xf32>) {
  // expected-error @+1 {{expected updates of rank 1, got 'tensor<3x4xf32>'}}
  %0 = nd.scatter %x[%i] with %u dims = {inserted_window_dims = [0, 1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %b : tensor<f32>
  } : (tensor<8x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<8x4xf32>
  return
}

// -----

func.func @f(%x: tensor<8x4xf32>, %i: tensor<3x1xi32>, %u: tensor<3x4xf32>) {
  // expected-error @+1 {{expected the arguments of the combiner to be 'tensor<f32>', 'tensor<f32>', got 'tensor<f32>'}}
  %0 = nd.scatter %x[%i] with %u dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  ^bb0(%a: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<8x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<8x4xf32>
  return
}
