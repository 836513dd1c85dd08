// RUN: irc-opt %s --split-functions=size=60 | filecheck %s
// RUN: irc-opt %s --split-functions | filecheck %s --check-prefix=WHOLE

func.func private @other()

// Neighbours that are long enough together are a function, which gets the buffers and numbers that they use, and makes the
// constants itself; so it does with views. What allocates and returns stays; memory that was allocated is apart from all other.
// CHECK-LABEL: func.func @chain(
// CHECK:         memref.alloc
// CHECK-NEXT:    call @chain_part(%arg0, %arg1, %{{.+}}) : (memref<8x8xf32>, f32, memref<8x8xf32>) -> ()
// CHECK-NEXT:    call @chain_part_0(%{{.+}}, %arg0) : (memref<8x8xf32>, memref<8x8xf32>) -> ()
// CHECK-NEXT:    memref.dealloc
// CHECK-NEXT:    return
// WHOLE-NOT: private @chain
func.func @chain(%x: memref<8x8xf32>, %s: f32) {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<8x8xf32>) {
  ^bb0(%a: f32):
    %0 = arith.mulf %a, %s : f32
    linalg.yield %0 : f32
  }
  %y = memref.alloc() : memref<8x8xf32>
  linalg.fill ins(%zero : f32) outs(%y : memref<8x8xf32>)
  linalg.matmul ins(%x, %x : memref<8x8xf32>, memref<8x8xf32>) outs(%y : memref<8x8xf32>)
  linalg.matmul ins(%y, %y : memref<8x8xf32>, memref<8x8xf32>) outs(%x : memref<8x8xf32>)
  memref.dealloc %y : memref<8x8xf32>
  return
}

// Loops that are too long for a part, or hold what must stay, are cut inside; loops with results that are used stay.
// CHECK-LABEL: func.func @nested(
// CHECK:         scf.for
// CHECK-NEXT:      scf.for
// CHECK-NEXT:        func.call @nested_part(%arg{{.+}}, %arg0) : (index, memref<?x8x8xf32>) -> ()
// CHECK-NEXT:      }
// CHECK-NEXT:      scf.for
// CHECK:             func.call @nested_part_0(
// CHECK:         scf.for %{{.+}} iter_args
func.func @nested(%x: memref<?x8x8xf32>, %f: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.for %i = %c0 to %c4 step %c1 {
    scf.for %j = %c0 to %c4 step %c1 {
      %m = memref.subview %x[%i, 0, 0] [1, 8, 8] [1, 1, 1] : memref<?x8x8xf32> to memref<8x8xf32, strided<[8, 1], offset: ?>>
      scf.for %k = %i to %c4 step %c1 {
        linalg.log ins(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>) outs(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>)
      }
      linalg.exp ins(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>) outs(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>)
    }
    scf.for %j = %c0 to %c4 step %c1 {
      %m = memref.subview %x[%i, 0, 0] [1, 8, 8] [1, 1, 1] : memref<?x8x8xf32> to memref<8x8xf32, strided<[8, 1], offset: ?>>
      linalg.log ins(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>) outs(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>)
      linalg.log ins(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>) outs(%m : memref<8x8xf32, strided<[8, 1], offset: ?>>)
    }
  }
  %sum = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %f) -> (f32) {
    %t = arith.addf %s, %f : f32
    scf.yield %t : f32
  }
  return %sum : f32
}

// What refers to other symbols stays where these are.
// CHECK-LABEL: func.func @with_calls(
// CHECK:         scf.for
// CHECK-NEXT:      func.call @with_calls_part(
// CHECK-NEXT:      func.call @other
// CHECK-NEXT:    }
// CHECK-NEXT:    return
func.func @with_calls(%x: memref<8x8xf32>, %y: memref<8x8xf32>, %n: index) {
  %c1 = arith.constant 1 : index
  scf.for %i = %c1 to %n step %c1 {
    linalg.matmul ins(%x, %x : memref<8x8xf32>, memref<8x8xf32>) outs(%y : memref<8x8xf32>)
    func.call @other() : () -> ()
  }
  return
}

// Nobody uses what these loops count: there is nothing to hand back.
// CHECK-LABEL: func.func @counts(
// CHECK-NOT:     scf.while
// CHECK:         call @counts_part(%arg0, %arg1) : (memref<8x8xf32>, memref<8x8xf32>) -> ()
// CHECK-NOT:     scf.while
// CHECK:         return
func.func @counts(%x: memref<8x8xf32>, %y: memref<8x8xf32>) {
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %last = scf.while (%i = %c1) : (index) -> index {
    %more = arith.cmpi slt, %i, %c9 : index
    scf.condition(%more) %i : index
  } do {
  ^bb0(%i: index):
    linalg.exp ins(%x : memref<8x8xf32>) outs(%y : memref<8x8xf32>)
    %next = arith.addi %i, %i : index
    scf.yield %next : index
  }
  linalg.exp ins(%y : memref<8x8xf32>) outs(%y : memref<8x8xf32>)
  linalg.exp ins(%y : memref<8x8xf32>) outs(%y : memref<8x8xf32>)
  linalg.exp ins(%y : memref<8x8xf32>) outs(%y : memref<8x8xf32>)
  return
}

// A function has no arguments of several dimensions but buffers.
// CHECK-LABEL: func.func @with_tile(
// CHECK:         call @with_tile_part(
// CHECK:         vector.store
func.func @with_tile(%x: memref<8x8xf32>, %y: memref<8x8xf32>, %n: index, %f: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  linalg.matmul ins(%x, %x : memref<8x8xf32>, memref<8x8xf32>) outs(%y : memref<8x8xf32>)
  %t = vector.load %x[%c0, %c0] : memref<8x8xf32>, vector<2x8xf32>
  scf.for %i = %c0 to %n step %c1 {
    linalg.fill ins(%f : f32) outs(%x : memref<8x8xf32>)
    vector.store %t, %x[%c0, %c0] : memref<8x8xf32>, vector<2x8xf32>
    linalg.exp ins(%x : memref<8x8xf32>) outs(%x : memref<8x8xf32>)
  }
  return
}

// The parts follow what was there.
// CHECK:       func.func private @chain_part(%arg0: memref<8x8xf32>, %arg1: f32, %arg2: memref<8x8xf32> {llvm.noalias})
// CHECK-SAME:      attributes {irc.calls = 1 : i64, llvm.bareptr, passthrough = ["noinline"]}
// CHECK-NEXT:    arith.constant 0.000000e+00 : f32
// CHECK-NEXT:    linalg.generic
// CHECK:         linalg.fill
// CHECK-NEXT:    linalg.matmul
// CHECK-NEXT:    return
// CHECK:       func.func private @chain_part_0(
// CHECK:       func.func private @nested_part(%{{.+}}: index, %{{.+}}: memref<?x8x8xf32>)
// CHECK-SAME:      attributes {irc.calls = 16 : i64, passthrough = ["noinline"]}
// CHECK:         memref.subview
