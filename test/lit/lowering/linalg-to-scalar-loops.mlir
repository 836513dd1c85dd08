// Parallel loops are outside; a reduction carries the element that it makes, a scan the tensor.
// RUN: irc-opt %s --linalg-to-scalar-loops --canonicalize | FileCheck %s

#ij = affine_map<(i, j) -> (i, j)>
#i = affine_map<(i, j) -> (i)>

// CHECK-LABEL: func.func @squares
// CHECK:         scf.for %[[I:.*]] = %c0 to %c3 step %c1 iter_args(%[[Y:.*]] = %arg1)
// CHECK:           %[[START:.*]] = tensor.extract %[[Y]][%[[I]]]
// CHECK:           %[[SUM:.*]] = scf.for %[[J:.*]] = %c0 to %c4 step %c1 iter_args(%[[A:.*]] = %[[START]]) -> (f64)
// CHECK:             tensor.extract %arg0[%[[I]], %[[J]]]
// CHECK:           tensor.insert %[[SUM]] into %[[Y]][%[[I]]]
func.func @squares(%x: tensor<3x4xf64>, %y: tensor<3xf64>) -> tensor<3xf64> {
  %r = linalg.generic {indexing_maps = [#ij, #i], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<3x4xf64>) outs(%y : tensor<3xf64>) {
  ^bb0(%a: f64, %b: f64):
    %c = arith.mulf %a, %a : f64
    %d = arith.addf %c, %b : f64
    linalg.yield %d : f64
  } -> tensor<3xf64>
  return %r : tensor<3xf64>
}

// CHECK-LABEL: func.func @scan
// CHECK:         scf.for %[[I:.*]] = %c0 to %c3 step %c1 iter_args(%[[Y:.*]] = %arg1) -> (tensor<4xf64>)
// CHECK:           arith.addi %[[I]], %c1
// CHECK:           tensor.insert
func.func @scan(%x: tensor<3xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i + 1)>], iterator_types = ["reduction"]}
      ins(%x : tensor<3xf64>) outs(%y : tensor<4xf64>) {
  ^bb0(%a: f64, %b: f64):
    %d = arith.addf %a, %b : f64
    linalg.yield %d : f64
  } -> tensor<4xf64>
  return %r : tensor<4xf64>
}

// A map that asks for its position, on buffers of sizes that are checked to agree.
// CHECK-LABEL: func.func @positions
// CHECK:         cf.assert
// CHECK:         scf.for %[[I:.*]] =
// CHECK:           arith.index_cast %[[I]]
// CHECK:           memref.store
func.func @positions(%x: memref<?xi64>, %y: memref<?xi64>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xi64>) outs(%y : memref<?xi64>) {
  ^bb0(%a: i64, %b: i64):
    %i = linalg.index 0 : index
    %n = arith.index_cast %i : index to i64
    %d = arith.addi %a, %n : i64
    linalg.yield %d : i64
  }
  return
}
