// Integers have one zero and no rounding, so more holds of them; what changes floats is applied where it is asked for.
// RUN: irc-opt %s --algebra | filecheck %s
// RUN: irc-opt %s --algebra=fast-math | filecheck %s --check-prefix=FAST

func.func @integers(%x: tensor<4xi32>) -> (tensor<4xi32>, tensor<4xi32>, tensor<4xi32>) {
  %zero = nd.constant dense<0> : tensor<4xi32>
  %a = nd.add %zero, %x : tensor<4xi32>
  %b = nd.subtract %x, %x : tensor<4xi32>
  %c = nd.multiply %x, %zero : tensor<4xi32>
  return %a, %b, %c : tensor<4xi32>, tensor<4xi32>, tensor<4xi32>
}

func.func @floats(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = nd.constant dense<0.0> : tensor<4xf32>
  %b = nd.subtract %x, %x : tensor<4xf32>
  %c = nd.multiply %x, %zero : tensor<4xf32>
  return %b, %c : tensor<4xf32>, tensor<4xf32>
}

func.func @logarithm(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = nd.exp %x : tensor<4xf32>
  %l = nd.log %e : tensor<4xf32>
  return %l : tensor<4xf32>
}

func.func @selection(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %yes = nd.constant dense<true> : tensor<4xi1>
  %no = nd.constant dense<false> : tensor<4xi1>
  %a = nd.where %yes, %x, %y : tensor<4xi1>, tensor<4xf32>
  %b = nd.where %no, %x, %y : tensor<4xi1>, tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @integers(
// CHECK-NEXT:  %cst = nd.constant dense<0> : tensor<4xi32>
// CHECK-NEXT:  return %arg0, %cst, %cst
// CHECK-LABEL: func.func @floats(
// CHECK:       nd.subtract %arg0, %arg0
// CHECK-NEXT:  nd.multiply %arg0, %cst
// CHECK-LABEL: func.func @logarithm(
// CHECK-NEXT:  nd.exp
// CHECK-NEXT:  nd.log
// CHECK-LABEL: func.func @selection(
// CHECK-NEXT:  return %arg0, %arg1

// FAST-LABEL: func.func @floats(
// FAST:        nd.subtract
// FAST-LABEL: func.func @logarithm(
// FAST-NEXT:   return %arg0
