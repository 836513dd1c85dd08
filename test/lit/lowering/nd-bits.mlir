// RUN: irc-opt %s --nd-to-linalg | filecheck %s

// A processor takes no amounts of the width or more, so those never get to the shift.
// CHECK-LABEL: func.func @left
// CHECK: %[[IN:.+]] = arith.cmpi ule, %[[N:.+]], %{{.+}} : i32
// CHECK: %[[BY:.+]] = arith.select %[[IN]], %[[N]], %[[ZERO:.+]] : i32
// CHECK: %[[Y:.+]] = arith.shli %{{.+}}, %[[BY]] : i32
// CHECK: arith.select %[[IN]], %[[Y]], %[[ZERO]] : i32
func.func @left(%x: tensor<4xi32>, %n: tensor<4xi32>) -> tensor<4xi32> {
  %y = nd.bitwise_left_shift %x, %n : tensor<4xi32>
  return %y : tensor<4xi32>
}

// CHECK-LABEL: func.func @right
// CHECK: %[[BY:.+]] = arith.minui
// CHECK: arith.shrsi %{{.+}}, %[[BY]] : i32
func.func @right(%x: tensor<4xi32>, %n: tensor<4xi32>) -> tensor<4xi32> {
  %y = nd.bitwise_right_shift %x, %n : tensor<4xi32>
  return %y : tensor<4xi32>
}

// CHECK-LABEL: func.func @counts
// CHECK: math.ctpop
// CHECK: math.ctlz
func.func @counts(%x: tensor<4xi32>) -> tensor<4xi32> {
  %y = nd.popcount %x : tensor<4xi32>
  %z = nd.count_leading_zeros %y : tensor<4xi32>
  return %z : tensor<4xi32>
}

// CHECK-LABEL: func.func @same_width
// CHECK: linalg.generic
// CHECK: arith.bitcast %{{.+}} : f32 to i32
func.func @same_width(%x: tensor<?xf32>) -> tensor<?xi32> {
  %y = nd.bitcast %x : tensor<?xf32> -> tensor<?xi32>
  return %y : tensor<?xi32>
}

// CHECK-LABEL: func.func @narrower
// CHECK: linalg.generic {{.*}} outs(%{{.+}} : tensor<4x2xi32>)
// CHECK: linalg.index 1
// CHECK: arith.shrui
// CHECK: arith.trunci %{{.+}} : i64 to i32
func.func @narrower(%x: tensor<4xf64>) -> tensor<4x2xi32> {
  %y = nd.bitcast %x : tensor<4xf64> -> tensor<4x2xi32>
  return %y : tensor<4x2xi32>
}

// The axis that goes away must have the size that the widths ask for.
// CHECK-LABEL: func.func @wider
// CHECK: cf.assert %{{.+}}, "the last axis of the operand of 'nd.bitcast' op is not of size 2"
// CHECK: linalg.generic
// CHECK: arith.ori
// CHECK: arith.bitcast %{{.+}} : i64 to f64
func.func @wider(%x: tensor<?x?xi32>) -> tensor<?xf64> {
  %y = nd.bitcast %x : tensor<?x?xi32> -> tensor<?xf64>
  return %y : tensor<?xf64>
}
