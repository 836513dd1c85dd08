// Loops, conditions and accesses are read and printed; bounds and indices are maps.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @loops(%n: index, %x: f32) -> (f32, index) {
  affine.for %i = 0 to 10 {
  } {foo}
  affine.for %i = -5 to %n step 2 {
    affine.for %j = affine_map<(d0) -> (d0)>(%i) to affine_map<(d0)[s0] -> (d0 + s0)>(%i)[%n] {
    }
  }
  affine.for %i = max affine_map<()[s0] -> (s0, 2)>()[%n] to min affine_map<(d0)[s0] -> (s0 + 1, d0)>(%n)[%n] {
  }
  %0:2 = affine.for %i = 0 to 10 iter_args(%a = %x, %b = %n) -> (f32, index) {
    affine.yield %a, %i : f32, index
  }
  return %0#0, %0#1 : f32, index
}

func.func @conditions(%i: index, %n: index, %x: f32) -> f32 {
  affine.if affine_set<(d0)[s0] : (s0 - d0 - 1 >= 0)>(%i)[%n] {
  } {foo}
  affine.if affine_set<() : (0 == 0)>() {
  } else {
  }
  %0 = affine.if affine_set<(d0)[s0] : (s0 - d0 - 1 >= 0)>(%i)[%n] -> f32 {
    affine.yield %x : f32
  } else {
    affine.yield %x : f32
  }
  return %0 : f32
}

func.func @parallel(%n: index, %x: f32, %k: i32) {
  affine.parallel (%i, %j) = (max(0, %n), %n) to (10, min(symbol(%n) * 2, 20)) step (2, 3) {
  } {foo}
  %0:2 = affine.parallel (%i) = (0) to (10) reduce ("addf", "addi") -> (f32, i32) {
    affine.yield %x, %k : f32, i32
  }
  affine.parallel () = () to () {
  }
  return
}

func.func @accesses(%n: index, %m: memref<4x?xf32>, %x: f32, %v: vector<8xf32>) {
  affine.for %i = 0 to 10 {
    %0 = affine.load %m[%i, symbol(%n) floordiv 2 - 1] : memref<4x?xf32>
    %1 = affine.load %m[%i mod 2, -%i + 7] {foo} : memref<4x?xf32>
    affine.store %x, %m[(%i + %n) ceildiv 2, 3] : memref<4x?xf32>
    %2 = affine.vector_load %m[%i, 0] : memref<4x?xf32>, vector<8xf32>
    affine.vector_store %v, %m[%i, %i * 8] {foo} : memref<4x?xf32>, vector<8xf32>
    affine.prefetch %m[%i, %i + 5], read, locality<3>, data : memref<4x?xf32>
    affine.prefetch %m[%i, 0], write, locality<0>, instr {foo} : memref<4x?xf32>
  }
  return
}

func.func @copies(%n: index, %a: memref<64xf32>, %b: memref<64xf32, 1>, %tag: memref<1xi32>) {
  affine.for %i = 0 to 10 {
    affine.dma_start %a[%i], %b[%i + 1], %tag[0], %n : memref<64xf32>, memref<64xf32, 1>, memref<1xi32>
    affine.dma_start %a[%i], %b[%i * 2], %tag[%i], %n, %n, %n : memref<64xf32>, memref<64xf32, 1>, memref<1xi32>
    affine.dma_wait %tag[%i], %n : memref<1xi32>
  }
  return
}

// Symbols are what does not change in the function: constants, values at its top, sizes of buffers, and what is made of them.
func.func @symbols(%n: index, %m: memref<?x?xf32>) {
  affine.for %i = 0 to %n {
    %c0 = arith.constant 0 : index
    %size = memref.dim %m, %c0 : memref<?x?xf32>
    %half = affine.apply affine_map<()[s0] -> (s0 floordiv 2)>()[%size]
    affine.for %j = %c0 to %half {
      %buffer = memref.alloc(%size) : memref<?xf32>
      %same = memref.dim %buffer, %c0 : memref<?xf32>
      affine.for %k = 0 to %same {
      }
    }
  }
  return
}

// CHECK: #map = affine_map<(d0) -> (d0)>
// CHECK: #map1 = affine_map<(d0)[s0] -> (d0 + s0)>
// CHECK: #map2 = affine_map<()[s0] -> (s0, 2)>
// CHECK: #map3 = affine_map<(d0)[s0] -> (s0 + 1, d0)>
// CHECK: #map4 = affine_map<()[s0] -> (s0 floordiv 2)>
// CHECK: #set = affine_set<(d0)[s0] : (-d0 + s0 - 1 >= 0)>
// CHECK: #set1 = affine_set<() : (0 == 0)>
// CHECK-LABEL: func.func @loops(%arg0: index, %arg1: f32) -> (f32, index) {
// CHECK: affine.for %arg2 = 0 to 10 {
// CHECK: } {foo}
// CHECK: affine.for %arg2 = -5 to %arg0 step 2 {
// CHECK: affine.for %arg3 = #map(%arg2) to #map1(%arg2)[%arg0] {
// CHECK: affine.for %arg2 = max #map2()[%arg0] to min #map3(%arg0)[%arg0] {
// CHECK: %0:2 = affine.for %arg2 = 0 to 10 iter_args(%arg3 = %arg1, %arg4 = %arg0) -> (f32, index) {
// CHECK: affine.yield %arg3, %arg2 : f32, index
// CHECK: return %0#0, %0#1 : f32, index
// CHECK-LABEL: func.func @conditions(%arg0: index, %arg1: index, %arg2: f32) -> f32 {
// CHECK: affine.if #set(%arg0)[%arg1] {
// CHECK: } {foo}
// CHECK: affine.if #set1() {
// CHECK: } else {
// CHECK: %0 = affine.if #set(%arg0)[%arg1] -> f32 {
// CHECK: affine.yield %arg2 : f32
// CHECK: } else {
// CHECK: affine.yield %arg2 : f32
// CHECK: return %0 : f32
// CHECK-LABEL: func.func @parallel(%arg0: index, %arg1: f32, %arg2: i32) {
// CHECK: affine.parallel (%arg3, %arg4) = (max(0, %arg0), %arg0) to (10, min(symbol(%arg0) * 2, 20)) step (2, 3) {
// CHECK: } {foo}
// CHECK: %0:2 = affine.parallel (%arg3) = (0) to (10) reduce ("addf", "addi") -> (f32, i32) {
// CHECK: affine.yield %arg1, %arg2 : f32, i32
// CHECK: affine.parallel () = () to () {
// CHECK-LABEL: func.func @accesses(%arg0: index, %arg1: memref<4x?xf32>, %arg2: f32, %arg3: vector<8xf32>) {
// CHECK: affine.for %arg4 = 0 to 10 {
// CHECK: %0 = affine.load %arg1[%arg4, symbol(%arg0) floordiv 2 - 1] : memref<4x?xf32>
// CHECK: %1 = affine.load %arg1[%arg4 mod 2, -%arg4 + 7] {foo} : memref<4x?xf32>
// CHECK: affine.store %arg2, %arg1[(%arg4 + %arg0) ceildiv 2, 3] : memref<4x?xf32>
// CHECK: %2 = affine.vector_load %arg1[%arg4, 0] : memref<4x?xf32>, vector<8xf32>
// CHECK: affine.vector_store %arg3, %arg1[%arg4, %arg4 * 8] {foo} : memref<4x?xf32>, vector<8xf32>
// CHECK: affine.prefetch %arg1[%arg4, %arg4 + 5], read, locality<3>, data : memref<4x?xf32>
// CHECK: affine.prefetch %arg1[%arg4, 0], write, locality<0>, instr {foo} : memref<4x?xf32>
// CHECK-LABEL: func.func @copies(%arg0: index, %arg1: memref<64xf32>, %arg2: memref<64xf32, 1>, %arg3: memref<1xi32>) {
// CHECK: affine.for %arg4 = 0 to 10 {
// CHECK: affine.dma_start %arg1[%arg4], %arg2[%arg4 + 1], %arg3[0], %arg0 : memref<64xf32>, memref<64xf32, 1>, memref<1xi32>
// CHECK: affine.dma_start %arg1[%arg4], %arg2[%arg4 * 2], %arg3[%arg4], %arg0, %arg0, %arg0 : memref<64xf32>, memref<64xf32, 1>, memref<1xi32>
// CHECK: affine.dma_wait %arg3[%arg4], %arg0 : memref<1xi32>
// CHECK-LABEL: func.func @symbols(%arg0: index, %arg1: memref<?x?xf32>) {
// CHECK: affine.for %arg2 = 0 to %arg0 {
// CHECK: %c0 = arith.constant 0 : index
// CHECK: %dim = memref.dim %arg1, %c0 : memref<?x?xf32>
// CHECK: %0 = affine.apply #map4()[%dim]
// CHECK: affine.for %arg3 = %c0 to %0 {
// CHECK: %alloc = memref.alloc(%dim) : memref<?xf32>
// CHECK: %dim_0 = memref.dim %alloc, %c0 : memref<?xf32>
// CHECK: affine.for %arg4 = 0 to %dim_0 {
