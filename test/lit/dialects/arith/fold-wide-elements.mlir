// Elements that NumPy has no type for are folded as others are; floats that no Python float may hold stay.
// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @integers
func.func @integers() -> vector<3xi640> {
  // CHECK: %[[C:.*]] = arith.constant dense<[4, 16, 36]> : vector<3xi640>
  // CHECK-NEXT: return %[[C]]
  %0 = arith.constant dense<[1, 2, 3]> : vector<3xi640>
  %1 = arith.addi %0, %0 : vector<3xi640>
  %2 = arith.muli %1, %1 : vector<3xi640>
  return %2 : vector<3xi640>
}

// CHECK-LABEL: func.func @floats
func.func @floats(%i: index) -> tensor<4xf80> {
  // CHECK: tensor.insert
  %one = arith.constant 1.0 : f80
  %ones = arith.constant dense<1.0> : tensor<4xf80>
  %t = tensor.insert %one into %ones[%i] : tensor<4xf80>
  return %t : tensor<4xf80>
}
