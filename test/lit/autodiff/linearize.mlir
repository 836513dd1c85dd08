// A linear map is applied in both directions; the function that it is of runs once.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --algebra --cse --canonicalize | filecheck %s

func.func private @f(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %s = nd.multiply %x, %w : tensor<4xf64>
  %y = nd.exp %s : tensor<4xf64>
  return %y : tensor<4xf64>
}

func.func @main(%x: tensor<4xf64>, %w: tensor<4xf64>, %v: tensor<4xf64>)
    -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %y, %l = ad.linearize @f(%x, %w) {wrt = [0, 1]}
    : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, !ad.linear<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>)
  %dy = ad.pushforward %l(%v, %w) : !ad.linear<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %dx, %dw = ad.pullback %l(%v) : !ad.linear<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  return %y, %dy, %dx, %dw : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func @main(
// CHECK-NEXT:  %[[S:.+]] = nd.multiply %arg0, %arg1
// CHECK-NEXT:  %[[Y:.+]] = nd.exp %[[S]]
// CHECK-NOT:   nd.exp
// CHECK:       return %[[Y]]
