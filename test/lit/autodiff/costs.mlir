// Gradients of two results share the forward run: one tanh, and one product each besides that of the function.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --algebra --cse --canonicalize | filecheck %s

func.func private @f(%w: tensor<4x4xf64>, %x: tensor<4x3xf64>) -> (tensor<f64>, tensor<f64>) {
  %m = nd.matmul %w, %x : tensor<4x4xf64>, tensor<4x3xf64> -> tensor<4x3xf64>
  %t = nd.tanh %m : tensor<4x3xf64>
  %q = nd.multiply %t, %t : tensor<4x3xf64>
  %s = nd.sum %q axes = [0, 1] : tensor<4x3xf64> -> tensor<f64>
  %u = nd.sum %t axes = [0, 1] : tensor<4x3xf64> -> tensor<f64>
  return %s, %u : tensor<f64>, tensor<f64>
}

func.func @main(%w: tensor<4x4xf64>, %x: tensor<4x3xf64>) -> (tensor<4x4xf64>, tensor<4x4xf64>) {
  %r:4 = ad.value_and_grad @f(%w, %x) {costs = [0, 1]}
    : (tensor<4x4xf64>, tensor<4x3xf64>) -> (tensor<f64>, tensor<f64>, tensor<4x4xf64>, tensor<4x4xf64>)
  return %r#2, %r#3 : tensor<4x4xf64>, tensor<4x4xf64>
}

// CHECK-LABEL: func.func @main(
// CHECK-NEXT:  %[[ONE:.+]] = nd.constant dense<1.000000e+00> : tensor<4x3xf64>
// CHECK-NEXT:  %[[M:.+]] = nd.matmul %arg0, %arg1
// CHECK-NEXT:  %[[T:.+]] = nd.tanh %[[M]]
// CHECK-NEXT:  %[[TWICE:.+]] = nd.add %[[T]], %[[T]]
// CHECK-NEXT:  %[[Q:.+]] = nd.multiply %[[T]], %[[T]]
// CHECK-NEXT:  %[[SLOPE:.+]] = nd.subtract %[[ONE]], %[[Q]]
// CHECK-NEXT:  %[[CT:.+]] = nd.multiply %[[TWICE]], %[[SLOPE]]
// CHECK-NEXT:  %[[XT:.+]] = nd.permute_dims %arg1 axes = [1, 0]
// CHECK-NEXT:  %[[A:.+]] = nd.matmul %[[CT]], %[[XT]]
// CHECK-NEXT:  %[[B:.+]] = nd.matmul %[[SLOPE]], %[[XT]]
// CHECK-NEXT:  return %[[A]], %[[B]]
