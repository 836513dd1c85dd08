// RUN: irc-opt %s --scf-parallel-to-for | FileCheck %s

// The results are carried by all loops of the nest, and the regions of scf.reduce become part of the innermost.
// CHECK-LABEL: func.func @reduce(
// CHECK-SAME: %[[M:.+]]: memref<?x?xf32>, %[[N:.+]]: index, %[[X:.+]]: f32
// CHECK: %[[R:.+]]:2 = scf.for %[[I:.+]] = %{{.+}} to %[[N]] step %{{.+}} iter_args(%[[A:.+]] = %[[X]], %[[B:.+]] = %[[X]]) -> (f32, f32)
// CHECK-NEXT: %[[Q:.+]]:2 = scf.for %[[J:.+]] = %{{.+}} to %[[N]] step %{{.+}} iter_args(%[[C:.+]] = %[[A]], %[[D:.+]] = %[[B]]) -> (f32, f32)
// CHECK-NEXT: %[[V:.+]] = memref.load %[[M]][%[[I]], %[[J]]]
// CHECK-NEXT: %[[S:.+]] = arith.addf %[[C]], %[[V]] : f32
// CHECK-NEXT: %[[T:.+]] = arith.maximumf %[[D]], %[[V]] : f32
// CHECK-NEXT: scf.yield %[[S]], %[[T]] : f32, f32
// CHECK: scf.yield %[[Q]]#0, %[[Q]]#1 : f32, f32
// CHECK: return %[[R]]#0, %[[R]]#1 : f32, f32
func.func @reduce(%m: memref<?x?xf32>, %n: index, %x: f32) -> (f32, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:2 = scf.parallel (%i, %j) = (%c0, %c0) to (%n, %n) step (%c1, %c1) init (%x, %x) -> (f32, f32) {
    %v = memref.load %m[%i, %j] : memref<?x?xf32>
    scf.reduce(%v, %v : f32, f32) {
    ^bb0(%a: f32, %b: f32):
      %s = arith.addf %a, %b : f32
      scf.reduce.return %s : f32
    }, {
    ^bb0(%a: f32, %b: f32):
      %s = arith.maximumf %a, %b : f32
      scf.reduce.return %s : f32
    }
  }
  return %r#0, %r#1 : f32, f32
}

// A task reads the output as it was before the loop, and its insertions go into the carried one.
// CHECK-LABEL: func.func @tasks(
// CHECK-SAME: %[[T:.+]]: tensor<8xf32>, %[[N:.+]]: index
// CHECK: scf.for %[[I:.+]] = %{{.+}} to %[[N]] step %{{.+}} iter_args(%[[O:.+]] = %[[T]]) -> (tensor<8xf32>)
// CHECK-NEXT: %[[S:.+]] = tensor.extract_slice %[[T]][%[[I]]] [1] [1]
// CHECK-NEXT: %[[P:.+]] = tensor.insert_slice %[[S]] into %[[O]][%[[I]]] [1] [1]
// CHECK-NEXT: scf.yield %[[P]]
func.func @tasks(%t: tensor<8xf32>, %n: index) -> tensor<8xf32> {
  %r = scf.forall (%i) in (%n) shared_outs(%o = %t) -> (tensor<8xf32>) {
    %s = tensor.extract_slice %o[%i] [1] [1] : tensor<8xf32> to tensor<1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i] [1] [1] : tensor<1xf32> into tensor<8xf32>
    }
  }
  return %r : tensor<8xf32>
}

// One in another.
// CHECK-LABEL: func.func @nested(
// CHECK-COUNT-3: scf.for
// CHECK: memref.store
// CHECK-NOT: scf.parallel
// CHECK-NOT: scf.forall
// CHECK: return
func.func @nested(%m: memref<4x8x16xindex>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.parallel (%i) = (%c0) to (%c4) step (%c1) {
    scf.forall (%j, %k) = (0, 0) to (8, 16) step (1, 2) {
      memref.store %j, %m[%i, %j, %k] : memref<4x8x16xindex>
    }
  }
  return
}
