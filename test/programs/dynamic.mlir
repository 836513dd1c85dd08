// Movements of data whose sizes are known at run time only.

func.func @main(%x: tensor<?x?xf32>, %i: index, %m: index)
    -> (tensor<?xf32>, tensor<?x1x?xf32>, tensor<?x?xf32>, tensor<?x1xf32>, tensor<2x?x3xf32>, tensor<?x?xf32>,
        tensor<?x?xf32>, tensor<1x?xf32>, tensor<f32>, tensor<?x?xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = tensor.dim %x, %c0 : tensor<?x?xf32>
  %b = tensor.dim %x, %c1 : tensor<?x?xf32>
  %t = nd.permute_dims %x axes = [1, 0] : tensor<?x?xf32> -> tensor<?x?xf32>
  %ab = arith.muli %a, %b : index
  %q = nd.reshape %t(%ab) : tensor<?x?xf32> -> tensor<?xf32>
  %q3 = nd.reshape %t(%b, %a) : tensor<?x?xf32> -> tensor<?x1x?xf32>
  %c = nd.concat %x, %x, %x axis = 1 : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32> -> tensor<?x?xf32>
  %d = nd.dynamic_slice %x[%i, %i](%m) : tensor<?x?xf32> -> tensor<?x1xf32>
  %e = nd.broadcast_to %d(%m) : tensor<?x1xf32> -> tensor<2x?x3xf32>
  %v = nd.constant dense<0.5> : tensor<f32>
  %p = nd.pad %x, %v low = [-1, 2] high = [1, 0] interior = [0, 2] : tensor<?x?xf32>, tensor<f32> -> tensor<?x?xf32>
  %u = nd.dynamic_update_slice %x, %d[%i, %c0] : tensor<?x?xf32>, tensor<?x1xf32>
  %s = nd.slice %x [0:1, :] : tensor<?x?xf32> -> tensor<1x?xf32>
  %mx = nd.max %c axes = [0, 1] : tensor<?x?xf32> -> tensor<f32>
  %io = nd.iota(%a, %b) axis = 1 : tensor<?x?xi64>
  return %q, %q3, %c, %d, %e, %p, %u, %s, %mx, %io
    : tensor<?xf32>, tensor<?x1x?xf32>, tensor<?x?xf32>, tensor<?x1xf32>, tensor<2x?x3xf32>, tensor<?x?xf32>,
      tensor<?x?xf32>, tensor<1x?xf32>, tensor<f32>, tensor<?x?xi64>
}
