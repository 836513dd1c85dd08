// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @known_allocations
// CHECK-NEXT: %alloc = memref.alloc(%arg0) {alignment = 64 : i64} : memref<4x?xf32>
// CHECK-NEXT: %cast = memref.cast %alloc : memref<4x?xf32> to memref<?x?xf32>
// CHECK-NEXT: %alloca = memref.alloca() : memref<4xf32>
// CHECK-NEXT: %cast_0 = memref.cast %alloca : memref<4xf32> to memref<?xf32>
// CHECK-NEXT: return %cast, %cast_0 : memref<?x?xf32>, memref<?xf32>
func.func @known_allocations(%n: index) -> (memref<?x?xf32>, memref<?xf32>) {
  %c4 = arith.constant 4 : index
  %a = memref.alloc(%c4, %n) {alignment = 64 : i64} : memref<?x?xf32>
  %b = memref.alloca(%c4) : memref<?xf32>
  return %a, %b : memref<?x?xf32>, memref<?xf32>
}

// Memory is accessed in the same way under any type.
// CHECK-LABEL: func.func @accesses
// CHECK-NEXT: memref.store %arg2, %arg0[%arg1, %arg1] : memref<4x8xf32>
// CHECK-NEXT: %0 = memref.load %arg0[%arg1, %arg1] : memref<4x8xf32>
// CHECK-NEXT: %1 = memref.atomic_rmw addf %0, %arg0[%arg1, %arg1] : (f32, memref<4x8xf32>) -> f32
// CHECK-NEXT: return %1 : f32
func.func @accesses(%m: memref<4x8xf32>, %i: index, %x: f32) -> f32 {
  %u = memref.cast %m : memref<4x8xf32> to memref<?x?xf32>
  memref.store %x, %u[%i, %i] : memref<?x?xf32>
  %y = memref.load %u[%i, %i] : memref<?x?xf32>
  %z = memref.atomic_rmw addf %y, %u[%i, %i] : (f32, memref<?x?xf32>) -> f32
  return %z : f32
}

// CHECK-LABEL: func.func @freed
// CHECK-NEXT: memref.dealloc %arg0 : memref<4x8xf32>
// CHECK-NEXT: return
func.func @freed(%m: memref<4x8xf32>) {
  %u = memref.cast %m : memref<4x8xf32> to memref<*xf32>
  memref.dealloc %u : memref<*xf32>
  return
}

// CHECK-LABEL: func.func @sizes
// CHECK-NEXT: %c1 = arith.constant 1 : index
// CHECK-NEXT: %c4 = arith.constant 4 : index
// CHECK-NEXT: %dim = memref.dim %arg0, %c1 : memref<4x?xf32>
// CHECK-NEXT: return %c4, %dim : index, index
func.func @sizes(%m: memref<4x?xf32>) -> (index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %u = memref.cast %m : memref<4x?xf32> to memref<?x?xf32>
  %a = memref.dim %u, %c0 : memref<?x?xf32>
  %b = memref.dim %u, %c1 : memref<?x?xf32>
  return %a, %b : index, index
}

// CHECK-LABEL: func.func @cast_of_cast
// CHECK-NEXT: %cast = memref.cast %arg0 : memref<4x8xf32> to memref<?x8xf32>
// CHECK-NEXT: return %cast, %arg0 : memref<?x8xf32>, memref<4x8xf32>
func.func @cast_of_cast(%m: memref<4x8xf32>) -> (memref<?x8xf32>, memref<4x8xf32>) {
  %u = memref.cast %m : memref<4x8xf32> to memref<?x?xf32>
  %v = memref.cast %u : memref<?x?xf32> to memref<?x8xf32>
  %w = memref.cast %u : memref<?x?xf32> to memref<4x8xf32>
  return %v, %w : memref<?x8xf32>, memref<4x8xf32>
}

// CHECK-LABEL: func.func @copies
// CHECK-NEXT: memref.copy %arg0, %arg1 : memref<4xf32> to memref<4xf32>
// CHECK-NEXT: return
func.func @copies(%m: memref<4xf32>, %n: memref<4xf32>) {
  %u = memref.cast %m : memref<4xf32> to memref<?xf32>
  %v = memref.cast %n : memref<4xf32> to memref<?xf32>
  memref.copy %u, %v : memref<?xf32> to memref<?xf32>
  memref.copy %u, %u : memref<?xf32> to memref<?xf32>
  return
}

// CHECK-LABEL: func.func @parts
// CHECK-NEXT: %subview = memref.subview %arg0[2, %arg1] [4, 4] [2, 1] : memref<16x8xf32> to memref<4x4xf32, strided<[16, 1], offset: ?>>
// CHECK-NEXT: %cast = memref.cast %subview : memref<4x4xf32, strided<[16, 1], offset: ?>> to memref<?x?xf32, strided<[?, ?], offset: ?>>
// CHECK-NEXT: return %cast : memref<?x?xf32, strided<[?, ?], offset: ?>>
func.func @parts(%m: memref<16x8xf32>, %i: index) -> memref<?x?xf32, strided<[?, ?], offset: ?>> {
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %v = memref.subview %m[%c2, %i] [%c4, %c4] [%c2, 1] : memref<16x8xf32> to memref<?x?xf32, strided<[?, 1], offset: ?>>
  %w = memref.cast %v : memref<?x?xf32, strided<[?, 1], offset: ?>> to memref<?x?xf32, strided<[?, ?], offset: ?>>
  return %w : memref<?x?xf32, strided<[?, ?], offset: ?>>
}

// CHECK-LABEL: func.func @part_of_lower_rank
// CHECK-NEXT: %subview = memref.subview %arg0[%arg1, 0] [1, 2] [1, 2] : memref<?x?xf32> to memref<2xf32, strided<[2], offset: ?>>
// CHECK-NEXT: %cast = memref.cast %subview : memref<2xf32, strided<[2], offset: ?>> to memref<?xf32, strided<[?], offset: ?>>
// CHECK-NEXT: return %cast : memref<?xf32, strided<[?], offset: ?>>
func.func @part_of_lower_rank(%m: memref<?x?xf32>, %i: index) -> memref<?xf32, strided<[?], offset: ?>> {
  %c2 = arith.constant 2 : index
  %v = memref.subview %m[%i, 0] [1, %c2] [1, %c2] : memref<?x?xf32> to memref<?xf32, strided<[?], offset: ?>>
  return %v : memref<?xf32, strided<[?], offset: ?>>
}

// CHECK-LABEL: func.func @part_of_cast
// CHECK-NEXT: %subview = memref.subview %arg0[%arg1, 0] [4, 4] [1, 1] : memref<16x8xf32> to memref<4x4xf32, strided<[8, 1], offset: ?>>
// CHECK-NEXT: %cast = memref.cast %subview : memref<4x4xf32, strided<[8, 1], offset: ?>> to memref<4x4xf32, strided<[?, 1], offset: ?>>
// CHECK-NEXT: return %cast : memref<4x4xf32, strided<[?, 1], offset: ?>>
func.func @part_of_cast(%m: memref<16x8xf32>, %i: index) -> memref<4x4xf32, strided<[?, 1], offset: ?>> {
  %u = memref.cast %m : memref<16x8xf32> to memref<?x?xf32>
  %v = memref.subview %u[%i, 0] [4, 4] [1, 1] : memref<?x?xf32> to memref<4x4xf32, strided<[?, 1], offset: ?>>
  return %v : memref<4x4xf32, strided<[?, 1], offset: ?>>
}

// CHECK-LABEL: func.func @view
// CHECK-NEXT: %view = memref.view %arg0[%arg1][%arg1] : memref<2048xi8> to memref<4x?xf32>
// CHECK-NEXT: %cast = memref.cast %view : memref<4x?xf32> to memref<?x?xf32>
// CHECK-NEXT: return %cast : memref<?x?xf32>
func.func @view(%m: memref<2048xi8>, %i: index) -> memref<?x?xf32> {
  %c4 = arith.constant 4 : index
  %v = memref.view %m[%i][%c4, %i] : memref<2048xi8> to memref<?x?xf32>
  return %v : memref<?x?xf32>
}
