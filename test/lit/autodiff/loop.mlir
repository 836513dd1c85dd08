// The forward loop stacks what it carries; the adjoint loop runs from the last iteration to the first.
// RUN: irc-opt %s --differentiate --symbol-dce --canonicalize --cse | filecheck %s

func.func private @power(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f64
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%y = %one) -> (f64) {
    %z = arith.mulf %y, %x : f64
    scf.yield %z : f64
  }
  return %r : f64
}

func.func @main(%x: f64, %n: index) -> (f64, f64) {
  %y, %dx = ad.value_and_grad @power(%x, %n) : (f64, index) -> (f64, f64)
  return %y, %dx : f64, f64
}

// CHECK-LABEL: func.func @main(
// CHECK-SAME:  %arg0: f64, %arg1: index) -> (f64, f64) {
// CHECK-NEXT:  %0:2 = call @power__grad_wrt_0(%arg0, %arg1) : (f64, index) -> (f64, f64)
// CHECK-NEXT:  return %0#0, %0#1 : f64, f64
// CHECK-LABEL: func.func private @power__grad_wrt_0(
// CHECK-SAME:  %arg0: f64, %arg1: index) -> (f64, f64) {
// CHECK-NEXT:  %c0 = arith.constant 0 : index
// CHECK-NEXT:  %c1 = arith.constant 1 : index
// CHECK-NEXT:  %cst = arith.constant 1.000000e+00 : f64
// CHECK-NEXT:  %cst_0 = arith.constant 0.000000e+00 : f64
// CHECK-NEXT:  %0 = arith.maxsi %arg1, %c0 : index
// CHECK-NEXT:  %1 = nd.allocate(%0) : tensor<?xf64>
// CHECK-NEXT:  %2:2 = scf.for %arg2 = %c0 to %arg1 step %c1 iter_args(%arg3 = %cst, %arg4 = %1) -> (f64, tensor<?xf64>) {
// CHECK-NEXT:  %from_elements = tensor.from_elements %arg3 : tensor<1xf64>
// CHECK-NEXT:  %5 = nd.dynamic_update_slice %arg4, %from_elements[%arg2] : tensor<?xf64>, tensor<1xf64>
// CHECK-NEXT:  %6 = arith.mulf %arg3, %arg0 : f64
// CHECK-NEXT:  scf.yield %6, %5 : f64, tensor<?xf64>
// CHECK:       %3 = arith.subi %0, %c1 : index
// CHECK-NEXT:  %4:2 = scf.for %arg2 = %c0 to %0 step %c1 iter_args(%arg3 = %cst, %arg4 = %cst_0) -> (f64, f64) {
// CHECK-NEXT:  %5 = arith.subi %3, %arg2 : index
// CHECK-NEXT:  %extracted = tensor.extract %2#1[%5] : tensor<?xf64>
// CHECK-NEXT:  %6 = arith.mulf %arg3, %arg0 : f64
// CHECK-NEXT:  %7 = arith.mulf %arg3, %extracted : f64
// CHECK-NEXT:  %8 = arith.addf %arg4, %7 : f64
// CHECK-NEXT:  scf.yield %6, %8 : f64, f64
// CHECK:       return %2#0, %4#1 : f64, f64
