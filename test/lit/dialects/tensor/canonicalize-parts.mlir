// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @known_element
// CHECK-NEXT: return %arg1 : f32
func.func @known_element(%x: f32, %y: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = tensor.from_elements %x, %y, %y, %x : tensor<2x2xf32>
  %b = tensor.extract %a[%c0, %c1] : tensor<2x2xf32>
  return %b : f32
}

// CHECK-LABEL: func.func @computed_element
// CHECK-NEXT: %c2 = arith.constant 2 : index
// CHECK-NEXT: %0 = arith.addi %arg1, %arg0 : index
// CHECK-NEXT: %1 = arith.muli %0, %c2 : index
// CHECK-NEXT: return %1 : index
func.func @computed_element(%n: index, %i: index) -> index {
  %c2 = arith.constant 2 : index
  %t = tensor.generate %n {
  ^bb0(%j: index):
    %s = arith.addi %j, %n : index
    %p = arith.muli %s, %c2 : index
    tensor.yield %p : index
  } : tensor<?xindex>
  %x = tensor.extract %t[%i] : tensor<?xindex>
  return %x : index
}

// CHECK-LABEL: func.func @the_same_number
// CHECK-NEXT: %cst = arith.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK-NEXT: return %cst : tensor<4xf32>
func.func @the_same_number(%i: index) -> tensor<4xf32> {
  %one = arith.constant 1.0 : f32
  %ones = arith.constant dense<1.0> : tensor<4xf32>
  %t = tensor.insert %one into %ones[%i] : tensor<4xf32>
  return %t : tensor<4xf32>
}

// CHECK-LABEL: func.func @into_a_cast
// CHECK-NEXT: %inserted = tensor.insert %arg1 into %arg0[%arg2] : tensor<4xf32>
// CHECK-NEXT: %cast = tensor.cast %inserted : tensor<4xf32> to tensor<?xf32>
// CHECK-NEXT: return %cast : tensor<?xf32>
func.func @into_a_cast(%t: tensor<4xf32>, %x: f32, %i: index) -> tensor<?xf32> {
  %u = tensor.cast %t : tensor<4xf32> to tensor<?xf32>
  %v = tensor.insert %x into %u[%i] : tensor<?xf32>
  return %v : tensor<?xf32>
}

// CHECK-LABEL: func.func @given_sizes
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %dim = tensor.dim %arg0, %c0 : tensor<?x?xf32>
// CHECK-NEXT: return %arg2, %arg1, %dim : index, index, index
func.func @given_sizes(%t: tensor<?x?xf32>, %n: index, %m: index, %x: f32, %i: index) -> (index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = tensor.extract_slice %t[%i, 0] [%n, %m] [1, 1] : tensor<?x?xf32> to tensor<?x?xf32>
  %a = tensor.dim %s, %c1 : tensor<?x?xf32>
  %g = tensor.generate %n, %m {
  ^bb0(%j: index, %k: index):
    tensor.yield %x : f32
  } : tensor<?x?xf32>
  %b = tensor.dim %g, %c0 : tensor<?x?xf32>
  %h = tensor.insert %x into %t[%i, %i] : tensor<?x?xf32>
  %c = tensor.dim %h, %c0 : tensor<?x?xf32>
  return %a, %b, %c : index, index, index
}

// CHECK-LABEL: func.func @sizes_of_destinations
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %dim = tensor.dim %arg2, %c0 : tensor<?x?xf32>
// CHECK-NEXT: return %dim : index
func.func @sizes_of_destinations(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>, %c: tensor<?x?xf32>) -> index {
  %c0 = arith.constant 0 : index
  %0 = linalg.matmul ins(%a, %b : tensor<?x?xf32>, tensor<?x?xf32>) outs(%c : tensor<?x?xf32>) -> tensor<?x?xf32>
  %1 = tensor.dim %0, %c0 : tensor<?x?xf32>
  return %1 : index
}

// CHECK-LABEL: func.func @put_in_and_taken_out
// CHECK-NEXT: return %arg0, %arg1 : tensor<4xf32>, tensor<?xf32>
func.func @put_in_and_taken_out(%s: tensor<4xf32>, %t: tensor<?xf32>, %i: index) -> (tensor<4xf32>, tensor<?xf32>) {
  %a = tensor.insert_slice %s into %t[%i] [4] [1] : tensor<4xf32> into tensor<?xf32>
  %b = tensor.extract_slice %a[%i] [4] [1] : tensor<?xf32> to tensor<4xf32>
  %c = tensor.extract_slice %t[%i] [4] [1] : tensor<?xf32> to tensor<4xf32>
  %d = tensor.insert_slice %c into %t[%i] [4] [1] : tensor<4xf32> into tensor<?xf32>
  return %b, %d : tensor<4xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @overwritten
// CHECK-NEXT: %inserted_slice = tensor.insert_slice %arg1 into %arg2[%arg3] [4] [1] : tensor<4xf32> into tensor<?xf32>
// CHECK-NEXT: return %inserted_slice : tensor<?xf32>
func.func @overwritten(%r: tensor<4xf32>, %s: tensor<4xf32>, %t: tensor<?xf32>, %i: index) -> tensor<?xf32> {
  %a = tensor.insert_slice %r into %t[%i] [4] [1] : tensor<4xf32> into tensor<?xf32>
  %b = tensor.insert_slice %s into %a[%i] [4] [1] : tensor<4xf32> into tensor<?xf32>
  return %b : tensor<?xf32>
}

// CHECK-LABEL: func.func @empty_of_known_size
// CHECK-NEXT: %0 = tensor.empty() : tensor<4x8xf32>
// CHECK-NEXT: return %0 : tensor<4x8xf32>
func.func @empty_of_known_size(%n: index) -> tensor<4x8xf32> {
  %a = tensor.empty(%n) : tensor<?x8xf32>
  %b = tensor.cast %a : tensor<?x8xf32> to tensor<4x8xf32>
  return %b : tensor<4x8xf32>
}

// CHECK-LABEL: func.func @padded_by_nothing
// CHECK-NEXT: return %arg0 : tensor<4xf32>
func.func @padded_by_nothing(%t: tensor<4xf32>, %x: f32) -> tensor<4xf32> {
  %p = tensor.pad %t low[0] high[0] {
  ^bb0(%i: index):
    tensor.yield %x : f32
  } : tensor<4xf32> to tensor<4xf32>
  return %p : tensor<4xf32>
}

// CHECK-LABEL: func.func @shapes_in_a_row
// CHECK-NEXT: %collapsed = tensor.collapse_shape %arg0 {{\[\[}}0, 1, 2], [3{{\]\]}} : tensor<2x3x4x5xf32> into tensor<24x5xf32>
// CHECK-NEXT: %expanded = tensor.expand_shape %arg1 {{\[\[}}0, 1, 2, 3{{\]\]}} output_shape [2, 3, 4, 5] : tensor<120xf32> into tensor<2x3x4x5xf32>
// CHECK-NEXT: return %collapsed, %expanded : tensor<24x5xf32>, tensor<2x3x4x5xf32>
func.func @shapes_in_a_row(%t: tensor<2x3x4x5xf32>, %u: tensor<120xf32>) -> (tensor<24x5xf32>, tensor<2x3x4x5xf32>) {
  %a = tensor.collapse_shape %t [[0, 1], [2], [3]] : tensor<2x3x4x5xf32> into tensor<6x4x5xf32>
  %b = tensor.collapse_shape %a [[0, 1], [2]] : tensor<6x4x5xf32> into tensor<24x5xf32>
  %c = tensor.expand_shape %u [[0, 1]] output_shape [6, 20] : tensor<120xf32> into tensor<6x20xf32>
  %d = tensor.expand_shape %c [[0, 1], [2, 3]] output_shape [2, 3, 4, 5] : tensor<6x20xf32> into tensor<2x3x4x5xf32>
  return %b, %d : tensor<24x5xf32>, tensor<2x3x4x5xf32>
}

// CHECK-LABEL: func.func @joined_and_cut
// CHECK-NEXT: return %arg0 : tensor<2x3x4xf32>
func.func @joined_and_cut(%t: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %a = tensor.collapse_shape %t [[0, 1], [2]] : tensor<2x3x4xf32> into tensor<6x4xf32>
  %b = tensor.expand_shape %a [[0, 1], [2]] output_shape [2, 3, 4] : tensor<6x4xf32> into tensor<2x3x4xf32>
  return %b : tensor<2x3x4xf32>
}

// CHECK-LABEL: func.func @made_in_another_shape
// CHECK-NEXT: %cst = arith.constant dense<{{\[\[}}1, 2], [3, 4{{\]\]}}> : tensor<2x2xi32>
// CHECK-NEXT: %from_elements = tensor.from_elements %arg0, %arg1 : tensor<2x1xf32>
// CHECK-NEXT: %splat = tensor.splat %arg0 : tensor<4xf32>
// CHECK-NEXT: return %from_elements, %splat, %cst : tensor<2x1xf32>, tensor<4xf32>, tensor<2x2xi32>
func.func @made_in_another_shape(%x: f32, %y: f32) -> (tensor<2x1xf32>, tensor<4xf32>, tensor<2x2xi32>) {
  %a = tensor.from_elements %x, %y : tensor<2xf32>
  %b = tensor.expand_shape %a [[0, 1]] output_shape [2, 1] : tensor<2xf32> into tensor<2x1xf32>
  %c = tensor.splat %x : tensor<2x2xf32>
  %d = tensor.collapse_shape %c [[0, 1]] : tensor<2x2xf32> into tensor<4xf32>
  %e = arith.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
  %f = tensor.expand_shape %e [[0, 1]] output_shape [2, 2] : tensor<4xi32> into tensor<2x2xi32>
  return %b, %d, %f : tensor<2x1xf32>, tensor<4xf32>, tensor<2x2xi32>
}

// CHECK-LABEL: func.func @sizes_of_shapes
// CHECK-NEXT: %c1 = arith.constant 1 : index
// CHECK-NEXT: %c2 = arith.constant 2 : index
// CHECK-NEXT: %dim = tensor.dim %arg0, %c1 : tensor<6x?xf32>
// CHECK-NEXT: %0 = affine.apply #map()[%dim]
// CHECK-NEXT: %dim_0 = tensor.dim %arg1, %c1 : tensor<2x?x?xf32>
// CHECK-NEXT: %dim_1 = tensor.dim %arg1, %c2 : tensor<2x?x?xf32>
// CHECK-NEXT: %1 = affine.apply #map1()[%dim_0, %dim_1]
// CHECK-NEXT: return %0, %1 : index, index
func.func @sizes_of_shapes(%t: tensor<6x?xf32>, %u: tensor<2x?x?xf32>) -> (index, index) {
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %n = tensor.dim %t, %c1 : tensor<6x?xf32>
  %m = arith.divui %n, %c4 : index
  %e = tensor.expand_shape %t [[0], [1, 2]] output_shape [6, %m, 4] : tensor<6x?xf32> into tensor<6x?x4xf32>
  %a = tensor.dim %e, %c1 : tensor<6x?x4xf32>
  %c = tensor.collapse_shape %u [[0], [1, 2]] : tensor<2x?x?xf32> into tensor<2x?xf32>
  %b = tensor.dim %c, %c1 : tensor<2x?xf32>
  return %a, %b : index, index
}

// CHECK-LABEL: func.func @filled
// CHECK-NEXT: return %arg1 : f32
func.func @filled(%t: tensor<4xf32>, %x: f32, %i: index) -> f32 {
  %f = linalg.fill ins(%x : f32) outs(%t : tensor<4xf32>) -> tensor<4xf32>
  %y = tensor.extract %f[%i] : tensor<4xf32>
  return %y : f32
}
