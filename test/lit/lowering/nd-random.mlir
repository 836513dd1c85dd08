// Random bits are computed from the position in row-major order, element by element.
// RUN: irc-opt %s --nd-to-linalg --canonicalize | filecheck %s

// CHECK-LABEL: func.func @bits
// CHECK-SAME: %[[KEY:.+]]: tensor<2xui32>, %[[START:.+]]: tensor<ui64>, %[[N:.+]]: index
// CHECK: %[[E:.+]] = tensor.empty(%[[N]]) : tensor<3x?xui16>
// CHECK: tensor.extract %[[KEY]]
// CHECK: tensor.extract %[[KEY]]
// CHECK: %[[S:.+]] = tensor.extract %[[START]][]
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel"]{{.*}} outs(%[[E]] : tensor<3x?xui16>)
// CHECK: %[[I:.+]] = linalg.index 0
// CHECK: %[[J:.+]] = linalg.index 1
// CHECK: %[[ROW:.+]] = arith.muli %[[I]], %[[N]] : index
// CHECK: %[[AT:.+]] = arith.addi %{{.+}}, %{{.+}} : index
// CHECK: %[[HI:.+]] = arith.xori %{{.+}}, %{{.+}} : i32
// CHECK: arith.trunci %{{.+}} : i32 to i16
// CHECK: linalg.yield
func.func @bits(%key: tensor<2xui32>, %start: tensor<ui64>, %n: index) -> tensor<3x?xui16> {
  %0 = nd.random_bits %key start %start sizes(%n) : tensor<3x?xui16>
  return %0 : tensor<3x?xui16>
}
