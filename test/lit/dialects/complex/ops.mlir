// Every op of the dialect.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

func.func @all(%z: complex<f32>, %x: f32, %i: i64) {
  %cst = complex.constant [0.5 : f32, -1.0 : f32] : complex<f32>
  %d = complex.constant [0.5, -1.0] {tag} : complex<f64>
  %0 = complex.create %x, %x : complex<f32>
  %1 = complex.re %z : complex<f32>
  %2 = complex.im %z fastmath<nnan> : complex<f32>
  %3 = complex.abs %z {tag} : complex<f32>
  %4 = complex.angle %z : complex<f32>
  %5 = complex.eq %z, %z : complex<f32>
  %6 = complex.neq %z, %z {tag} : complex<f32>
  %7 = complex.add %z, %z : complex<f32>
  %8 = complex.sub %z, %z : complex<f32>
  %9 = complex.mul %z, %z fastmath<nnan, contract> : complex<f32>
  %10 = complex.div %z, %z : complex<f32>
  %11 = complex.pow %z, %z : complex<f32>
  %12 = complex.atan2 %z, %z : complex<f32>
  %13 = complex.neg %z : complex<f32>
  %14 = complex.conj %z : complex<f32>
  %15 = complex.exp %z fastmath<fast> : complex<f32>
  %16 = complex.expm1 %z : complex<f32>
  %17 = complex.log %z : complex<f32>
  %18 = complex.log1p %z : complex<f32>
  %19 = complex.sqrt %z : complex<f32>
  %20 = complex.rsqrt %z : complex<f32>
  %21 = complex.sign %z : complex<f32>
  %22 = complex.sin %z : complex<f32>
  %23 = complex.cos %z : complex<f32>
  %24 = complex.tan %z : complex<f32>
  %25 = complex.tanh %z : complex<f32>
  %26 = complex.bitcast %z : complex<f32> to i64
  %27 = complex.bitcast %i : i64 to complex<f32>
  return
}

// CHECK: %cst = complex.constant [5.000000e-01 : f32, -1.000000e+00 : f32] : complex<f32>
// CHECK: %cst_0 = complex.constant [5.000000e-01, -1.000000e+00] {tag} : complex<f64>
// CHECK: %0 = complex.create %arg1, %arg1 : complex<f32>
// CHECK: %1 = complex.re %arg0 : complex<f32>
// CHECK: %2 = complex.im %arg0 fastmath<nnan> : complex<f32>
// CHECK: %3 = complex.abs %arg0 {tag} : complex<f32>
// CHECK: %4 = complex.angle %arg0 : complex<f32>
// CHECK: %5 = complex.eq %arg0, %arg0 : complex<f32>
// CHECK: %6 = complex.neq %arg0, %arg0 {tag} : complex<f32>
// CHECK: %7 = complex.add %arg0, %arg0 : complex<f32>
// CHECK: %8 = complex.sub %arg0, %arg0 : complex<f32>
// CHECK: %9 = complex.mul %arg0, %arg0 fastmath<nnan,contract> : complex<f32>
// CHECK: %10 = complex.div %arg0, %arg0 : complex<f32>
// CHECK: %11 = complex.pow %arg0, %arg0 : complex<f32>
// CHECK: %12 = complex.atan2 %arg0, %arg0 : complex<f32>
// CHECK: %13 = complex.neg %arg0 : complex<f32>
// CHECK: %14 = complex.conj %arg0 : complex<f32>
// CHECK: %15 = complex.exp %arg0 fastmath<fast> : complex<f32>
// CHECK: %16 = complex.expm1 %arg0 : complex<f32>
// CHECK: %17 = complex.log %arg0 : complex<f32>
// CHECK: %18 = complex.log1p %arg0 : complex<f32>
// CHECK: %19 = complex.sqrt %arg0 : complex<f32>
// CHECK: %20 = complex.rsqrt %arg0 : complex<f32>
// CHECK: %21 = complex.sign %arg0 : complex<f32>
// CHECK: %22 = complex.sin %arg0 : complex<f32>
// CHECK: %23 = complex.cos %arg0 : complex<f32>
// CHECK: %24 = complex.tan %arg0 : complex<f32>
// CHECK: %25 = complex.tanh %arg0 : complex<f32>
// CHECK: %26 = complex.bitcast %arg0 : complex<f32> to i64
// CHECK: %27 = complex.bitcast %arg2 : i64 to complex<f32>
// GENERIC: "complex.re"(%arg0) <{fastmath = #arith.fastmath<none>}> : (complex<f32>) -> f32
