// Parallel loops, reductions and tiles are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @f(%a: index, %b: index, %s: index, %x: f32, %m: memref<?xf32>, %t: tensor<?xf32>, %tt: tensor<16x16xf32>, %u: tensor<4x4xf32>) {
  scf.parallel (%i) = (%a) to (%b) step (%s) {
    memref.store %x, %m[%i] : memref<?xf32>
  }
  scf.parallel (%i, %j) = (%a, %a) to (%b, %b) step (%s, %s) {
    scf.reduce
  } {foo}
  %0:2 = scf.parallel (%i) = (%a) to (%b) step (%s) init (%x, %x) -> (f32, f32) {
    %v = memref.load %m[%i] : memref<?xf32>
    scf.reduce(%v, %x : f32, f32) {
    ^bb0(%l: f32, %r: f32):
      %z = arith.addf %l, %r : f32
      scf.reduce.return %z : f32
    }, {
    ^bb0(%l: f32, %r: f32):
      %z = arith.mulf %l, %r : f32
      scf.reduce.return %z : f32
    }
  }
  %1 = scf.forall (%i, %j) in (4, 4) shared_outs(%o = %tt) -> (tensor<16x16xf32>) {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %u into %o[%i, %j] [4, 4] [1, 1] : tensor<4x4xf32> into tensor<16x16xf32>
    }
  } {foo}
  scf.forall (%i) = (0) to (%b) step (2) {
    memref.store %x, %m[%i] : memref<?xf32>
  }
  scf.forall (%i, %j) = (%a, 1) to (%b, 7) step (%s, 2) {
    memref.store %x, %m[%i] : memref<?xf32>
  }
  scf.forall (%i) in (%b) {
    memref.store %x, %m[%i] : memref<?xf32>
  }
  return
}

// CHECK-LABEL: func.func @f(
// CHECK: scf.parallel (%arg8) = (%arg0) to (%arg1) step (%arg2) {
// CHECK: memref.store %arg3, %arg4[%arg8] : memref<?xf32>
// CHECK: scf.reduce
// CHECK: scf.parallel (%arg8, %arg9) = (%arg0, %arg0) to (%arg1, %arg1) step (%arg2, %arg2) {
// CHECK: scf.reduce
// CHECK: } {foo}
// CHECK: %0:2 = scf.parallel (%arg8) = (%arg0) to (%arg1) step (%arg2) init (%arg3, %arg3) -> (f32, f32) {
// CHECK: %2 = memref.load %arg4[%arg8] : memref<?xf32>
// CHECK: scf.reduce(%2, %arg3 : f32, f32) {
// CHECK: ^bb0(%arg9: f32, %arg10: f32):
// CHECK: %3 = arith.addf %arg9, %arg10 : f32
// CHECK: scf.reduce.return %3 : f32
// CHECK: }, {
// CHECK: ^bb0(%arg9: f32, %arg10: f32):
// CHECK: %3 = arith.mulf %arg9, %arg10 : f32
// CHECK: scf.reduce.return %3 : f32
// CHECK: %1 = scf.forall (%arg8, %arg9) in (4, 4) shared_outs(%arg10 = %arg6) -> (tensor<16x16xf32>) {
// CHECK: scf.forall.in_parallel {
// CHECK: tensor.parallel_insert_slice %arg7 into %arg10[%arg8, %arg9] [4, 4] [1, 1] : tensor<4x4xf32> into tensor<16x16xf32>
// CHECK: } {foo}
// CHECK: scf.forall (%arg8) = (0) to (%arg1) step (2) {
// CHECK: memref.store %arg3, %arg4[%arg8] : memref<?xf32>
// CHECK: scf.forall (%arg8, %arg9) = (%arg0, 1) to (%arg1, 7) step (%arg2, 2) {
// CHECK: memref.store %arg3, %arg4[%arg8] : memref<?xf32>
// CHECK: scf.forall (%arg8) in (%arg1) {
// CHECK: memref.store %arg3, %arg4[%arg8] : memref<?xf32>
