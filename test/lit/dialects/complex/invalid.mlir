// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f() {
  // expected-error @+1 {{'complex.constant' op requires 'value' to be a complex constant, represented as array of two values}}
  %0 = complex.constant [1.0 : f32] : complex<f32>
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{'complex.constant' op requires attribute's element types ('f32', 'i32') to match the element type of the op's return type ('f32')}}
  %0 = complex.constant [1.0 : f32, 1 : i32] : complex<f32>
  return
}

// -----

func.func @f(%z: complex<i32>) {
  // expected-error @+1 {{'complex.re' op operand #0 must be complex type with floating-point elements, but got 'complex<i32>'}}
  %0 = "complex.re"(%z) : (complex<i32>) -> f32
  return
}

// -----

func.func @f(%x: f64) {
  // expected-error @+1 {{'complex.create' op failed to verify that complex element type matches real operand type}}
  %0 = "complex.create"(%x, %x) : (f64, f64) -> complex<f32>
  return
}

// -----

func.func @f(%z: complex<f32>) {
  // expected-error @+1 {{'complex.abs' op failed to verify that complex element type matches result type}}
  %0 = "complex.abs"(%z) : (complex<f32>) -> f64
  return
}

// -----

func.func @f(%z: complex<f32>, %w: complex<f64>) {
  // expected-error @+1 {{'complex.eq' op failed to verify that all of {lhs, rhs} have same type}}
  %0 = "complex.eq"(%z, %w) : (complex<f32>, complex<f64>) -> i1
  return
}

// -----

func.func @f(%z: complex<f32>, %w: complex<f64>) {
  // expected-error @+1 {{'complex.add' op requires the same type for all operands and results}}
  %0 = "complex.add"(%z, %w) : (complex<f32>, complex<f64>) -> complex<f32>
  return
}

// -----

func.func @f(%z: f32) {
  // expected-error @+1 {{'complex.bitcast' op requires that either input or output has a complex type}}
  %0 = complex.bitcast %z : f32 to i32
  return
}

// -----

func.func @f(%z: f32) {
  // expected-error @+1 {{'complex.bitcast' op casting bitwidths do not match}}
  %0 = complex.bitcast %z : f32 to complex<f32>
  return
}

// -----

func.func @f(%z: index) {
  // expected-error @+1 {{'complex.bitcast' op operand must be int/float/complex}}
  %0 = complex.bitcast %z : index to complex<f32>
  return
}

// -----

func.func @not_complex(%x: f32) {
  // expected-error @+1 {{'complex.create' op result #0 must be complex type with floating-point elements, but got 'f32'}}
  %0 = complex.create %x, %x : f32
  return
}
