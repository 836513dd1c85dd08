// RUN: irc-opt %s --expand-copies | filecheck %s

// CHECK-LABEL: func.func @with_gaps
// CHECK: scf.for %[[I:.+]] = %{{.+}} to %{{.+}} step
// CHECK: %[[N:.+]] = memref.dim %arg0
// CHECK: scf.for %[[J:.+]] = %{{.+}} to %[[N]] step
// CHECK: %[[X:.+]] = memref.load %arg0[%[[I]], %[[J]]]
// CHECK: memref.store %[[X]], %arg1[%[[I]], %[[J]]]
// CHECK-NOT: memref.copy
func.func @with_gaps(%a: memref<4x?xf32, strided<[16, 1]>>, %b: memref<4x?xf32>) {
  memref.copy %a, %b : memref<4x?xf32, strided<[16, 1]>> to memref<4x?xf32>
  return
}

// CHECK-LABEL: func.func @contiguous
// CHECK: memref.copy
func.func @contiguous(%a: memref<4x?xf32, strided<[?, 1], offset: ?>>, %b: memref<?xf32>, %c: memref<?xf32>) {
  memref.copy %b, %c : memref<?xf32> to memref<?xf32>
  return
}
