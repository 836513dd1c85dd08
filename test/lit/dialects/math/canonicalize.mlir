// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @integers
// CHECK-DAG: %c-27_i32 = arith.constant -27 : i32
// CHECK-DAG: %c0_i32 = arith.constant 0 : i32
// CHECK-DAG: %c29_i32 = arith.constant 29 : i32
// CHECK-DAG: %c7_i32 = arith.constant 7 : i32
// CHECK: math.ipowi %c0_i32, %c-7_i32 : i32
func.func @integers() -> (i32, i32, i32, i32, i32) {
  %zero = arith.constant 0 : i32
  %three = arith.constant 3 : i32
  %seven = arith.constant 7 : i32
  %m3 = arith.constant -3 : i32
  %m7 = arith.constant -7 : i32
  %0 = math.ipowi %m3, %three : i32
  %1 = math.ipowi %three, %m7 : i32
  %2 = math.ctlz %seven : i32
  %3 = math.absi %m7 : i32
  // Undefined.
  %4 = math.ipowi %zero, %m7 : i32
  return %0, %1, %2, %3, %4 : i32, i32, i32, i32, i32
}

// CHECK-LABEL: func.func @floats
// CHECK-DAG: arith.constant dense<[1.000000e+00, -2.000000e+00]> : vector<2xf32>
// CHECK-DAG: %cst_{{[0-9]}} = arith.constant -0.000000e+00 : f32
// CHECK: math.log
func.func @floats() -> (vector<2xf32>, f32, f32) {
  %v = arith.constant dense<[0.5, -1.5]> : vector<2xf32>
  %x = arith.constant -0.25 : f32
  %0 = math.round %v : vector<2xf32>
  %1 = math.ceil %x : f32
  // NaN is left to run time.
  %2 = math.log %x : f32
  return %0, %1, %2 : vector<2xf32>, f32, f32
}
