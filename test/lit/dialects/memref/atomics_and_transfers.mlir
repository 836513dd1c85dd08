// Scopes, atomic ops, reallocation, hints and DMA are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @buffers(%m: memref<4x?xf32>, %i: index, %f: f32, %n: index, %u: memref<?xi32>, %x: i32, %s: memref<4xf32, 1>, %t: memref<1xi32>) {
  memref.alloca_scope {
    %a = memref.alloca() : memref<4xf32>
    memref.alloca_scope.return
  }
  %r = memref.alloca_scope -> (f32) {
    memref.alloca_scope.return %f : f32
  }
  memref.assume_alignment %m, 64 : memref<4x?xf32>
  %0 = memref.atomic_rmw addf %f, %m[%i, %i] : (f32, memref<4x?xf32>) -> f32
  %1 = memref.generic_atomic_rmw %u[%i] : memref<?xi32> {
  ^bb0(%cur: i32):
    %y = arith.addi %cur, %x : i32
    memref.atomic_yield %y : i32
  }
  %2 = memref.memory_space_cast %s : memref<4xf32, 1> to memref<4xf32>
  memref.prefetch %m[%i, %i], read, locality<3>, data : memref<4x?xf32>
  memref.prefetch %m[%i, %i], write, locality<1>, instr : memref<4x?xf32>
  %3 = memref.realloc %u(%n) : memref<?xi32> to memref<?xi32>
  %4 = memref.realloc %u {alignment = 8 : i64} : memref<?xi32> to memref<16xi32>
  %5 = memref.extract_aligned_pointer_as_index %u : memref<?xi32> -> index
  memref.dma_start %u[%i], %u[%i], %n, %t[%i] : memref<?xi32>, memref<?xi32>, memref<1xi32>
  memref.dma_start %u[%i], %u[%i], %n, %t[%i], %n, %n : memref<?xi32>, memref<?xi32>, memref<1xi32>
  memref.dma_wait %t[%i], %n : memref<1xi32>
  %6 = memref.load %u[%i] {nontemporal = true} : memref<?xi32>
  return
}

// CHECK-LABEL: func.func @buffers(
// CHECK: memref.alloca_scope {
// CHECK: %alloca = memref.alloca() : memref<4xf32>
// CHECK: %0 = memref.alloca_scope -> (f32) {
// CHECK: memref.alloca_scope.return %arg2 : f32
// CHECK: memref.assume_alignment %arg0, 64 : memref<4x?xf32>
// CHECK: %1 = memref.atomic_rmw addf %arg2, %arg0[%arg1, %arg1] : (f32, memref<4x?xf32>) -> f32
// CHECK: %2 = memref.generic_atomic_rmw %arg4[%arg1] : memref<?xi32> {
// CHECK: ^bb0(%arg8: i32):
// CHECK: %6 = arith.addi %arg8, %arg5 : i32
// CHECK: memref.atomic_yield %6 : i32
// CHECK: %memspacecast = memref.memory_space_cast %arg6 : memref<4xf32, 1> to memref<4xf32>
// CHECK: memref.prefetch %arg0[%arg1, %arg1], read, locality<3>, data : memref<4x?xf32>
// CHECK: memref.prefetch %arg0[%arg1, %arg1], write, locality<1>, instr : memref<4x?xf32>
// CHECK: %3 = memref.realloc %arg4(%arg3) : memref<?xi32> to memref<?xi32>
// CHECK: %4 = memref.realloc %arg4 {alignment = 8 : i64} : memref<?xi32> to memref<16xi32>
// CHECK: %intptr = memref.extract_aligned_pointer_as_index %arg4 : memref<?xi32> -> index
// CHECK: memref.dma_start %arg4[%arg1], %arg4[%arg1], %arg3, %arg7[%arg1] : memref<?xi32>, memref<?xi32>, memref<1xi32>
// CHECK: memref.dma_start %arg4[%arg1], %arg4[%arg1], %arg3, %arg7[%arg1], %arg3, %arg3 : memref<?xi32>, memref<?xi32>, memref<1xi32>
// CHECK: memref.dma_wait %arg7[%arg1], %arg3 : memref<1xi32>
// CHECK: %5 = memref.load %arg4[%arg1] {nontemporal = true} : memref<?xi32>
