// Ops whose operands must know the same of their sizes keep their casts.
// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @transpose(
// CHECK: %[[CAST:.+]] = tensor.cast
// CHECK: linalg.transpose ins(%[[CAST]] : tensor<?x1xf32>)
func.func @transpose(%x: tensor<2x1xf32>, %out: tensor<1x?xf32>) -> tensor<1x?xf32> {
  %c = tensor.cast %x : tensor<2x1xf32> to tensor<?x1xf32>
  %t = linalg.transpose ins(%c : tensor<?x1xf32>) outs(%out : tensor<1x?xf32>) permutation = [1, 0]
  return %t : tensor<1x?xf32>
}

// CHECK-LABEL: func.func @reduce(
// CHECK: %[[CAST:.+]] = tensor.cast
// CHECK: linalg.reduce { arith.addf } ins(%arg0 : tensor<?x?xf32>) outs(%[[CAST]] : tensor<?xf32>)
func.func @reduce(%x: tensor<?x?xf32>, %y: tensor<2xf32>) -> tensor<?xf32> {
  %c = tensor.cast %y : tensor<2xf32> to tensor<?xf32>
  %r = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf32>) outs(%c : tensor<?xf32>) dimensions = [1]
  return %r : tensor<?xf32>
}
