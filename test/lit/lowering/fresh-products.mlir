// RUN: irc-opt %s --linalg-to-loops=vector-bits=128 | filecheck %s

// Sums that are added to zeros start at zero: nothing is filled, and the result is not read.
// CHECK-LABEL: func.func @fresh
// CHECK-NOT: vector.load %arg2
// CHECK: %[[ZERO:.+]] = arith.constant dense<0.000000e+00> : vector<4xf32>
// CHECK: scf.for %{{.+}} = %{{.+}} to %{{.+}} step %{{.+}} iter_args(%{{.+}} = %[[ZERO]]
// CHECK-COUNT-2: vector.store %{{.+}}, %arg2
// CHECK-NOT: vector.store
// CHECK: return
func.func @fresh(%a: memref<2x8xf32>, %b: memref<8x4xf32>, %c: memref<2x4xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<2x4xf32>)
  linalg.matmul ins(%a, %b : memref<2x8xf32>, memref<8x4xf32>) outs(%c : memref<2x4xf32>)
  return
}

// Not those that are added to other numbers, -0 among them, or to what something else has written since.
// CHECK-LABEL: func.func @others
// CHECK: vector.load %arg2
// CHECK: vector.load %arg2
func.func @others(%a: memref<2x8xf32>, %b: memref<8x4xf32>, %c: memref<2x4xf32>, %x: f32) {
  %i = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %minus = arith.constant -0.0 : f32
  linalg.fill ins(%minus : f32) outs(%c : memref<2x4xf32>)
  linalg.matmul ins(%a, %b : memref<2x8xf32>, memref<8x4xf32>) outs(%c : memref<2x4xf32>)
  linalg.fill ins(%zero : f32) outs(%c : memref<2x4xf32>)
  memref.store %x, %c[%i, %i] : memref<2x4xf32>
  linalg.matmul ins(%a, %b : memref<2x8xf32>, memref<8x4xf32>) outs(%c : memref<2x4xf32>)
  return
}
