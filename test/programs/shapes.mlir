// Every movement of data, every reduction, comparisons, casts, integers, and the empty tensor.

func.func @main(%x: tensor<3x4xf32>, %i: tensor<3x4xi32>, %e: tensor<0x4xf32>, %k: index)
    -> (tensor<4x3xf32>, tensor<6x4xf32>, tensor<2x2xf32>, tensor<9x6xf32>, tensor<3xf32>, tensor<4xi32>, tensor<3x4xi32>,
        tensor<i1>, tensor<4xf32>, tensor<2x4xf32>, tensor<4xf32>, tensor<3x4xi32>, tensor<12xf32>) {
  %c1 = arith.constant 1 : index
  %v = nd.constant dense<-1.0> : tensor<f32>
  %t = nd.permute_dims %x axes = [1, 0] : tensor<3x4xf32> -> tensor<4x3xf32>
  %c = nd.concat %x, %x axis = 0 : tensor<3x4xf32>, tensor<3x4xf32> -> tensor<6x4xf32>
  %s = nd.slice %x [0:3:2, 1:3] : tensor<3x4xf32> -> tensor<2x2xf32>
  %p = nd.pad %x, %v low = [1, 2] high = [3, -3] interior = [1, 1] : tensor<3x4xf32>, tensor<f32> -> tensor<9x6xf32>
  %m = nd.max %x axes = [1] : tensor<3x4xf32> -> tensor<3xf32>
  %si = nd.sum %i axes = [0] : tensor<3x4xi32> -> tensor<4xi32>
  %ci = nd.cast %x : tensor<3x4xf32> -> tensor<3x4xi32>
  %lt = nd.less %x, %x : tensor<3x4xf32>
  %any = nd.any %lt axes = [0, 1] : tensor<3x4xi1> -> tensor<i1>
  %es = nd.sum %e axes = [0] : tensor<0x4xf32> -> tensor<4xf32>
  %ds = nd.dynamic_slice %x[%k, %c1] : tensor<3x4xf32> -> tensor<2x4xf32>
  %pr = nd.prod %x axes = [0] : tensor<3x4xf32> -> tensor<4xf32>
  %dv = nd.divide %i, %ci : tensor<3x4xi32>
  %r = nd.reshape %t : tensor<4x3xf32> -> tensor<12xf32>
  return %t, %c, %s, %p, %m, %si, %ci, %any, %es, %ds, %pr, %dv, %r
    : tensor<4x3xf32>, tensor<6x4xf32>, tensor<2x2xf32>, tensor<9x6xf32>, tensor<3xf32>, tensor<4xi32>, tensor<3x4xi32>,
      tensor<i1>, tensor<4xf32>, tensor<2x4xf32>, tensor<4xf32>, tensor<3x4xi32>, tensor<12xf32>
}
