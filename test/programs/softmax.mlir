// Cross entropy of a softmax with integer labels, and its gradient; the batch size is dynamic.

func.func @loss(%x: tensor<?x4xf64>, %y: tensor<?xi32>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf64>
  %m = nd.max %x axes = [1] : tensor<?x4xf64> -> tensor<?xf64>
  %m1 = nd.reshape %m(%n) : tensor<?xf64> -> tensor<?x1xf64>
  %mb = nd.broadcast_to %m1(%n) : tensor<?x1xf64> -> tensor<?x4xf64>
  %d = nd.subtract %x, %mb : tensor<?x4xf64>
  %e = nd.exp %d : tensor<?x4xf64>
  %s = nd.sum %e axes = [1] : tensor<?x4xf64> -> tensor<?xf64>
  %l = nd.log %s : tensor<?xf64>
  %l1 = nd.reshape %l(%n) : tensor<?xf64> -> tensor<?x1xf64>
  %lb = nd.broadcast_to %l1(%n) : tensor<?x1xf64> -> tensor<?x4xf64>
  %lp = nd.subtract %d, %lb : tensor<?x4xf64>
  %i = nd.iota(%n) axis = 1 : tensor<?x4xi32>
  %y1 = nd.reshape %y(%n) : tensor<?xi32> -> tensor<?x1xi32>
  %yb = nd.broadcast_to %y1(%n) : tensor<?x1xi32> -> tensor<?x4xi32>
  %h = nd.equal %i, %yb : tensor<?x4xi32>
  %hf = nd.cast %h : tensor<?x4xi1> -> tensor<?x4xf64>
  %p = nd.multiply %lp, %hf : tensor<?x4xf64>
  %t = nd.sum %p axes = [0, 1] : tensor<?x4xf64> -> tensor<f64>
  %ni = arith.index_cast %n : index to i64
  %nf = arith.sitofp %ni : i64 to f64
  %nt = tensor.from_elements %nf : tensor<f64>
  %q = nd.divide %t, %nt : tensor<f64>
  %o = nd.negative %q : tensor<f64>
  return %o : tensor<f64>
}

func.func @main(%x: tensor<?x4xf64>, %y: tensor<?xi32>) -> (tensor<f64>, tensor<?x4xf64>) {
  %v, %g = ad.value_and_grad @loss(%x, %y) {wrt = [0]} : (tensor<?x4xf64>, tensor<?xi32>) -> (tensor<f64>, tensor<?x4xf64>)
  return %v, %g : tensor<f64>, tensor<?x4xf64>
}
