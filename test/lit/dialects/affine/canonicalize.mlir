// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @constants()
// CHECK-DAG: %[[SEVEN:.*]] = arith.constant 7 : index
// CHECK-DAG: %[[TWO:.*]] = arith.constant 2 : index
// CHECK-DAG: %[[SIXTEEN:.*]] = arith.constant 16 : index
// CHECK: return %[[SEVEN]], %[[TWO]], %[[SIXTEEN]]
func.func @constants() -> (index, index, index) {
  %two = arith.constant 2 : index
  %three = arith.constant 3 : index
  %0 = affine.apply affine_map<(d0)[s0] -> (d0 * 2 + s0)>(%two)[%three]
  %1 = affine.min affine_map<(d0) -> (d0, 16)>(%two)
  %2 = affine.max affine_map<(d0) -> (d0, 16)>(%two)
  return %0, %1, %2 : index, index, index
}

// CHECK-LABEL: func.func @identity(
// CHECK-SAME: %[[I:.*]]: index, %[[N:.*]]: index
// CHECK: return %[[I]], %[[N]]
func.func @identity(%i: index, %n: index) -> (index, index) {
  %0 = affine.apply affine_map<(d0) -> (d0)>(%i)
  %1 = affine.min affine_map<()[s0] -> (s0)>()[%n]
  return %0, %1 : index, index
}

// A division by a symbol that is not positive has no value.
// CHECK-LABEL: func.func @divided
// CHECK: affine.apply
func.func @divided(%i: index) -> index {
  %zero = arith.constant 0 : index
  %five = arith.constant 5 : index
  %0 = affine.apply affine_map<(d0)[s0] -> (d0 floordiv s0)>(%five)[%zero]
  return %0 : index
}
