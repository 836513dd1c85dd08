// Of a region an adjoint stores what is named, here the product, and computes the rest again behind barriers.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --cse --canonicalize | filecheck %s

func.func private @f(%x: tensor<4xf64>, %w: tensor<4x4xf64>) -> tensor<f64> {
  %y = ad.checkpoint -> tensor<4xf64> {
    %a = nd.sin %x : tensor<4xf64>
    %m = nd.matmul %w, %a : tensor<4x4xf64>, tensor<4xf64> -> tensor<4xf64>
    %b = nd.exp %m : tensor<4xf64>
    ad.yield %b : tensor<4xf64>
  } {save = ["nd.matmul"]}
  %l = nd.sum %y axes = [0] : tensor<4xf64> -> tensor<f64>
  return %l : tensor<f64>
}

func.func @main(%x: tensor<4xf64>, %w: tensor<4x4xf64>) -> tensor<4x4xf64> {
  %v, %g = ad.value_and_grad @f(%x, %w) {wrt = [1]} : (tensor<4xf64>, tensor<4x4xf64>) -> (tensor<f64>, tensor<4x4xf64>)
  return %g : tensor<4x4xf64>
}

// CHECK-LABEL: func.func @main(
// CHECK:       %[[A:.+]] = nd.sin %arg0
// CHECK:       %[[M:.+]] = nd.matmul %arg1, %[[A]]
// CHECK:       %[[X:.+]] = ad.barrier %arg0
// CHECK:       nd.sin %[[X]]
// CHECK:       %[[KEPT:.+]] = ad.barrier %[[M]]
// CHECK-NOT:   nd.matmul %arg1
// CHECK:       nd.exp %[[KEPT]]

// A value that has a name is stored, or computed again, by that.
func.func private @named(%x: tensor<4xf64>) -> tensor<f64> {
  %y = ad.checkpoint -> tensor<4xf64> {
    %s = nd.sin %x : tensor<4xf64>
    %a = ad.checkpoint_name "kept" %s : tensor<4xf64>
    %e = nd.exp %a : tensor<4xf64>
    %b = ad.checkpoint_name "again" %e : tensor<4xf64>
    %t = nd.tanh %b : tensor<4xf64>
    ad.yield %t : tensor<4xf64>
  } {recompute_named = ["again"], save_named = ["*"]}
  %l = nd.sum %y axes = [0] : tensor<4xf64> -> tensor<f64>
  return %l : tensor<f64>
}

func.func @names(%x: tensor<4xf64>) -> (tensor<f64>, tensor<4xf64>) {
  %v, %g = ad.value_and_grad @named(%x) : (tensor<4xf64>) -> (tensor<f64>, tensor<4xf64>)
  return %v, %g : tensor<f64>, tensor<4xf64>
}

// CHECK-LABEL: func.func @names(
// CHECK:       %[[S:.+]] = nd.sin
// CHECK-NEXT:  nd.exp %[[S]]
// CHECK-NOT:   nd.sin
// CHECK:       %[[KEPT:.+]] = ad.barrier %[[S]]
// CHECK-NOT:   nd.sin
// CHECK:       nd.exp %[[KEPT]]
// CHECK-NOT:   nd.sin
// CHECK:       return
