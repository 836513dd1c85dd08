// An operation whose derivative is that of others is written as these where a derivative has to pass it, and only there.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --cse --canonicalize | filecheck %s

func.func private @least_two(%x: tensor<5xf64>, %y: tensor<5xf64>) -> tensor<f64> {
  %s = nd.sort %x axis = 0 {
  ^bb0(%a: tensor<f64>, %b: tensor<f64>):
    %c = nd.less %a, %b : tensor<f64>
    nd.yield %c : tensor<i1>
  } : tensor<5xf64>
  %t = nd.sort %y axis = 0 {
  ^bb0(%a: tensor<f64>, %b: tensor<f64>):
    %c = nd.less %a, %b : tensor<f64>
    nd.yield %c : tensor<i1>
  } : tensor<5xf64>
  %p = nd.multiply %s, %t : tensor<5xf64>
  %l = nd.slice %p [0:2] : tensor<5xf64> -> tensor<2xf64>
  %r = nd.sum %l axes = [0] : tensor<2xf64> -> tensor<f64>
  return %r : tensor<f64>
}

// The positions are sorted with %x, and its gradient is put where they say; %y is sorted as it was.
// CHECK-LABEL: func.func @main(
// CHECK:       %[[I:.+]] = nd.iota axis = 0 : tensor<5xi64>
// CHECK:       %[[S:.+]]:2 = nd.sort %arg0, %[[I]] axis = 0 {
// CHECK:       nd.sort %arg1 axis = 0 {
// CHECK-NOT:   nd.sort
// CHECK:       %[[D:.+]] = nd.scatter %{{.+}}[%{{.+}}] with
// CHECK:       return %{{.+}}, %[[D]]
func.func @main(%x: tensor<5xf64>, %y: tensor<5xf64>) -> (tensor<f64>, tensor<5xf64>) {
  %r:2 = ad.value_and_grad @least_two(%x, %y) {wrt = [0]} : (tensor<5xf64>, tensor<5xf64>) -> (tensor<f64>, tensor<5xf64>)
  return %r#0, %r#1 : tensor<f64>, tensor<5xf64>
}
