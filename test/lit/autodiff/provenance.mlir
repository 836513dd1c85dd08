// What an adjoint runs again is derived by differentiation from what the program has.
// RUN: irc-opt %s --differentiate --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

func.func private @f(%x: tensor<4xf64>) -> tensor<f64> {
  %y = ad.checkpoint -> tensor<4xf64> {
    %s = nd.sin %x : tensor<4xf64>
    ad.yield %s : tensor<4xf64>
  }
  %l = nd.sum %y axes = [0] : tensor<4xf64> -> tensor<f64>
  return %l : tensor<f64>
}

func.func @main(%x: tensor<4xf64>) -> tensor<4xf64> {
  %v, %g = ad.value_and_grad @f(%x) : (tensor<4xf64>) -> (tensor<f64>, tensor<4xf64>)
  return %g : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f__grad_wrt_0(
// CHECK:         nd.sin %arg0 : tensor<4xf64> loc("{{.*}}":6:10)
// CHECK:         %[[X:.+]] = ad.barrier %arg0 : tensor<4xf64> loc(fused<"differentiate">["{{.*}}":5:8])
// CHECK:         nd.sin %[[X]] : tensor<4xf64> loc(fused<"differentiate">["{{.*}}":6:10])
