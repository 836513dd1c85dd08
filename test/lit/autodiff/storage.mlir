// What a program writes over, its adjoint may need: the copy that is differentiated takes over no storage.
// RUN: irc-opt %s --differentiate | filecheck %s

func.func private @f(%x: tensor<6xf64>) -> tensor<f64> {
  %s = nd.allocate() : tensor<6xf64>
  %w = nd.add %x, %x into %s : tensor<6xf64>
  %v = nd.sin %w into %w : tensor<6xf64>
  %l = nd.sum %v axes = [0] : tensor<6xf64> -> tensor<f64>
  return %l : tensor<f64>
}

func.func @main(%x: tensor<6xf64>) -> (tensor<f64>, tensor<6xf64>) {
  %v, %g = ad.value_and_grad @f(%x) : (tensor<6xf64>) -> (tensor<f64>, tensor<6xf64>)
  return %v, %g : tensor<f64>, tensor<6xf64>
}

// CHECK-LABEL: func.func private @f(
// CHECK: nd.sin %1 into %1
// CHECK-LABEL: func.func private @f__grad_wrt_0(
// CHECK: %[[W:.+]] = nd.add %arg0, %arg0 : tensor<6xf64>
// CHECK: nd.sin %[[W]] : tensor<6xf64>
// CHECK: nd.cos %[[W]] : tensor<6xf64>
