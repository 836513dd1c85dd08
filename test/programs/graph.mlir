// A graph of blocks in no order, with critical edges: two tensors change places, values of one round are read behind it.

func.func @main(%a: tensor<?xf64>, %b: tensor<3xf64>, %n: index, %k: i32)
    -> (tensor<?xf64>, tensor<3xf64>, tensor<3xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %e = nd.sin %b : tensor<3xf64>
  %none = arith.cmpi eq, %n, %c0 : index
  cf.cond_br %none, ^out(%a, %e, %b : tensor<?xf64>, tensor<3xf64>, tensor<3xf64>),
    ^body(%a, %e, %b, %c0 : tensor<?xf64>, tensor<3xf64>, tensor<3xf64>, index)
^enough:
  %g = nd.concat %t, %t axis = 0 : tensor<?xf64>, tensor<?xf64> -> tensor<?xf64>
  %f = nd.add %h, %y : tensor<3xf64>
  return %g, %f, %e : tensor<?xf64>, tensor<3xf64>, tensor<3xf64>
^body(%t: tensor<?xf64>, %x: tensor<3xf64>, %y: tensor<3xf64>, %i: index):
  %s = nd.add %x, %y : tensor<3xf64>
  %h = nd.multiply %s, %x : tensor<3xf64>
  %j = arith.addi %i, %c1 : index
  %u = nd.concat %t, %a axis = 0 : tensor<?xf64>, tensor<?xf64> -> tensor<?xf64>
  %big = arith.cmpi sge, %j, %c5 : index
  cf.cond_br %big, ^enough, ^more
^more:
  %go = arith.cmpi slt, %j, %n : index
  cf.cond_br %go, ^body(%u, %y, %x, %j : tensor<?xf64>, tensor<3xf64>, tensor<3xf64>, index), ^choose
^choose:
  cf.switch %k : i32, [
    default: ^out(%u, %s, %x : tensor<?xf64>, tensor<3xf64>, tensor<3xf64>),
    1: ^out(%t, %x, %x : tensor<?xf64>, tensor<3xf64>, tensor<3xf64>),
    -2: ^enough
  ]
^out(%o: tensor<?xf64>, %p: tensor<3xf64>, %q: tensor<3xf64>):
  return %o, %p, %q : tensor<?xf64>, tensor<3xf64>, tensor<3xf64>
}
