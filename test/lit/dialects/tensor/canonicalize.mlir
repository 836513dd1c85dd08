// RUN: irc-opt %s --canonicalize --allow-unregistered-dialect | filecheck %s

// CHECK-LABEL: func.func @known_sizes
// CHECK-NEXT: %0 = tensor.empty(%arg0) : tensor<4x?xf32>
// CHECK-NEXT: %cast = tensor.cast %0 : tensor<4x?xf32> to tensor<?x?xf32>
// CHECK-NEXT: %generated = tensor.generate  {
// CHECK-NEXT: ^bb0(%arg2: index):
// CHECK-NEXT: %1 = "test.value"(%arg2) : (index) -> f32
// CHECK-NEXT: tensor.yield %1 : f32
// CHECK-NEXT: } : tensor<4xf32>
// CHECK-NEXT: %cast_0 = tensor.cast %generated : tensor<4xf32> to tensor<?xf32>
// CHECK-NEXT: return %cast, %cast_0, %cast_0 : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
func.func @known_sizes(%n: index, %x: f32) -> (tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c4 = arith.constant 4 : index
  %a = tensor.empty(%c4, %n) : tensor<?x?xf32>
  %b = tensor.generate %c4 {
  ^bb0(%i: index):
    %y = "test.value"(%i) : (index) -> f32
    tensor.yield %y : f32
  } : tensor<?xf32>
  return %a, %b, %b : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @sizes_of_casts
// CHECK-NEXT: %c1 = arith.constant 1 : index
// CHECK-NEXT: %c4 = arith.constant 4 : index
// CHECK-NEXT: %dim = tensor.dim %arg0, %c1 : tensor<4x?xf32>
// CHECK-NEXT: return %c4, %dim : index, index
func.func @sizes_of_casts(%t: tensor<4x?xf32>) -> (index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %u = tensor.cast %t : tensor<4x?xf32> to tensor<?x?xf32>
  %a = tensor.dim %u, %c0 : tensor<?x?xf32>
  %b = tensor.dim %u, %c1 : tensor<?x?xf32>
  return %a, %b : index, index
}

// CHECK-LABEL: func.func @elements_of_casts
// CHECK-NEXT: %extracted = tensor.extract %arg0[%arg2, %arg2] : tensor<4x?xf32>
// CHECK-NEXT: %cast = tensor.cast %arg1 : tensor<*xf32> to tensor<?x?xf32>
// CHECK-NEXT: %extracted_0 = tensor.extract %cast[%arg2, %arg2] : tensor<?x?xf32>
// CHECK-NEXT: return %extracted, %extracted_0 : f32, f32
func.func @elements_of_casts(%t: tensor<4x?xf32>, %u: tensor<*xf32>, %i: index) -> (f32, f32) {
  %v = tensor.cast %t : tensor<4x?xf32> to tensor<?x?xf32>
  %a = tensor.extract %v[%i, %i] : tensor<?x?xf32>
  %w = tensor.cast %u : tensor<*xf32> to tensor<?x?xf32>
  %b = tensor.extract %w[%i, %i] : tensor<?x?xf32>
  return %a, %b : f32, f32
}

// A cast between others goes away unless it finds out more than both ends say.
// CHECK-LABEL: func.func @cast_of_cast
// CHECK-NEXT: %cast = tensor.cast %arg0 : tensor<4x?xf32> to tensor<?x8xf32>
// CHECK-NEXT: %cast_0 = tensor.cast %arg0 : tensor<4x?xf32> to tensor<4x8xf32>
// CHECK-NEXT: %cast_1 = tensor.cast %cast_0 : tensor<4x8xf32> to tensor<?x?xf32>
// CHECK-NEXT: return %cast, %cast_1 : tensor<?x8xf32>, tensor<?x?xf32>
func.func @cast_of_cast(%t: tensor<4x?xf32>) -> (tensor<?x8xf32>, tensor<?x?xf32>) {
  %u = tensor.cast %t : tensor<4x?xf32> to tensor<?x?xf32>
  %v = tensor.cast %u : tensor<?x?xf32> to tensor<?x8xf32>
  %w = tensor.cast %t : tensor<4x?xf32> to tensor<4x8xf32>
  %x = tensor.cast %w : tensor<4x8xf32> to tensor<?x?xf32>
  return %v, %x : tensor<?x8xf32>, tensor<?x?xf32>
}

// CHECK-LABEL: func.func @parts
// CHECK-NEXT: %extracted_slice = tensor.extract_slice %arg0[2, %arg1] [4, %arg1] [2, 1] : tensor<16x8xf32> to tensor<4x?xf32>
// CHECK-NEXT: %cast = tensor.cast %extracted_slice : tensor<4x?xf32> to tensor<?x?xf32>
// CHECK-NEXT: return %cast : tensor<?x?xf32>
func.func @parts(%t: tensor<16x8xf32>, %i: index) -> tensor<?x?xf32> {
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %v = tensor.extract_slice %t[%c2, %i] [%c4, %i] [%c2, 1] : tensor<16x8xf32> to tensor<?x?xf32>
  return %v : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @part_of_cast
// CHECK-NEXT: %extracted_slice = tensor.extract_slice %arg0[%arg1, 0] [4, %arg1] [1, 1] : tensor<16x8xf32> to tensor<4x?xf32>
// CHECK-NEXT: return %extracted_slice : tensor<4x?xf32>
func.func @part_of_cast(%t: tensor<16x8xf32>, %i: index) -> tensor<4x?xf32> {
  %u = tensor.cast %t : tensor<16x8xf32> to tensor<?x?xf32>
  %v = tensor.extract_slice %u[%i, 0] [4, %i] [1, 1] : tensor<?x?xf32> to tensor<4x?xf32>
  return %v : tensor<4x?xf32>
}

// CHECK-LABEL: func.func @cast_of_part
// CHECK-NEXT: %extracted_slice = tensor.extract_slice %arg0[%arg1, 0] [4, 4] [1, 1] : tensor<16x8xf32> to tensor<4x4xf32>
// CHECK-NEXT: return %extracted_slice : tensor<4x4xf32>
func.func @cast_of_part(%t: tensor<16x8xf32>, %i: index) -> tensor<4x4xf32> {
  %v = tensor.extract_slice %t[%i, 0] [4, %i] [1, 1] : tensor<16x8xf32> to tensor<4x?xf32>
  %u = tensor.cast %v : tensor<4x?xf32> to tensor<4x4xf32>
  return %u : tensor<4x4xf32>
}

// CHECK-LABEL: func.func @insertions
// CHECK-NEXT: %cast = tensor.cast %arg0 : tensor<?x?xf32> to tensor<4x?xf32>
// CHECK-NEXT: %inserted_slice = tensor.insert_slice %cast into %arg1[%arg2, 4] [4, %arg2] [1, 1] : tensor<4x?xf32> into tensor<16x8xf32>
// CHECK-NEXT: %cast_0 = tensor.cast %inserted_slice : tensor<16x8xf32> to tensor<?x?xf32>
// CHECK-NEXT: return %cast_0 : tensor<?x?xf32>
func.func @insertions(%s: tensor<?x?xf32>, %t: tensor<16x8xf32>, %i: index) -> tensor<?x?xf32> {
  %c4 = arith.constant 4 : index
  %u = tensor.cast %t : tensor<16x8xf32> to tensor<?x?xf32>
  %v = tensor.insert_slice %s into %u[%i, %c4] [%c4, %i] [1, 1] : tensor<?x?xf32> into tensor<?x?xf32>
  return %v : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @insertion_of_cast
// CHECK-NEXT: %inserted_slice = tensor.insert_slice %arg0 into %arg1[%arg2, 0] [4, 4] [1, 1] : tensor<4x4xf32> into tensor<16x8xf32>
// CHECK-NEXT: return %inserted_slice : tensor<16x8xf32>
func.func @insertion_of_cast(%s: tensor<4x4xf32>, %t: tensor<16x8xf32>, %i: index) -> tensor<16x8xf32> {
  %u = tensor.cast %s : tensor<4x4xf32> to tensor<?x4xf32>
  %v = tensor.insert_slice %u into %t[%i, 0] [%i, 4] [1, 1] : tensor<?x4xf32> into tensor<16x8xf32>
  return %v : tensor<16x8xf32>
}

// CHECK-LABEL: func.func @padding
// CHECK-NEXT: %padded = tensor.pad %arg0 low[1, %arg2] high[3, 0] {
// CHECK-NEXT: ^bb0(%arg3: index, %arg4: index):
// CHECK-NEXT: tensor.yield %arg1 : f32
// CHECK-NEXT: } : tensor<2x?xf32> to tensor<6x?xf32>
// CHECK-NEXT: %cast = tensor.cast %padded : tensor<6x?xf32> to tensor<?x?xf32>
// CHECK-NEXT: return %cast : tensor<?x?xf32>
func.func @padding(%t: tensor<2x?xf32>, %x: f32, %i: index) -> tensor<?x?xf32> {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %p = tensor.pad %t low[%c1, %i] high[%c3, 0] {
  ^bb0(%a: index, %b: index):
    tensor.yield %x : f32
  } : tensor<2x?xf32> to tensor<?x?xf32>
  return %p : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @destinations
// CHECK-NEXT: %0 = linalg.matmul ins(%arg0, %arg1 : tensor<4x8xf32>, tensor<8x16xf32>) outs(%arg2 : tensor<4x16xf32>) -> tensor<4x16xf32>
// CHECK-NEXT: %cast = tensor.cast %0 : tensor<4x16xf32> to tensor<?x?xf32>
// CHECK-NEXT: return %cast : tensor<?x?xf32>
func.func @destinations(%a: tensor<4x8xf32>, %b: tensor<8x16xf32>, %c: tensor<4x16xf32>) -> tensor<?x?xf32> {
  %0 = tensor.cast %a : tensor<4x8xf32> to tensor<?x?xf32>
  %1 = tensor.cast %b : tensor<8x16xf32> to tensor<?x?xf32>
  %2 = tensor.cast %c : tensor<4x16xf32> to tensor<?x?xf32>
  %3 = linalg.matmul ins(%0, %1 : tensor<?x?xf32>, tensor<?x?xf32>) outs(%2 : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %3 : tensor<?x?xf32>
}
