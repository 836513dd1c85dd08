// Tensors that a graph of blocks passes on, with several ways out of a loop; lifted, differentiated, and run on both executors.
// RUN: irc-run %s -e main --arg '[1.5, 2]' --arg 2 | filecheck %s --check-prefix=ALL
// RUN: irc-run %s -e main --arg '[1.5, 2]' --arg 9 | filecheck %s --check-prefix=EARLY
// RUN: irc-run %s -e main --arg '[1.5, 2]' --arg 9 --executor cpu | filecheck %s --check-prefix=EARLY
// RUN: not irc-run %s -e main --arg '[1.5, 2]' --arg 0 2>&1 | filecheck %s --check-prefix=NONE

// ALL:   11.375
// ALL:   [ 6.75 12.  ]
// EARLY: -0.00295101
// EARLY: [17.53495574 75.23658824]
// NONE:  n must be positive

func.func private @f(%x: tensor<?xf64>, %n: index) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %lim = arith.constant 50.0 : f64
  %ok = arith.cmpi sgt, %n, %c0 : index
  cf.assert %ok, "n must be positive"
  cf.br ^h(%c0, %x : index, tensor<?xf64>)
^h(%i: index, %a: tensor<?xf64>):
  %c = arith.cmpi slt, %i, %n : index
  cf.cond_br %c, ^b, ^e
^b:
  %y = nd.multiply %a, %x : tensor<?xf64>
  %s = nd.sum %y axes = [0] : tensor<?xf64> -> tensor<f64>
  %v = tensor.extract %s[] : tensor<f64>
  %d = arith.cmpf ogt, %v, %lim : f64
  cf.cond_br %d, ^big, ^l
^l:
  %nan = arith.cmpf uno, %v, %v : f64
  cf.cond_br %nan, ^bad, ^go
^bad:
  llvm.unreachable
^go:
  %j = arith.addi %i, %c1 : index
  cf.br ^h(%j, %y : index, tensor<?xf64>)
^big:
  %q = nd.sin %y : tensor<?xf64>
  %qs = nd.sum %q axes = [0] : tensor<?xf64> -> tensor<f64>
  return %qs : tensor<f64>
^e:
  %r = nd.sum %a axes = [0] : tensor<?xf64> -> tensor<f64>
  return %r : tensor<f64>
}
func.func @main(%x: tensor<?xf64>, %n: index) -> (tensor<f64>, tensor<?xf64>) {
  %r:2 = ad.value_and_grad @f(%x, %n) : (tensor<?xf64>, index) -> (tensor<f64>, tensor<?xf64>)
  return %r#0, %r#1 : tensor<f64>, tensor<?xf64>
}
