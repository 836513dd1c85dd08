// RUN: irc-opt %s --convert-complex-to-standard --canonicalize --cse | filecheck %s

// CHECK-LABEL: func.func @mul
// CHECK-DAG: %[[A:.+]] = complex.re %arg0
// CHECK-DAG: %[[B:.+]] = complex.im %arg0
// CHECK-DAG: %[[C:.+]] = complex.re %arg1
// CHECK-DAG: %[[D:.+]] = complex.im %arg1
// CHECK-DAG: %[[AC:.+]] = arith.mulf %[[A]], %[[C]] : f32
// CHECK-DAG: %[[BD:.+]] = arith.mulf %[[B]], %[[D]] : f32
// CHECK-DAG: %[[RE:.+]] = arith.subf %[[AC]], %[[BD]] : f32
// CHECK: %[[IM:.+]] = arith.addf
// CHECK: complex.create %[[RE]], %[[IM]] : complex<f32>
func.func @mul(%z: complex<f32>, %w: complex<f32>) -> complex<f32> {
  %0 = complex.mul %z, %w : complex<f32>
  return %0 : complex<f32>
}

// Between ops there are no numbers any more, only parts.
// CHECK-LABEL: func.func @chain
// CHECK-SAME: (%[[X:.+]]: f64, %[[Y:.+]]: f64)
// CHECK-NOT: complex
// CHECK: math.cos %[[Y]] : f64
// CHECK-NOT: complex
// CHECK: return
func.func @chain(%x: f64, %y: f64) -> f64 {
  %z = complex.create %x, %y : complex<f64>
  %0 = complex.exp %z : complex<f64>
  %1 = complex.sqrt %0 : complex<f64>
  %2 = complex.abs %1 : complex<f64>
  return %2 : f64
}

// The absolute value of floats is computed in doubles, where squares do not overflow.
// CHECK-LABEL: func.func @abs
// CHECK-COUNT-2: arith.extf %{{.+}} : f32 to f64
// CHECK: math.sqrt %{{.+}} : f64
// CHECK: arith.truncf %{{.+}} : f64 to f32
func.func @abs(%z: complex<f32>) -> f32 {
  %0 = complex.abs %z : complex<f32>
  return %0 : f32
}

// CHECK-LABEL: func.func @narrow
// CHECK: arith.extf %{{.+}} : bf16 to f32
// CHECK: arith.divf %{{.+}} : f32
// CHECK: arith.truncf %{{.+}} : f32 to bf16
func.func @narrow(%z: complex<bf16>) -> complex<bf16> {
  %0 = complex.rsqrt %z : complex<bf16>
  return %0 : complex<bf16>
}

// CHECK-LABEL: func.func @select
// CHECK-COUNT-2: arith.select %arg0, %{{.+}}, %{{.+}} : f32
func.func @select(%c: i1, %z: complex<f32>, %w: complex<f32>) -> complex<f32> {
  %0 = arith.select %c, %z, %w : complex<f32>
  return %0 : complex<f32>
}

// The real part comes first in memory.
// CHECK-LABEL: func.func @bits
// CHECK: %[[RE:.+]] = arith.bitcast %{{.+}} : f32 to i32
// CHECK: %[[LOW:.+]] = arith.extui %[[RE]] : i32 to i64
// CHECK: %[[HIGH:.+]] = arith.shli
// CHECK: arith.ori %[[LOW]], %[[HIGH]] : i64
func.func @bits(%z: complex<f32>) -> i64 {
  %0 = complex.bitcast %z : complex<f32> to i64
  return %0 : i64
}
