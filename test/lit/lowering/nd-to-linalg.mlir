// RUN: irc-opt %s --nd-to-linalg | filecheck %s

// CHECK-LABEL: func.func @elementwise
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor<?x4xf32>
// CHECK: %[[N:.+]] = tensor.dim %[[X]], %{{.+}} : tensor<?x4xf32>
// CHECK: %[[E:.+]] = tensor.empty(%[[N]]) : tensor<?x4xf32>
// CHECK: linalg.generic {{.*}} ins(%[[X]] : tensor<?x4xf32>) outs(%[[E]] : tensor<?x4xf32>)
// CHECK: math.exp
func.func @elementwise(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %y = nd.exp %x : tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// The storage that the program states is the destination.
// CHECK-LABEL: func.func @into
// CHECK: %[[S:.+]] = tensor.empty() : tensor<4xf32>
// CHECK-NOT: tensor.empty
// CHECK: linalg.generic {{.*}} outs(%[[S]] : tensor<4xf32>)
func.func @into(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = nd.allocate() : tensor<4xf32>
  %y = nd.add %x, %x into %s : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func.func @product
// CHECK: %[[Z:.+]] = linalg.fill
// CHECK: linalg.matmul ins(%{{.+}}, %{{.+}} : tensor<2x3xf32>, tensor<3x4xf32>) outs(%[[Z]] : tensor<2x4xf32>)
func.func @product(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>) -> tensor<2x4xf32> {
  %c = nd.matmul %a, %b : tensor<2x3xf32>, tensor<3x4xf32> -> tensor<2x4xf32>
  return %c : tensor<2x4xf32>
}

// A start is moved so that the slice lies inside.
// CHECK-LABEL: func.func @slice
// CHECK: %[[LOW:.+]] = arith.maxsi %{{.+}}, %c0
// CHECK: %[[AT:.+]] = arith.minsi %[[LOW]], %c6
// CHECK: tensor.extract_slice %{{.+}}[%[[AT]]] [4] [1] : tensor<10xf32> to tensor<4xf32>
func.func @slice(%x: tensor<10xf32>, %i: index) -> tensor<4xf32> {
  %y = nd.dynamic_slice %x[%i] : tensor<10xf32> -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// A dimension of unknown size is not stretched; where it cannot be shown to fit, that is checked.
// CHECK-LABEL: func.func @broadcast
// CHECK: cf.assert
// CHECK: linalg.generic
func.func @broadcast(%x: tensor<?xf32>, %n: index) -> tensor<2x?xf32> {
  %y = nd.broadcast_to %x(%n) : tensor<?xf32> -> tensor<2x?xf32>
  return %y : tensor<2x?xf32>
}
