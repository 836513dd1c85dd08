// A loop on tensors with branches in branches, and a run-time number of rounds: its gradient with respect to two arguments,
// and the gradient of a function of that gradient.

func.func @f(%x0: tensor<?xf64>, %w: tensor<?xf64>, %n: index) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %three = arith.constant 3.0 : f64
  %m = tensor.dim %x0, %c0 : tensor<?xf64>
  %zs = nd.constant dense<0.0> : tensor<f64>
  %zero = nd.broadcast_to %zs(%m) : tensor<f64> -> tensor<?xf64>
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %x0, %acc = %zero) -> (tensor<?xf64>, tensor<?xf64>) {
    %p = nd.multiply %x, %w : tensor<?xf64>
    %s = nd.sum %p axes = [0] : tensor<?xf64> -> tensor<f64>
    %sv = tensor.extract %s[] : tensor<f64>
    %small = arith.cmpf olt, %sv, %three : f64
    %y = scf.if %small -> (tensor<?xf64>) {
      %rem = arith.remui %i, %c2 : index
      %even = arith.cmpi eq, %rem, %c0 : index
      %q = scf.if %even -> (tensor<?xf64>) {
        %t = nd.tanh %p : tensor<?xf64>
        scf.yield %t : tensor<?xf64>
      } else {
        %ww = nd.multiply %w, %w : tensor<?xf64>
        %t = nd.add %x, %ww : tensor<?xf64>
        scf.yield %t : tensor<?xf64>
      }
      scf.yield %q : tensor<?xf64>
    } else {
      scf.yield %x : tensor<?xf64>
    }
    %ii = arith.index_cast %i : index to i64
    %if = arith.sitofp %ii : i64 to f64
    %it = tensor.from_elements %if : tensor<f64>
    %ib = nd.broadcast_to %it(%m) : tensor<f64> -> tensor<?xf64>
    %yi = nd.multiply %y, %ib : tensor<?xf64>
    %a2 = nd.add %acc, %yi : tensor<?xf64>
    scf.yield %y, %a2 : tensor<?xf64>, tensor<?xf64>
  }
  %q = nd.multiply %r#1, %r#1 : tensor<?xf64>
  %s = nd.sum %q axes = [0] : tensor<?xf64> -> tensor<f64>
  %s2 = nd.sum %r#0 axes = [0] : tensor<?xf64> -> tensor<f64>
  %o = nd.add %s, %s2 : tensor<f64>
  return %o : tensor<f64>
}

func.func @g(%x: tensor<?xf64>, %w: tensor<?xf64>, %n: index) -> tensor<f64> {
  %v, %dx, %dw = ad.value_and_grad @f(%x, %w, %n) {wrt = [0, 1]}
      : (tensor<?xf64>, tensor<?xf64>, index) -> (tensor<f64>, tensor<?xf64>, tensor<?xf64>)
  %p = nd.multiply %dx, %dx : tensor<?xf64>
  %q = nd.add %p, %dw : tensor<?xf64>
  %s = nd.sum %q axes = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func @main(%x: tensor<?xf64>, %w: tensor<?xf64>, %n: index)
    -> (tensor<f64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>) {
  %v, %dw, %dx = ad.value_and_grad @f(%x, %w, %n) {wrt = [1, 0]}
      : (tensor<?xf64>, tensor<?xf64>, index) -> (tensor<f64>, tensor<?xf64>, tensor<?xf64>)
  %g, %ddx, %ddw = ad.value_and_grad @g(%x, %w, %n) {wrt = [0, 1]}
      : (tensor<?xf64>, tensor<?xf64>, index) -> (tensor<f64>, tensor<?xf64>, tensor<?xf64>)
  return %v, %dx, %dw, %ddx, %ddw : tensor<f64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>
}
