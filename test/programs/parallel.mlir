// Loops without an order: a sum and a maximum of all elements, the rows in reverse, and a table of positions.

func.func @main(%t: tensor<?x4xf64>, %n: index) -> (f64, f64, tensor<?x4xf64>, tensor<3x?xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f64
  %low = arith.constant 0xFFF0000000000000 : f64
  %m = tensor.dim %t, %c0 : tensor<?x4xf64>
  %sum, %max = scf.parallel (%i, %j) = (%c0, %c0) to (%m, %c4) step (%c1, %c1) init (%zero, %low) -> (f64, f64) {
    %x = tensor.extract %t[%i, %j] : tensor<?x4xf64>
    scf.reduce(%x, %x : f64, f64) {
    ^bb0(%a: f64, %b: f64):
      %s = arith.addf %a, %b : f64
      scf.reduce.return %s : f64
    }, {
    ^bb0(%a: f64, %b: f64):
      %s = arith.maximumf %a, %b : f64
      scf.reduce.return %s : f64
    }
  }

  // Each task reads what the output was before the loop, also where another task writes.
  %reversed = scf.forall (%i) in (%m) shared_outs(%o = %t) -> (tensor<?x4xf64>) {
    %k = index.sub %m, %i
    %last = index.sub %k, %c1
    %row = tensor.extract_slice %o[%last, 0] [1, 4] [1, 1] : tensor<?x4xf64> to tensor<4xf64>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %row into %o[%i, 0] [1, 4] [1, 1] : tensor<4xf64> into tensor<?x4xf64>
    }
  }

  %empty = tensor.empty(%n) : tensor<3x?xi64>
  %minus = arith.constant -1 : i64
  %none = linalg.fill ins(%minus : i64) outs(%empty : tensor<3x?xi64>) -> tensor<3x?xi64>
  %table = scf.forall (%i, %j) = (0, 1) to (3, %n) step (1, 2) shared_outs(%o = %none) -> (tensor<3x?xi64>) {
    %c10 = index.constant 10
    %p = index.mul %i, %c10
    %q = index.add %p, %j
    %r = index.casts %q : index to i64
    %part = tensor.from_elements %r : tensor<1x1xi64>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %part into %o[%i, %j] [1, 1] [1, 1] : tensor<1x1xi64> into tensor<3x?xi64>
    }
  }
  return %sum, %max, %reversed, %table : f64, f64, tensor<?x4xf64>, tensor<3x?xi64>
}
