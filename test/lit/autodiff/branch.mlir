// The adjoint of a branch is a branch on the same condition; an arm yields zero for what only the other one uses.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --canonicalize | filecheck %s

func.func private @f(%x: f64, %y: f64, %c: i1) -> f64 {
  %r = scf.if %c -> (f64) {
    %a = arith.mulf %x, %x : f64
    scf.yield %a : f64
  } else {
    %b = arith.mulf %x, %y : f64
    scf.yield %b : f64
  }
  return %r : f64
}

func.func @main(%x: f64, %y: f64, %c: i1) -> (f64, f64) {
  %r:3 = ad.value_and_grad @f(%x, %y, %c) {wrt = [0, 1]} : (f64, f64, i1) -> (f64, f64, f64)
  return %r#1, %r#2 : f64, f64
}

// CHECK-LABEL: func.func @main(
// CHECK-SAME:  %arg0: f64, %arg1: f64, %arg2: i1) -> (f64, f64) {
// CHECK-NEXT:  %cst = arith.constant 0.000000e+00 : f64
// CHECK-NEXT:  %0 = arith.select %arg2, %cst, %arg0 : f64
// CHECK-NEXT:  %1 = scf.if %arg2 -> (f64) {
// CHECK-NEXT:  %2 = arith.addf %arg0, %arg0 : f64
// CHECK-NEXT:  scf.yield %2 : f64
// CHECK-NEXT:  } else {
// CHECK-NEXT:  scf.yield %arg1 : f64
// CHECK:       return %1, %0 : f64, f64
