// A function of several blocks is differentiated as a copy of structured control flow; the function itself stays as it is.
// RUN: irc-opt %s --differentiate | filecheck %s
// RUN: irc-run %s -e main --arg 2.0 | filecheck %s --check-prefix=TWO
// RUN: irc-run %s -e main --arg 3.0 --executor cpu | filecheck %s --check-prefix=THREE
// RUN: irc-run %s -e main --arg 4.0 | filecheck %s --check-prefix=FOUR

// CHECK-LABEL: func.func private @f(
// CHECK:       cf.cond_br
// CHECK-LABEL: func.func private @f__grad_wrt_0(
// CHECK-NOT:   cf.br
// CHECK:       scf.for
// CHECK:       scf.for
// CHECK:       scf.if
// TWO:   30.0
// TWO:   65.0
// THREE: 48.0
// THREE: 55.0
// FOUR:  48.0
// FOUR:  44.0

// y = x, acc = 0; for i in 0..2 { for j in 0..i { y = y < 10 ? y x : y - x }; acc += y }
func.func private @f(%x: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %ten = arith.constant 10.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  cf.br ^outer(%c0, %x, %zero : index, f64, f64)
^outer(%i: index, %y: f64, %acc: f64):
  %more = arith.cmpi sle, %i, %c2 : index
  cf.cond_br %more, ^inner(%c0, %y : index, f64), ^end
^inner(%j: index, %z: f64):
  %in = arith.cmpi sle, %j, %i : index
  cf.cond_br %in, ^body, ^after
^body:
  %small = arith.cmpf olt, %z, %ten : f64
  cf.cond_br %small, ^times, ^minus
^times:
  %p = arith.mulf %z, %x : f64
  cf.br ^next(%p : f64)
^minus:
  %m = arith.subf %z, %x : f64
  cf.br ^next(%m : f64)
^next(%w: f64):
  %j1 = arith.addi %j, %c1 : index
  cf.br ^inner(%j1, %w : index, f64)
^after:
  %sum = arith.addf %acc, %z : f64
  %i1 = arith.addi %i, %c1 : index
  cf.br ^outer(%i1, %z, %sum : index, f64, f64)
^end:
  return %acc : f64
}
func.func @main(%x: f64) -> (f64, f64) {
  %r:2 = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
