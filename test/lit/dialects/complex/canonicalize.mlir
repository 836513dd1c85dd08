// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @parts
// CHECK: %cst = arith.constant -1.000000e+00 : f32
// CHECK: return %arg1, %cst, %arg0
func.func @parts(%z: complex<f32>, %x: f32) -> (f32, f32, complex<f32>) {
  %0 = complex.create %x, %x : complex<f32>
  %1 = complex.re %0 : complex<f32>
  %2 = complex.constant [0.5 : f32, -1.0 : f32] : complex<f32>
  %3 = complex.im %2 : complex<f32>
  %4 = complex.re %z : complex<f32>
  %5 = complex.im %z : complex<f32>
  %6 = complex.create %4, %5 : complex<f32>
  return %1, %3, %6 : f32, f32, complex<f32>
}

// CHECK-LABEL: func.func @inverses
// CHECK-NEXT: return %arg0, %arg0, %arg0, %arg0, %arg0
func.func @inverses(%z: complex<f32>, %w: complex<f32>)
    -> (complex<f32>, complex<f32>, complex<f32>, complex<f32>, complex<f32>) {
  %0 = complex.neg %z : complex<f32>
  %1 = complex.neg %0 : complex<f32>
  %2 = complex.conj %z : complex<f32>
  %3 = complex.conj %2 : complex<f32>
  %4 = complex.sub %z, %w : complex<f32>
  %5 = complex.add %4, %w : complex<f32>
  %6 = complex.bitcast %z : complex<f32> to i64
  %7 = complex.bitcast %6 : i64 to complex<f32>
  %8 = complex.exp %z : complex<f32>
  %9 = complex.log %8 : complex<f32>
  return %1, %3, %5, %7, %9 : complex<f32>, complex<f32>, complex<f32>, complex<f32>, complex<f32>
}

// CHECK-LABEL: func.func @known_parts
// CHECK: %0 = arith.negf %arg1 : f32
// CHECK: %1 = arith.bitcast %arg2 : f64 to i64
// CHECK: return %0, %1
func.func @known_parts(%x: f32, %y: f32, %d: f64) -> (f32, i64) {
  %0 = complex.create %x, %y : complex<f32>
  %1 = complex.neg %0 : complex<f32>
  %2 = complex.im %1 : complex<f32>
  %3 = complex.bitcast %d : f64 to complex<f32>
  %4 = complex.bitcast %3 : complex<f32> to i64
  return %2, %4 : f32, i64
}

// CHECK-LABEL: func.func @neutral
// CHECK-NEXT: return %arg0, %arg0, %arg0
func.func @neutral(%z: complex<f32>) -> (complex<f32>, complex<f32>, complex<f32>) {
  %zero = complex.constant [0.0 : f32, 0.0 : f32] : complex<f32>
  %one = complex.constant [1.0 : f32, 0.0 : f32] : complex<f32>
  %0 = complex.sub %z, %zero : complex<f32>
  %1 = complex.mul %z, %one : complex<f32>
  %2 = complex.div %z, %one : complex<f32>
  return %0, %1, %2 : complex<f32>, complex<f32>, complex<f32>
}
