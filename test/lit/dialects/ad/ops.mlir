// Requests for derivatives.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @f(%x: tensor<3xf32>, %n: index) -> (tensor<f32>, tensor<3xf32>) {
  %s = nd.sum %x axes = [0] : tensor<3xf32> -> tensor<f32>
  return %s, %x : tensor<f32>, tensor<3xf32>
}
func.func @g(%x: tensor<3xf32>, %n: index, %ct: tensor<f32>) {
  %0:3 = ad.value_and_grad @f(%x, %n) : (tensor<3xf32>, index) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
  %1:3 = ad.vjp @f(%x, %n) cotangents(%ct, %x) : (tensor<3xf32>, index), (tensor<f32>, tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
  return
}

// CHECK: func.func @f(%arg0: tensor<3xf32>, %arg1: index) -> (tensor<f32>, tensor<3xf32>) {
// CHECK: %0 = nd.sum %arg0 axes = [0] : tensor<3xf32> -> tensor<f32>
// CHECK: return %0, %arg0 : tensor<f32>, tensor<3xf32>
// CHECK: func.func @g(%arg0: tensor<3xf32>, %arg1: index, %arg2: tensor<f32>) {
// CHECK: %0:3 = ad.value_and_grad @f(%arg0, %arg1) : (tensor<3xf32>, index) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
// CHECK: %1:3 = ad.vjp @f(%arg0, %arg1) cotangents(%arg2, %arg0) : (tensor<3xf32>, index), (tensor<f32>, tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
// CHECK: return
