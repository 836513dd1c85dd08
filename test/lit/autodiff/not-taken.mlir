// What only a branch that is not taken uses makes no nan of the derivative: sqrt has an infinite one at 0.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --cse --canonicalize | filecheck %s
// RUN: irc-run %s --arg '[0, 0.5, 4]' | filecheck --check-prefix=VALUES %s

func.func private @f(%x: tensor<3xf64>) -> tensor<f64> {
  %one = nd.constant dense<1.0> : tensor<3xf64>
  %c = nd.less %x, %one : tensor<3xf64>
  %r = nd.sqrt %x : tensor<3xf64>
  %y = nd.where %c, %x, %r : tensor<3xi1>, tensor<3xf64>
  %s = nd.sum %y axes = [0] : tensor<3xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func @main(%x: tensor<3xf64>) -> tensor<3xf64> {
  %r:2 = ad.value_and_grad @f(%x) : (tensor<3xf64>) -> (tensor<f64>, tensor<3xf64>)
  return %r#1 : tensor<3xf64>
}

// CHECK-LABEL: func.func @main(
// CHECK:       %[[C:.+]] = nd.less %arg0
// CHECK:       %[[P:.+]] = nd.multiply
// CHECK-NEXT:  %[[M:.+]] = nd.where %[[C]], %{{.+}}, %[[P]]
// CHECK-NEXT:  nd.add %{{.+}}, %[[M]]

// VALUES-LABEL: result 0
// VALUES-NEXT: [1.   1.   0.25]
