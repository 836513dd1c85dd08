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

// Nor those that write a part of the result: the rest stays as it was filled.
// CHECK-LABEL: func.func @part
// CHECK: vector.store %{{.+}}, %{{.+}} : memref<24xf32>, vector<4xf32>
// CHECK: vector.load %arg2
func.func @part(%a: memref<2x8xf32>, %b: memref<8x2x4xf32>, %c: memref<3x2x4xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<3x2x4xf32>)
  linalg.generic {
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, 0, n)>, affine_map<(m, n, k) -> (1, m, n)>],
    iterator_types = ["parallel", "parallel", "reduction"]
  } ins(%a, %b : memref<2x8xf32>, memref<8x2x4xf32>) outs(%c : memref<3x2x4xf32>) {
  ^bb0(%x: f32, %y: f32, %s: f32):
    %0 = arith.mulf %x, %y : f32
    %1 = arith.addf %s, %0 : f32
    linalg.yield %1 : f32
  }
  return
}

// A reduction starts from any value that its result was filled with, on vectors of results as well as along them.
// CHECK-LABEL: func.func @reductions
// CHECK: %[[LOW:.+]] = vector.broadcast %arg3 : f32 to vector<{{.+}}xf32>
// CHECK: scf.for {{.+}} iter_args(%{{.+}} = %[[LOW]]) -> (vector<{{.+}}xf32>)
// CHECK: vector.store %{{.+}}, %arg1
// CHECK: %[[TOTAL:.+]] = vector.reduction <add>
// CHECK: arith.addf %arg3, %[[TOTAL]]
// CHECK: memref.store %{{.+}}, %arg2
// CHECK-NOT: memref.load
// CHECK: return
func.func @reductions(%a: memref<32x64xf32>, %columns: memref<64xf32>, %rows: memref<32xf32>, %low: f32) {
  linalg.fill ins(%low : f32) outs(%columns : memref<64xf32>)
  linalg.reduce {arith.maximumf} ins(%a : memref<32x64xf32>) outs(%columns : memref<64xf32>) dimensions = [0]
  linalg.fill ins(%low : f32) outs(%rows : memref<32xf32>)
  linalg.reduce {arith.addf} ins(%a : memref<32x64xf32>) outs(%rows : memref<32xf32>) dimensions = [1]
  return
}

// Not one that writes its result at each of its steps.
// CHECK-LABEL: func.func @scan
// CHECK: vector.store %{{.+}}, %{{.+}} : memref<{{.+}}>, vector<4xf32>
// CHECK: return
func.func @scan(%a: memref<8x4xf32>, %c: memref<8x4xf32>, %low: f32) {
  linalg.fill ins(%low : f32) outs(%c : memref<8x4xf32>)
  linalg.generic {
    indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
    iterator_types = ["reduction", "parallel"]
  } ins(%a : memref<8x4xf32>) outs(%c : memref<8x4xf32>) {
  ^bb0(%x: f32, %s: f32):
    %0 = arith.addf %s, %x : f32
    linalg.yield %0 : f32
  }
  return
}
