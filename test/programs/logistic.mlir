// Logistic regression trained by gradient descent in a loop; the batch size is dynamic.

func.func @loss(%w: tensor<4xf32>, %x: tensor<?x4xf32>, %y: tensor<?xf32>) -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %one = nd.constant dense<1.0> : tensor<f32>
  %ones = nd.broadcast_to %one(%n) : tensor<f32> -> tensor<?xf32>
  %z = nd.matmul %x, %w : tensor<?x4xf32>, tensor<4xf32> -> tensor<?xf32>
  %p = nd.logistic %z : tensor<?xf32>
  %lp = nd.log %p : tensor<?xf32>
  %q = nd.subtract %ones, %p : tensor<?xf32>
  %lq = nd.log %q : tensor<?xf32>
  %my = nd.subtract %ones, %y : tensor<?xf32>
  %a = nd.multiply %y, %lp : tensor<?xf32>
  %b = nd.multiply %my, %lq : tensor<?xf32>
  %ab = nd.add %a, %b : tensor<?xf32>
  %s = nd.sum %ab axes = [0] : tensor<?xf32> -> tensor<f32>
  %count = nd.sum %ones axes = [0] : tensor<?xf32> -> tensor<f32>
  %m = nd.divide %s, %count : tensor<f32>
  %l = nd.negative %m : tensor<f32>
  return %l : tensor<f32>
}

func.func @main(%w0: tensor<4xf32>, %x: tensor<?x4xf32>, %y: tensor<?xf32>, %steps: index) -> (tensor<4xf32>, tensor<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rate = nd.constant dense<0.5> : tensor<4xf32>
  %zero = nd.constant dense<0.0> : tensor<f32>
  %r:2 = scf.for %i = %c0 to %steps step %c1 iter_args(%w = %w0, %last = %zero) -> (tensor<4xf32>, tensor<f32>) {
    %l, %g = ad.value_and_grad @loss(%w, %x, %y) {wrt = [0]}
        : (tensor<4xf32>, tensor<?x4xf32>, tensor<?xf32>) -> (tensor<f32>, tensor<4xf32>)
    %d = nd.multiply %rate, %g : tensor<4xf32>
    %new = nd.subtract %w, %d : tensor<4xf32>
    scf.yield %new, %l : tensor<4xf32>, tensor<f32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<f32>
}
