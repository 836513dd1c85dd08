// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @unread
// CHECK-NEXT: return
func.func @unread(%x: f32, %i: index) {
  %m = memref.alloc() : memref<4xf32>
  memref.store %x, %m[%i] : memref<4xf32>
  memref.dealloc %m : memref<4xf32>
  return
}

// CHECK-LABEL: func.func @copy_of_nothing
// CHECK-NEXT: return
func.func @copy_of_nothing(%a: memref<3x0xf32>, %b: memref<3x0xf32>) {
  memref.copy %a, %b : memref<3x0xf32> to memref<3x0xf32>
  return
}

// CHECK-LABEL: func.func @given_sizes
// CHECK-NEXT: return %arg1 : index
func.func @given_sizes(%m: memref<?x?xf32>, %n: index, %i: index) -> index {
  %c0 = arith.constant 0 : index
  %v = memref.subview %m[%i, 0] [%n, 4] [1, 1] : memref<?x?xf32> to memref<?x4xf32, strided<[?, 1], offset: ?>>
  %a = memref.dim %v, %c0 : memref<?x4xf32, strided<[?, 1], offset: ?>>
  return %a : index
}

// CHECK-LABEL: func.func @stated_by_the_type
// CHECK-NEXT: %c5 = arith.constant 5 : index
// CHECK-NEXT: %c4 = arith.constant 4 : index
// CHECK-NEXT: %c1 = arith.constant 1 : index
// CHECK-NEXT: return %c5, %c4, %c1 : index, index, index
func.func @stated_by_the_type(%m: memref<4x?xf32, strided<[?, 1], offset: 5>>) -> (index, index, index) {
  %b, %o, %s:2, %t:2 = memref.extract_strided_metadata %m : memref<4x?xf32, strided<[?, 1], offset: 5>> -> memref<f32>, index, index, index, index, index
  return %o, %s#0, %t#1 : index, index, index
}

// CHECK-LABEL: func.func @taken_to_pieces
// CHECK-NEXT: %cast = memref.cast %arg0 : memref<4x?xf32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
// CHECK-NEXT: return %cast : memref<?x?xf32, strided<[?, ?], offset: ?>>
func.func @taken_to_pieces(%m: memref<4x?xf32>) -> memref<?x?xf32, strided<[?, ?], offset: ?>> {
  %b, %o, %s:2, %t:2 = memref.extract_strided_metadata %m : memref<4x?xf32> -> memref<f32>, index, index, index, index, index
  %r = memref.reinterpret_cast %b to offset: [%o], sizes: [%s#0, %s#1], strides: [%t#0, %t#1] : memref<f32> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  return %r : memref<?x?xf32, strided<[?, ?], offset: ?>>
}

// CHECK-LABEL: func.func @given_anew
// CHECK-NEXT: %reinterpret_cast = memref.reinterpret_cast %arg0 to offset: [0], sizes: [8], strides: [1] : memref<4x8xf32> to memref<8xf32>
// CHECK-NEXT: return %reinterpret_cast : memref<8xf32>
func.func @given_anew(%m: memref<4x8xf32>) -> memref<8xf32> {
  %u = memref.cast %m : memref<4x8xf32> to memref<?x?xf32>
  %v = memref.reinterpret_cast %u to offset: [0], sizes: [32], strides: [1] : memref<?x?xf32> to memref<32xf32>
  %w = memref.reinterpret_cast %v to offset: [0], sizes: [8], strides: [1] : memref<32xf32> to memref<8xf32>
  return %w : memref<8xf32>
}

// CHECK-LABEL: func.func @freed_as_another_type
// CHECK-NEXT: return
func.func @freed_as_another_type() {
  %m = memref.alloc() : memref<2xf32>
  %u = memref.cast %m : memref<2xf32> to memref<*xf32>
  memref.copy %u, %u : memref<*xf32> to memref<*xf32>
  memref.dealloc %u : memref<*xf32>
  return
}

// CHECK-LABEL: func.func @row_of_cast
// CHECK-NEXT: %subview = memref.subview %arg0[1, 0] [1, 2] [1, 1] : memref<4x8xf32> to memref<2xf32, strided<[1], offset: 8>>
// CHECK-NEXT: %cast = memref.cast %subview : memref<2xf32, strided<[1], offset: 8>> to memref<?xf32, strided<[?], offset: ?>>
// CHECK-NEXT: return %cast : memref<?xf32, strided<[?], offset: ?>>
func.func @row_of_cast(%m: memref<4x8xf32>) -> memref<?xf32, strided<[?], offset: ?>> {
  %c2 = arith.constant 2 : index
  %u = memref.cast %m : memref<4x8xf32> to memref<?x?xf32>
  %v = memref.subview %u[1, 0] [1, %c2] [1, 1] : memref<?x?xf32> to memref<?xf32, strided<[1], offset: ?>>
  %w = memref.cast %v : memref<?xf32, strided<[1], offset: ?>> to memref<?xf32, strided<[?], offset: ?>>
  return %w : memref<?xf32, strided<[?], offset: ?>>
}

// CHECK-LABEL: func.func @joined_and_cut
// CHECK-NEXT: return %arg0 : memref<1x1xf32>
func.func @joined_and_cut(%m: memref<1x1xf32>) -> memref<1x1xf32> {
  %a = memref.collapse_shape %m [] : memref<1x1xf32> into memref<f32>
  %b = memref.expand_shape %a [] output_shape [1, 1] : memref<f32> into memref<1x1xf32>
  return %b : memref<1x1xf32>
}
