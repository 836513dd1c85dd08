// Results side by side in one allocation, state updated in place, and the trap: B is read after C has been computed.

func.func @main(%x: tensor<4x6xf32>, %n: index) -> (tensor<8x6xf32>, tensor<4x6xf32>, tensor<?x3xf32>) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %s = nd.allocate() : tensor<8x6xf32>
  %a = nd.exp %x : tensor<4x6xf32>
  %b = nd.logistic %a : tensor<4x6xf32>
  %c = nd.logistic %b : tensor<4x6xf32>
  %f = nd.add %b, %c : tensor<4x6xf32>
  %s1 = nd.dynamic_update_slice %s, %f[%c0, %c0] into %s : tensor<8x6xf32>, tensor<4x6xf32>
  %s2 = nd.dynamic_update_slice %s1, %c[%c4, %c0] into %s1 : tensor<8x6xf32>, tensor<4x6xf32>
  %t = nd.allocate() : tensor<4x6xf32>
  %u = nd.multiply %x, %x into %t : tensor<4x6xf32>
  %v = nd.add %u, %x into %u : tensor<4x6xf32>
  %d = nd.allocate(%n) : tensor<?x3xf32>
  %i = nd.iota(%n) axis = 0 into %d : tensor<?x3xf32>
  return %s2, %v, %i : tensor<8x6xf32>, tensor<4x6xf32>, tensor<?x3xf32>
}
