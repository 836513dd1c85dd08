// RUN: irc-opt %s --expand-tensors | FileCheck %s

// The body of tensor.pad computes all elements, then the source is put inside.
// CHECK-LABEL: func.func @pad(
// CHECK-SAME: %[[T:.+]]: tensor<2x3xf32>, %[[Z:.+]]: f32
// CHECK: %[[E:.+]] = tensor.empty() : tensor<5x4xf32>
// CHECK: %[[W:.+]] = linalg.generic {{.*}} outs(%[[E]] : tensor<5x4xf32>)
// CHECK: linalg.yield %[[Z]] : f32
// CHECK: tensor.insert_slice %[[T]] into %[[W]][1, 0] [2, 3] [1, 1]
func.func @pad(%t: tensor<2x3xf32>, %z: f32) -> tensor<5x4xf32> {
  %r = tensor.pad %t low[1, 0] high[2, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %z : f32
  } : tensor<2x3xf32> to tensor<5x4xf32>
  return %r : tensor<5x4xf32>
}

// Each element is read where the indices say, which is checked.
// CHECK-LABEL: func.func @gather(
// CHECK-SAME: %[[T:.+]]: tensor<4x8xf32>, %[[I:.+]]: tensor<?x1xi32>
// CHECK: linalg.generic
// CHECK: %[[A:.+]] = linalg.index 0 : index
// CHECK: %[[B:.+]] = linalg.index 1 : index
// CHECK: %[[X:.+]] = tensor.extract %[[I]][%[[A]], %{{.+}}] : tensor<?x1xi32>
// CHECK: %[[P:.+]] = arith.index_cast %[[X]] : i32 to index
// CHECK: cf.assert %{{.+}}, "'tensor.gather' op index is out of bounds for dimension 0"
// CHECK: tensor.extract %[[T]][%[[P]], %[[B]]] : tensor<4x8xf32>
func.func @gather(%t: tensor<4x8xf32>, %i: tensor<?x1xi32>) -> tensor<?x8xf32> {
  %r = tensor.gather %t[%i] gather_dims([0]) : (tensor<4x8xf32>, tensor<?x1xi32>) -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}

// One slice after the other is put into the tensor that the loop carries.
// CHECK-LABEL: func.func @scatter(
// CHECK-SAME: %[[S:.+]]: tensor<?x8xf32>, %[[T:.+]]: tensor<4x8xf32>
// CHECK: %[[R:.+]] = scf.for %[[N:.+]] = {{.*}} iter_args(%[[C:.+]] = %[[T]])
// CHECK: %[[X:.+]] = tensor.extract_slice %[[S]][%[[N]], 0] [1, 8] [1, 1] : tensor<?x8xf32> to tensor<8xf32>
// CHECK: %[[P:.+]] = tensor.insert_slice %[[X]] into %[[C]][%{{.+}}, 0] [1, 8] [1, 1] : tensor<8xf32> into tensor<4x8xf32>
// CHECK: scf.yield %[[P]]
// CHECK: return %[[R]]
func.func @scatter(%s: tensor<?x8xf32>, %t: tensor<4x8xf32>, %i: tensor<?x1xindex>) -> tensor<4x8xf32> {
  %r = tensor.scatter %s into %t[%i] scatter_dims([0]) unique
    : (tensor<?x8xf32>, tensor<4x8xf32>, tensor<?x1xindex>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// Two reductions and two elementwise computations.
// CHECK-LABEL: func.func @softmax(
// CHECK-SAME: %[[T:.+]]: tensor<2x4xf32>, %[[O:.+]]: tensor<2x4xf32>
// CHECK: arith.maxnumf
// CHECK: math.exp
// CHECK: arith.addf
// CHECK: linalg.generic {{.*}} outs(%[[O]] : tensor<2x4xf32>)
// CHECK: arith.divf
func.func @softmax(%t: tensor<2x4xf32>, %o: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %r = linalg.softmax dimension(1) ins(%t : tensor<2x4xf32>) outs(%o : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}

// A tensor that nobody depends on is storage; sizes that are not known are zero.
// CHECK-LABEL: func.func @poison
// CHECK-DAG:   %[[Z:.+]] = arith.constant 0 : index
// CHECK-DAG:   tensor.empty(%[[Z]]) : tensor<?x3xf32>
// CHECK-DAG:   ub.poison : f32
func.func @poison() -> (tensor<?x3xf32>, f32) {
  %t = ub.poison : tensor<?x3xf32>
  %s = ub.poison : f32
  return %t, %s : tensor<?x3xf32>, f32
}
