// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: f32) {
  // expected-error @+1 {{'arith.addi' op operand #0 must be signless-integer-like, but got 'f32'}}
  %0 = arith.addi %x, %x : f32
  return
}

// -----

func.func @f(%x: f32, %y: f64) {
  // expected-error @+1 {{use of value '%y' expects different type than prior uses: 'f32' vs 'f64'}}
  %0 = arith.addf %x, %y : f32
  return
}

// -----

func.func @f(%x: f32, %y: f64) {
  // expected-error @+1 {{failed to verify that all of {lhs, rhs, result} have same type}}
  %0 = "arith.addf"(%x, %y) : (f32, f64) -> f32
  return
}

// -----

func.func @f(%x: f64) {
  // expected-error @+1 {{operand type 'f64' and result type 'f32' are cast incompatible}}
  %0 = arith.extf %x : f64 to f32
  return
}

// -----

func.func @f(%x: vector<4xf32>) {
  // expected-error @+1 {{are cast incompatible}}
  %0 = arith.bitcast %x : vector<4xf32> to vector<8xi32>
  return
}

// -----

func.func @f(%x: i32) {
  // expected-error @+1 {{unknown predicate 'lt'}}
  %0 = arith.cmpi lt, %x, %x : i32
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{integer constant out of range for type 'i8'}}
  %0 = arith.constant 300 : i8
  // expected-error @+1 {{write '1.0'}}
  %1 = arith.constant 1 : f32
  return
}

// -----

func.func @f(%x: f32) {
  // expected-error @+1 {{custom op 'arith.adf' is unknown; did you mean 'arith.addf'?}}
  %0 = arith.adf %x, %x : f32
  // expected-error @+1 {{expected ',', got '%x'}}
  %1 = arith.addf %x %x : f32
  // expected-error @+1 {{use of undeclared SSA value name '%xx'; did you mean '%x'?}}
  %2 = arith.addf %x, %xx : f32
  return
}
