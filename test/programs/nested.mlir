// A loop in a loop with a branch inside, on scalars: value, first and second derivative.
func.func @f(%x: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %ten = arith.constant 10.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%y = %x, %acc = %zero) -> (f64, f64) {
    %hi = arith.addi %i, %c1 : index
    %yy = scf.for %j = %c0 to %hi step %c1 iter_args(%z = %y) -> (f64) {
      %small = arith.cmpf olt, %z, %ten : f64
      %n = scf.if %small -> (f64) {
        %p = arith.mulf %z, %x : f64
        scf.yield %p : f64
      } else {
        %p = arith.subf %z, %x : f64
        scf.yield %p : f64
      }
      scf.yield %n : f64
    }
    %a = arith.addf %acc, %yy : f64
    scf.yield %yy, %a : f64, f64
  }
  return %r#1 : f64
}

func.func @first(%x: f64) -> f64 {
  %y, %dx = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  return %dx : f64
}

func.func @main(%x: f64) -> (f64, f64, f64) {
  %y = call @f(%x) : (f64) -> f64
  %d, %dd = ad.value_and_grad @first(%x) : (f64) -> (f64, f64)
  return %y, %d, %dd : f64, f64, f64
}
