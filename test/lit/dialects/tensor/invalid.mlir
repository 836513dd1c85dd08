// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @empty(%n: index) {
  // expected-error @+1 {{'tensor.empty' op incorrect number of dynamic sizes, has 0, expected 1}}
  %0 = tensor.empty() : tensor<?x4xf32>
  return
}

// -----

func.func @splat(%n: index, %x: f32) {
  // expected-error @+1 {{'tensor.splat' op incorrect number of dynamic sizes, has 1, expected 2}}
  %0 = tensor.splat %x[%n] : tensor<?x?xf32>
  return
}

// -----

func.func @dim(%t: tensor<f32>, %i: index) {
  // expected-error @+1 {{'tensor.dim' op operand #0 must be non-0-ranked or unranked tensor, but got 'tensor<f32>'}}
  %0 = tensor.dim %t, %i : tensor<f32>
  return
}

// -----

func.func @extract(%t: tensor<4x4xf32>, %i: index) {
  // expected-error @+1 {{'tensor.extract' op incorrect number of indices for extract_element}}
  %0 = tensor.extract %t[%i] : tensor<4x4xf32>
  return
}

// -----

func.func @insert(%t: tensor<4x4xf32>, %i: index, %x: f32) {
  // expected-error @+1 {{'tensor.insert' op incorrect number of indices}}
  %0 = tensor.insert %x into %t[%i] : tensor<4x4xf32>
  return
}

// -----

func.func @insert_scalar(%t: tensor<4xf32>, %i: index, %x: f64) {
  // expected-error @+1 {{use of value '%x' expects different type than prior uses}}
  %0 = tensor.insert %x into %t[%i] : tensor<4xf32>
  return
}

// -----

func.func @insert_scalar_generic(%t: tensor<4xf32>, %i: index, %x: f64) {
  // expected-error @+1 {{'tensor.insert' op failed to verify that scalar type matches element type of dest}}
  %0 = "tensor.insert"(%x, %t, %i) : (f64, tensor<4xf32>, index) -> tensor<4xf32>
  return
}

// -----

func.func @from_elements(%x: f32) {
  // expected-error @+1 {{'tensor.from_elements' op number of operands (1) does not match the number of elements of the result (2)}}
  %0 = tensor.from_elements %x : tensor<2xf32>
  return
}

// -----

func.func @cast(%t: tensor<4xf32>) {
  // expected-error @+1 {{'tensor.cast' op operand type 'tensor<4xf32>' and result type 'tensor<5xf32>' are cast incompatible}}
  %0 = tensor.cast %t : tensor<4xf32> to tensor<5xf32>
  return
}

// -----

func.func @slice_rank(%t: tensor<8x4xf32>) {
  // expected-error @+1 {{'tensor.extract_slice' op expected 2 offset values, got 1}}
  %0 = tensor.extract_slice %t[0] [4, 4] [1, 1] : tensor<8x4xf32> to tensor<4x4xf32>
  return
}

// -----

func.func @slice_negative(%t: tensor<8xf32>) {
  // expected-error @+1 {{'tensor.extract_slice' op expected offsets to be non-negative, but got -1}}
  %0 = tensor.extract_slice %t[-1] [4] [1] : tensor<8xf32> to tensor<4xf32>
  return
}

// -----

func.func @slice_type(%t: tensor<8x4xf32>) {
  // expected-error @+1 {{'tensor.extract_slice' op expected type to be 'tensor<4x4xf32>' or a rank-reduced version. (size mismatch)}}
  %0 = tensor.extract_slice %t[0, 0] [4, 4] [1, 1] : tensor<8x4xf32> to tensor<4xf32>
  return
}

// -----

func.func @slice_element(%t: tensor<8xf32>) {
  // expected-error @+1 {{'tensor.extract_slice' op expected element type to be 'f32'}}
  %0 = tensor.extract_slice %t[0] [4] [1] : tensor<8xf32> to tensor<4xf64>
  return
}

// -----

func.func @slice_higher(%t: tensor<8xf32>) {
  // expected-error @+1 {{'tensor.extract_slice' op expected rank to be smaller or equal to the other rank.}}
  %0 = tensor.extract_slice %t[0] [4] [1] : tensor<8xf32> to tensor<1x4xf32>
  return
}

// -----

func.func @insert_slice(%s: tensor<3xf32>, %t: tensor<8xf32>) {
  // expected-error @+1 {{'tensor.insert_slice' op expected type to be 'tensor<4xf32>' or a rank-reduced version. (size mismatch)}}
  %0 = tensor.insert_slice %s into %t[0] [4] [1] : tensor<3xf32> into tensor<8xf32>
  return
}

// -----

func.func @expand_rank(%t: tensor<8xf32>) {
  // expected-error @+1 {{'tensor.expand_shape' op invalid number of reassociation groups: found 2, expected 1}}
  %0 = tensor.expand_shape %t [[0], [1]] output_shape [2, 4] : tensor<8xf32> into tensor<2x4xf32>
  return
}

// -----

func.func @expand_size(%t: tensor<8xf32>) {
  // expected-error @+1 {{'tensor.expand_shape' op expected dimension 0 of collapsed type to be static value of 6}}
  %0 = tensor.expand_shape %t [[0, 1]] output_shape [2, 3] : tensor<8xf32> into tensor<2x3xf32>
  return
}

// -----

func.func @expand_output_shape(%t: tensor<8xf32>) {
  // expected-error @+1 {{'tensor.expand_shape' op expected number of static shape dims to be equal to the output rank (2) but found 1 inputs instead}}
  %0 = tensor.expand_shape %t [[0, 1]] output_shape [8] : tensor<8xf32> into tensor<2x4xf32>
  return
}

// -----

func.func @collapse_order(%t: tensor<2x4xf32>) {
  // expected-error @+1 {{'tensor.collapse_shape' op reassociation indices must be contiguous}}
  %0 = tensor.collapse_shape %t [[1, 0]] : tensor<2x4xf32> into tensor<8xf32>
  return
}

// -----

func.func @collapse_dynamic(%t: tensor<?x4xf32>) {
  // expected-error @+1 {{'tensor.collapse_shape' op expected dimension 0 of collapsed type to be dynamic since one or more of the corresponding dimensions in the expanded type is dynamic}}
  %0 = tensor.collapse_shape %t [[0, 1]] : tensor<?x4xf32> into tensor<8xf32>
  return
}

// -----

func.func @collapse_more(%t: tensor<4xf32>) {
  // expected-error @+1 {{'tensor.collapse_shape' op expected rank reduction, but found source rank 1 <= result rank 2}}
  %0 = tensor.collapse_shape %t [[0], [1]] : tensor<4xf32> into tensor<4x1xf32>
  return
}

// -----

func.func @reshape(%t: tensor<4xf32>, %s: tensor<1xindex>) {
  // expected-error @+1 {{'tensor.reshape' op source and destination tensor should have the same number of elements}}
  %0 = tensor.reshape %t(%s) : (tensor<4xf32>, tensor<1xindex>) -> tensor<5xf32>
  return
}

// -----

func.func @concat(%a: tensor<2x3xf32>, %b: tensor<2x4xf32>) {
  // expected-error @+1 {{'tensor.concat' op static concatenation size mismatch along non-concatenated dimension}}
  %0 = tensor.concat dim(0) %a, %b : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @generate(%n: index, %x: f32) {
  // expected-error @+1 {{'tensor.generate' op must have one body argument per input dimension}}
  %0 = tensor.generate %n {
  ^bb0(%i: index, %j: index):
    tensor.yield %x : f32
  } : tensor<?xf32>
  return
}

// -----

func.func @pad(%t: tensor<2xf32>, %x: f32) {
  // expected-error @+1 {{'tensor.pad' op specified type 'tensor<4xf32>' does not match the inferred type: dimension 0 is 5}}
  %0 = tensor.pad %t low[1] high[2] {
  ^bb0(%i: index):
    tensor.yield %x : f32
  } : tensor<2xf32> to tensor<4xf32>
  return
}

// -----

func.func @yield(%t: tensor<2xf32>, %x: f64) {
  // expected-error @+1 {{'tensor.pad' op expected yield type to match shape element type}}
  %0 = tensor.pad %t low[1] high[2] {
  ^bb0(%i: index):
    tensor.yield %x : f64
  } : tensor<2xf32> to tensor<5xf32>
  return
}

// -----

func.func @partial_tiles(%x: tensor<5xf32>, %d: tensor<2x4xf32>) {
  // expected-error @+1 {{'tensor.pack' op invalid tile factor or output size provided. Only full tiles are supported when padding_value is not set}}
  %0 = tensor.pack %x inner_dims_pos = [0] inner_tiles = [4] into %d : tensor<5xf32> -> tensor<2x4xf32>
  return
}

// -----

func.func @tiles(%x: tensor<8xf32>, %d: tensor<2x4xf32>) {
  // expected-error @+1 {{'tensor.pack' op tiling factors must equal the number of dimensions to tile}}
  %0 = tensor.pack %x inner_dims_pos = [0] inner_tiles = [4, 2] into %d : tensor<8xf32> -> tensor<2x4xf32>
  return
}

// -----

func.func @gathered(%x: tensor<4x8xf32>, %i: tensor<2x1xindex>) {
  // expected-error @+1 {{'tensor.gather' op result type mismatch: expected 'tensor<2x1x8xf32>' or its rank-reduced variant 'tensor<2x8xf32>' (got: 'tensor<2x4xf32>')}}
  %0 = tensor.gather %x[%i] gather_dims([0]) : (tensor<4x8xf32>, tensor<2x1xindex>) -> tensor<2x4xf32>
  return
}

// -----

func.func @scattered(%x: tensor<4x8xf32>, %y: tensor<2x8xf32>, %i: tensor<2x1xindex>) {
  // expected-error @+1 {{'tensor.scatter' op requires 'unique' attribute to be set}}
  %0 = tensor.scatter %y into %x[%i] scatter_dims([0]) : (tensor<2x8xf32>, tensor<4x8xf32>, tensor<2x1xindex>) -> tensor<4x8xf32>
  return
}
