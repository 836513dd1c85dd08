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
  // expected-error @+1 {{requires the same type for all operands and results}}
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

// -----

func.func @f(%x: f64) {
  // expected-error @+1 {{unknown rounding mode 'upwards'; did you mean 'upward'?}}
  %0 = arith.truncf %x upwards : f64 to f32
  return
}

// -----

func.func @f(%x: i32) {
  // expected-error @+1 {{'arith.addui_extended' op result #1 must be bool-like, but got 'i2'}}
  %0:2 = "arith.addui_extended"(%x, %x) : (i32, i32) -> (i32, i2)
  return
}

// -----

func.func @f(%x: vector<4xi32>) {
  // expected-error @+1 {{if an operand is non-scalar, then all results must be non-scalar}}
  %0:2 = "arith.addui_extended"(%x, %x) : (vector<4xi32>, vector<4xi32>) -> (vector<4xi32>, i1)
  return
}

// -----

func.func @f(%x: i32) {
  // expected-error @+1 {{failed to verify that all of {lhs, rhs, low, high} have same type}}
  %0:2 = "arith.mulsi_extended"(%x, %x) : (i32, i32) -> (i32, i64)
  return
}

// -----

func.func @f(%x: i64) {
  // expected-error @+1 {{operand type 'i64' and result type 'i32' are cast incompatible}}
  %0 = arith.index_cast %x : i64 to i32
  return
}

// -----

func.func @f(%x: i64) {
  // expected-error @+1 {{expected one of none, nsw, nuw, got 'wrap'}}
  %0 = arith.addi %x, %x overflow<wrap> : i64
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{integer return type must be signless}}
  %0 = arith.constant 1 : si32
  return
}
