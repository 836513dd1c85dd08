// Derivatives that are given: f_jvp serves both modes, f_fwd and f_bwd the reverse one. What says so is gone afterwards.
// RUN: irc-opt %s --differentiate | filecheck %s
// RUN: irc-opt %s --inline --differentiate --inline --symbol-dce --canonicalize --cse | filecheck --check-prefix=INLINED %s

func.func private @f(%x: f64, %n: i32) -> f64 {
  %y = math.fpowi %x, %n : f64, i32
  return %y : f64
}
func.func private @f_jvp(%x: f64, %n: i32, %t: f64) -> (f64, f64) {
  %y = call @f(%x, %n) : (f64, i32) -> f64
  %ten = arith.constant 10.0 : f64
  %d = arith.mulf %t, %ten : f64
  return %y, %d : f64, f64
}
ad.custom_jvp @f, @f_jvp

func.func private @g(%x: f64) -> f64 {
  %y = math.sin %x : f64
  return %y : f64
}
func.func private @g_fwd(%x: f64) -> (f64, f64) {
  %y = call @g(%x) : (f64) -> f64
  return %y, %x : f64, f64
}
func.func private @g_bwd(%x: f64, %ct: f64) -> f64 {
  %d = arith.mulf %ct, %x : f64
  return %d : f64
}
ad.custom_vjp @g, @g_fwd, @g_bwd

func.func private @both(%x: f64, %n: i32) -> f64 {
  %a = call @f(%x, %n) : (f64, i32) -> f64
  %b = call @g(%a) : (f64) -> f64
  %c = ad.stop_gradient %b : f64
  %d = arith.mulf %b, %c : f64
  return %d : f64
}

func.func @forward(%x: f64, %n: i32, %t: f64) -> f64 {
  %r:2 = ad.jvp @f(%x, %n) tangents(%t) : (f64, i32), (f64) -> (f64, f64)
  return %r#1 : f64
}

func.func @reverse(%x: f64, %n: i32) -> f64 {
  %r:2 = ad.value_and_grad @both(%x, %n) : (f64, i32) -> (f64, f64)
  return %r#1 : f64
}

func.func @value(%x: f64) -> f64 {
  %y = call @g(%x) : (f64) -> f64
  return %y : f64
}

// CHECK-NOT: ad.
// CHECK: call @f_jvp(
// CHECK: call @g_bwd(
// CHECK-NOT: ad.

// INLINED-LABEL: func.func @forward(
// INLINED:       %[[T:.+]] = arith.mulf %arg2, %cst
// INLINED-NEXT:  return %[[T]]
// INLINED-LABEL: func.func @reverse(
// INLINED:       %[[A:.+]] = math.fpowi %arg0, %arg1
// INLINED:       %[[B:.+]] = math.sin %[[A]]
// INLINED-NEXT:  %[[C:.+]] = arith.mulf %[[B]], %[[A]]
// INLINED-NEXT:  %[[D:.+]] = arith.mulf %[[C]], %cst
// INLINED-NEXT:  return %[[D]]
// INLINED-LABEL: func.func @value(
// INLINED:       math.sin %arg0
