// A call in a differentiated function becomes a call of the derivative, which is written once.
// RUN: irc-opt %s --differentiate --canonicalize | filecheck %s

func.func private @square(%x: f64) -> f64 {
  %y = arith.mulf %x, %x : f64
  return %y : f64
}

func.func private @f(%x: f64) -> f64 {
  %a = call @square(%x) : (f64) -> f64
  %b = call @square(%a) : (f64) -> f64
  return %b : f64
}

func.func @main(%x: f64) -> f64 {
  %r:2 = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  return %r#1 : f64
}

// CHECK-LABEL: func.func private @square(
// CHECK-SAME:  %arg0: f64) -> f64 {
// CHECK-NEXT:  %0 = arith.mulf %arg0, %arg0 : f64
// CHECK-NEXT:  return %0 : f64
// CHECK-LABEL: func.func private @f(
// CHECK-SAME:  %arg0: f64) -> f64 {
// CHECK-NEXT:  %0 = call @square(%arg0) : (f64) -> f64
// CHECK-NEXT:  %1 = call @square(%0) : (f64) -> f64
// CHECK-NEXT:  return %1 : f64
// CHECK-LABEL: func.func @main(
// CHECK-SAME:  %arg0: f64) -> f64 {
// CHECK-NEXT:  %0:2 = call @f__grad_wrt_0(%arg0) : (f64) -> (f64, f64)
// CHECK-NEXT:  return %0#1 : f64
// CHECK-LABEL: func.func private @square__bwd_wrt_0(
// CHECK-SAME:  %arg0: f64, %arg1: f64) -> f64 {
// CHECK-NEXT:  %0 = arith.mulf %arg1, %arg0 : f64
// CHECK-NEXT:  %1 = arith.mulf %arg1, %arg0 : f64
// CHECK-NEXT:  %2 = arith.addf %0, %1 : f64
// CHECK-NEXT:  return %2 : f64
// CHECK-LABEL: func.func private @f__grad_wrt_0(
// CHECK-SAME:  %arg0: f64) -> (f64, f64) {
// CHECK-NEXT:  %cst = arith.constant 1.000000e+00 : f64
// CHECK-NEXT:  %0 = call @square(%arg0) : (f64) -> f64
// CHECK-NEXT:  %1 = call @square(%0) : (f64) -> f64
// CHECK-NEXT:  %2 = call @square__bwd_wrt_0(%0, %cst) : (f64, f64) -> f64
// CHECK-NEXT:  %3 = call @square__bwd_wrt_0(%arg0, %2) : (f64, f64) -> f64
// CHECK-NEXT:  return %1, %3 : f64, f64
