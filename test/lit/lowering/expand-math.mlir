// RUN: irc-opt %s --expand-math | filecheck %s

// The integer nearest to x / ln 2 comes from the bits of a sum; no conversion, which NaN would make undefined.
// CHECK-LABEL: func.func @exp
// CHECK: arith.addf
// CHECK: arith.bitcast %{{.+}} : vector<16xf32> to vector<16xi32>
// CHECK-COUNT-5: math.fma
// CHECK: arith.shli
// CHECK-NOT: math.exp
// CHECK: return
func.func @exp(%x: vector<16xf32>) -> vector<16xf32> {
  %0 = math.exp %x : vector<16xf32>
  return %0 : vector<16xf32>
}

// Narrow types are computed in f32.
// CHECK-LABEL: func.func @narrow
// CHECK: arith.extf %arg0 : bf16 to f32
// CHECK-NOT: math.tanh
// CHECK: arith.truncf %{{.+}} : f32 to bf16
func.func @narrow(%x: bf16) -> bf16 {
  %0 = math.tanh %x : bf16
  return %0 : bf16
}

// Arguments too large for the reduction go to the library, behind a branch.
// CHECK-LABEL: func.func @sin
// CHECK: %[[FAR:.+]] = arith.cmpf ogt, %{{.+}}, %{{.+}} : vector<8xf64>
// CHECK: %[[ANY:.+]] = vector.reduction <or>, %[[FAR]] : vector<8xi1> into i1
// CHECK: scf.if %[[ANY]] -> (vector<8xf64>) {
// CHECK: math.sin %arg0 {irc.library_call} : vector<8xf64>
func.func @sin(%x: vector<8xf64>) -> vector<8xf64> {
  %0 = math.sin %x : vector<8xf64>
  return %0 : vector<8xf64>
}

// Powers of some constants are products and roots, of f64 too. The root of -inf is NaN, but its power is not.
// CHECK-LABEL: func.func @constant_power
// CHECK: %[[A:.+]] = math.absf %arg0
// CHECK: %[[S:.+]] = math.sqrt %arg0
// CHECK: %[[R:.+]] = arith.addf %[[S]], %{{.+}} : vector<8xf64>
// CHECK: %[[P:.+]] = arith.mulf %[[A]], %[[R]]
// CHECK: %[[C:.+]] = arith.cmpf oeq, %arg0, %[[INF:.+]] : vector<8xf64>
// CHECK: arith.select %[[C]], %{{.+}}, %[[P]]
func.func @constant_power(%x: vector<8xf64>) -> vector<8xf64> {
  %y = arith.constant dense<1.5> : vector<8xf64>
  %0 = math.powf %x, %y : vector<8xf64>
  return %0 : vector<8xf64>
}

// What is not expanded stays: other functions, and powers of f64.
// CHECK-LABEL: func.func @library
// CHECK: math.atan
// CHECK: math.powf
func.func @library(%x: f64) -> f64 {
  %0 = math.atan %x : f64
  %1 = math.powf %0, %x : f64
  return %1 : f64
}
