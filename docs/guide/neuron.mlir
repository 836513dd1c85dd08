func.func private @loss(%w: tensor<3xf32>, %x: tensor<8x3xf32>, %y: tensor<8xf32>) -> tensor<f32> {
  %z = nd.matmul %x, %w : tensor<8x3xf32>, tensor<3xf32> -> tensor<8xf32>
  %p = nd.tanh %z : tensor<8xf32>
  %d = nd.subtract %p, %y : tensor<8xf32>
  %q = nd.multiply %d, %d : tensor<8xf32>
  %s = nd.sum %q axes = [0] : tensor<8xf32> -> tensor<f32>
  return %s : tensor<f32>
}

func.func @main(%w: tensor<3xf32>, %x: tensor<8x3xf32>, %y: tensor<8xf32>) -> (tensor<f32>, tensor<3xf32>) {
  %s, %dw = ad.value_and_grad @loss(%w, %x, %y) {wrt = [0]}
      : (tensor<3xf32>, tensor<8x3xf32>, tensor<8xf32>) -> (tensor<f32>, tensor<3xf32>)
  return %s, %dw : tensor<f32>, tensor<3xf32>
}
