// RUN: irc-opt %s --print-op-generic | filecheck %s

// A named op has its body in the IR; only the custom form leaves it out.

func.func @products(%p: tensor<2x4xi8>, %q: tensor<4x3xi8>, %r: tensor<2x3xi32>) -> tensor<2x3xi32> {
  // CHECK: "linalg.matmul"
  // CHECK-NEXT: ^bb0(%[[A:.*]]: i8, %[[B:.*]]: i8, %[[C:.*]]: i32):
  // CHECK-NEXT: %[[WA:.*]] = "arith.extsi"(%[[A]]) : (i8) -> i32
  // CHECK-NEXT: %[[WB:.*]] = "arith.extsi"(%[[B]]) : (i8) -> i32
  // CHECK-NEXT: %[[P:.*]] = "arith.muli"(%[[WA]], %[[WB]])
  // CHECK-NEXT: %[[S:.*]] = "arith.addi"(%[[C]], %[[P]])
  // CHECK-NEXT: "linalg.yield"(%[[S]]) : (i32) -> ()
  %0 = linalg.matmul ins(%p, %q : tensor<2x4xi8>, tensor<4x3xi8>) outs(%r : tensor<2x3xi32>) -> tensor<2x3xi32>
  return %0 : tensor<2x3xi32>
}
