// RUN: irc-opt %s --nd-to-linalg | filecheck %s

// Computed in f64, without branches, so that it vectorises.
// CHECK-LABEL: func.func @complement
// CHECK: linalg.generic
// CHECK: %[[X:.+]] = arith.extf %{{.+}} : f32 to f64
// CHECK: math.exp %{{.+}} : f64
// CHECK: %[[Z:.+]] = arith.truncf %{{.+}} : f64 to f32
// CHECK: linalg.yield %[[Z]] : f32
func.func @complement(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = nd.erfc %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

// CHECK-LABEL: func.func @gamma
// CHECK-NOT: scf.if
// CHECK: math.log
// CHECK-NOT: scf.if
// CHECK: math.sin
// CHECK: math.cos
func.func @gamma(%x: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %y = nd.lgamma %x : tensor<4xf64>
  %z = nd.digamma %x : tensor<4xf64>
  return %y, %z : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func @inverse
// CHECK: math.log1p
// CHECK: math.sqrt
func.func @inverse(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = nd.erf_inv %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
