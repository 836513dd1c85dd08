// Identities that hold for all operands; x + 0.0 is not among them, since it changes -0.0.
// RUN: irc-opt %s --algebra | filecheck %s

func.func @neutral(%x: tensor<4xf32>) -> tensor<4xf32> {
  %one = nd.constant dense<1.0> : tensor<4xf32>
  %a = nd.multiply %one, %x : tensor<4xf32>
  %b = nd.divide %a, %one : tensor<4xf32>
  return %b : tensor<4xf32>
}

func.func @zero(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = nd.constant dense<0.0> : tensor<4xf32>
  %a = nd.add %x, %zero : tensor<4xf32>
  %b = nd.subtract %x, %zero : tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

func.func @signs(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %n = nd.negative %y : tensor<4xf32>
  %a = nd.add %n, %x : tensor<4xf32>
  %b = nd.subtract %x, %n : tensor<4xf32>
  %c = nd.negative %n : tensor<4xf32>
  return %a, %b, %c : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

func.func @a_destination_is_kept(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = nd.allocate() : tensor<4xf32>
  %one = nd.constant dense<1.0> : tensor<4xf32>
  %a = nd.multiply %x, %one into %s : tensor<4xf32>
  return %a : tensor<4xf32>
}

func.func @scalars(%x: f32, %i: i32) -> (f32, i32) {
  %n = arith.negf %x : f32
  %m = arith.negf %n : f32
  %z = arith.subi %i, %i : i32
  return %m, %z : f32, i32
}

// CHECK-LABEL: func.func @neutral(
// CHECK-SAME:  %arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT:  return %arg0 : tensor<4xf32>
// CHECK-LABEL: func.func @zero(
// CHECK-SAME:  %arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
// CHECK-NEXT:  %cst = nd.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK-NEXT:  %0 = nd.add %arg0, %cst : tensor<4xf32>
// CHECK-NEXT:  return %0, %arg0 : tensor<4xf32>, tensor<4xf32>
// CHECK-LABEL: func.func @signs(
// CHECK-SAME:  %arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
// CHECK-NEXT:  %0 = nd.subtract %arg0, %arg1 : tensor<4xf32>
// CHECK-NEXT:  %1 = nd.add %arg0, %arg1 : tensor<4xf32>
// CHECK-NEXT:  return %0, %1, %arg1 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
// CHECK-LABEL: func.func @a_destination_is_kept(
// CHECK-SAME:  %arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT:  %cst = nd.constant dense<1.000000e+00> : tensor<4xf32>
// CHECK-NEXT:  %0 = nd.allocate() : tensor<4xf32>
// CHECK-NEXT:  %1 = nd.multiply %arg0, %cst into %0 : tensor<4xf32>
// CHECK-NEXT:  return %1 : tensor<4xf32>
// CHECK-LABEL: func.func @scalars(
// CHECK-SAME:  %arg0: f32, %arg1: i32) -> (f32, i32) {
// CHECK-NEXT:  %c0_i32 = arith.constant 0 : i32
// CHECK-NEXT:  return %arg0, %c0_i32 : f32, i32
