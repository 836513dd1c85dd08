// RUN: irc-opt %s --expand-small-floats | filecheck %s

// What is computed is computed in f32 and rounded once.
// CHECK-LABEL: func.func @sum
// CHECK: %[[A:.+]] = arith.bitcast %arg0 : f8E5M2 to i8
// CHECK: arith.extui %[[A]] : i8 to i32
// CHECK: %[[S:.+]] = arith.addf %{{.+}}, %{{.+}} : f32
// CHECK: arith.bitcast %[[S]] : f32 to i32
// CHECK: %[[R:.+]] = arith.trunci %{{.+}} : i32 to i8
// CHECK: %[[Y:.+]] = arith.bitcast %[[R]] : i8 to f8E5M2
// CHECK: return %[[Y]] : f8E5M2
func.func @sum(%x: f8E5M2, %y: f8E5M2) -> f8E5M2 {
  %z = arith.addf %x, %y : f8E5M2
  return %z : f8E5M2
}

// CHECK-LABEL: func.func @vectors
// CHECK: math.exp %{{.+}} : vector<8xf32>
// CHECK: arith.bitcast %{{.+}} : vector<8xi4> to vector<8xf4E2M1FN>
func.func @vectors(%x: vector<8xf4E2M1FN>) -> vector<8xf4E2M1FN> {
  %y = math.exp %x : vector<8xf4E2M1FN>
  return %y : vector<8xf4E2M1FN>
}

// Elements that are only moved stay as they are, and so does what is not small.
// CHECK-LABEL: func.func @moved
// CHECK-NEXT: arith.select
// CHECK-NEXT: arith.addf
// CHECK-NEXT: return
func.func @moved(%c: i1, %x: f8E4M3FN, %y: f8E4M3FN, %z: f16) -> (f8E4M3FN, f16) {
  %r = arith.select %c, %x, %y : f8E4M3FN
  %s = arith.addf %z, %z : f16
  return %r, %s : f8E4M3FN, f16
}

// LLVM would convert these one by one.
// CHECK-LABEL: func.func @upper_half
// CHECK: arith.extui %{{.+}} : vector<8xi16> to vector<8xi32>
// CHECK: arith.mulf %{{.+}} : vector<8xf32>
// CHECK: arith.bitcast %{{.+}} : vector<8xi16> to vector<8xbf16>
func.func @upper_half(%x: vector<8xbf16>) -> vector<8xbf16> {
  %y = arith.mulf %x, %x : vector<8xbf16>
  return %y : vector<8xbf16>
}

// A double is first rounded to odd, so that its last rounding is the only one that counts.
// CHECK-LABEL: func.func @double
// CHECK: arith.truncf %{{.+}} : f64 to f32
// CHECK: arith.extf %{{.+}} : f32 to f64
// CHECK: arith.cmpf une
func.func @double(%x: f64) -> f8E4M3FN {
  %y = arith.truncf %x : f64 to f8E4M3FN
  return %y : f8E4M3FN
}
