// Every op of the dialect.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @all(%x: f32, %v: vector<4xf64>, %i: i32) {
  %0 = math.absf %x : f32
  %1 = math.acos %x : f32
  %2 = math.asin %x : f32
  %3 = math.atan %x : f32
  %4 = math.cbrt %x : f32
  %5 = math.ceil %x : f32
  %6 = math.cos %x : f32
  %7 = math.cosh %x : f32
  %8 = math.erf %x : f32
  %9 = math.exp %x : f32
  %10 = math.exp2 %x : f32
  %11 = math.expm1 %x : f32
  %12 = math.floor %x : f32
  %13 = math.log %x : f32
  %14 = math.log10 %x : f32
  %15 = math.log1p %x : f32
  %16 = math.log2 %x : f32
  %17 = math.round %x : f32
  %18 = math.roundeven %x : f32
  %19 = math.rsqrt %x : f32
  %20 = math.sin %x : f32
  %21 = math.sinh %x : f32
  %22 = math.sqrt %x : f32
  %23 = math.tan %x : f32
  %24 = math.tanh %x : f32
  %25 = math.trunc %x : f32
  %26 = math.atan2 %v, %v : vector<4xf64>
  %27 = math.copysign %v, %v : vector<4xf64>
  %28 = math.powf %v, %v : vector<4xf64>
  %29 = math.absi %i : i32
  %30 = math.ctlz %i : i32
  %31 = math.ctpop %i : i32
  %32 = math.cttz %i : i32
  %33 = math.fma %x, %x, %x fastmath<contract> : f32
  %34 = math.fpowi %x, %i fastmath<afn> : f32, i32
  %35 = math.ipowi %i, %i : i32
  %36 = math.asinh %x : f32
  %37 = math.acosh %x : f32
  %38 = math.atanh %x : f32
  return
}

// CHECK: func.func @all(%arg0: f32, %arg1: vector<4xf64>, %arg2: i32) {
// CHECK: %0 = math.absf %arg0 : f32
// CHECK: %1 = math.acos %arg0 : f32
// CHECK: %2 = math.asin %arg0 : f32
// CHECK: %3 = math.atan %arg0 : f32
// CHECK: %4 = math.cbrt %arg0 : f32
// CHECK: %5 = math.ceil %arg0 : f32
// CHECK: %6 = math.cos %arg0 : f32
// CHECK: %7 = math.cosh %arg0 : f32
// CHECK: %8 = math.erf %arg0 : f32
// CHECK: %9 = math.exp %arg0 : f32
// CHECK: %10 = math.exp2 %arg0 : f32
// CHECK: %11 = math.expm1 %arg0 : f32
// CHECK: %12 = math.floor %arg0 : f32
// CHECK: %13 = math.log %arg0 : f32
// CHECK: %14 = math.log10 %arg0 : f32
// CHECK: %15 = math.log1p %arg0 : f32
// CHECK: %16 = math.log2 %arg0 : f32
// CHECK: %17 = math.round %arg0 : f32
// CHECK: %18 = math.roundeven %arg0 : f32
// CHECK: %19 = math.rsqrt %arg0 : f32
// CHECK: %20 = math.sin %arg0 : f32
// CHECK: %21 = math.sinh %arg0 : f32
// CHECK: %22 = math.sqrt %arg0 : f32
// CHECK: %23 = math.tan %arg0 : f32
// CHECK: %24 = math.tanh %arg0 : f32
// CHECK: %25 = math.trunc %arg0 : f32
// CHECK: %26 = math.atan2 %arg1, %arg1 : vector<4xf64>
// CHECK: %27 = math.copysign %arg1, %arg1 : vector<4xf64>
// CHECK: %28 = math.powf %arg1, %arg1 : vector<4xf64>
// CHECK: %29 = math.absi %arg2 : i32
// CHECK: %30 = math.ctlz %arg2 : i32
// CHECK: %31 = math.ctpop %arg2 : i32
// CHECK: %32 = math.cttz %arg2 : i32
// CHECK: %33 = math.fma %arg0, %arg0, %arg0 fastmath<contract> : f32
// CHECK: %34 = math.fpowi %arg0, %arg2 fastmath<afn> : f32, i32
// CHECK: %35 = math.ipowi %arg2, %arg2 : i32
// CHECK: %36 = math.asinh %arg0 : f32
// CHECK: %37 = math.acosh %arg0 : f32
// CHECK: %38 = math.atanh %arg0 : f32
// CHECK: return
