// RUN: irc-opt %s --fuse-outputs | filecheck %s

// What two ops read, and what one of them computes for the other, is read once; a result that nothing else reads is not stored.
// CHECK-LABEL: func.func @shared
// CHECK: %[[R:.+]]:3 = linalg.generic {{.*}} ins(%arg0, %arg1 : tensor<4xf32>, tensor<4xf32>)
// CHECK: %[[A:.+]] = math.exp
// CHECK: %[[B:.+]] = math.absf %[[A]]
// CHECK: %[[C:.+]] = arith.addf %[[A]]
// CHECK: linalg.yield %[[A]], %[[B]], %[[C]] : f32, f32, f32
// CHECK: return %[[R]]#1, %[[R]]#2, %[[R]]#0
func.func @shared(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %e = tensor.empty() : tensor<4xf32>
  %a = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %b = linalg.abs ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %c = linalg.add ins(%a, %y : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %b, %c, %a : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// An op whose result is needed in between stays where it is, and so does one that is read at another index.
// CHECK-LABEL: func.func @apart
// CHECK: linalg.exp
// CHECK: linalg.transpose
// CHECK: linalg.add
// CHECK: return
func.func @apart(%x: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %e = tensor.empty() : tensor<4x4xf32>
  %a = linalg.exp ins(%x : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %t = linalg.transpose ins(%a : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) permutation = [1, 0]
  %b = linalg.add ins(%t, %x : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %a, %b : tensor<4x4xf32>, tensor<4x4xf32>
}
