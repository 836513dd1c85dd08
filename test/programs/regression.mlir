// Two-layer regression in f64: mean squared error of tanh(x w1 + b1) w2, and its gradient.

func.func @loss(%w1: tensor<3x5xf64>, %b1: tensor<5xf64>, %w2: tensor<5x1xf64>, %x: tensor<7x3xf64>,
                %y: tensor<7x1xf64>) -> tensor<f64> {
  %n = nd.constant dense<7.0> : tensor<f64>
  %h = nd.matmul %x, %w1 : tensor<7x3xf64>, tensor<3x5xf64> -> tensor<7x5xf64>
  %b = nd.broadcast_to %b1 : tensor<5xf64> -> tensor<7x5xf64>
  %z = nd.add %h, %b : tensor<7x5xf64>
  %a = nd.tanh %z : tensor<7x5xf64>
  %p = nd.matmul %a, %w2 : tensor<7x5xf64>, tensor<5x1xf64> -> tensor<7x1xf64>
  %d = nd.subtract %p, %y : tensor<7x1xf64>
  %q = nd.multiply %d, %d : tensor<7x1xf64>
  %s = nd.sum %q axes = [0, 1] : tensor<7x1xf64> -> tensor<f64>
  %m = nd.divide %s, %n : tensor<f64>
  return %m : tensor<f64>
}

func.func @main(%w1: tensor<3x5xf64>, %b1: tensor<5xf64>, %w2: tensor<5x1xf64>, %x: tensor<7x3xf64>,
                %y: tensor<7x1xf64>) -> (tensor<f64>, tensor<3x5xf64>, tensor<5xf64>, tensor<5x1xf64>) {
  %l:4 = ad.value_and_grad @loss(%w1, %b1, %w2, %x, %y) {wrt = [0, 1, 2]}
      : (tensor<3x5xf64>, tensor<5xf64>, tensor<5x1xf64>, tensor<7x3xf64>, tensor<7x1xf64>)
      -> (tensor<f64>, tensor<3x5xf64>, tensor<5xf64>, tensor<5x1xf64>)
  return %l#0, %l#1, %l#2, %l#3 : tensor<f64>, tensor<3x5xf64>, tensor<5xf64>, tensor<5x1xf64>
}
