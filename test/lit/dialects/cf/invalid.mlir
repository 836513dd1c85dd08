// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: f32) {
  // expected-error @+1 {{branch has 0 operands for successor #0, but target block has 1 arguments}}
  cf.br ^bb1
^bb1(%y: f32):
  return
}

// -----

func.func @f(%x: f32) {
  // expected-error @+1 {{type mismatch for bb argument #0 of successor #0}}
  cf.br ^bb1(%x : f32)
^bb1(%y: f64):
  return
}

// -----

func.func @f(%c: i1) {
  // expected-error @+1 {{reference to an undefined block '^bb7'}}
  cf.cond_br %c, ^bb1, ^bb7
^bb1:
  return
}

// -----

func.func @f(%c: i1, %x: f32) -> f32 {
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  // expected-note @+1 {{operand defined here}}
  %y = arith.negf %x : f32
  cf.br ^bb2
^bb2:
  // expected-error @+1 {{operand #0 does not dominate this use}}
  return %y : f32
}

// -----

func.func @f(%n: i32) {
  // expected-error @+1 {{expected 'default', got '1'}}
  cf.switch %n : i32, [1: ^bb1]
^bb1:
  return
}

// -----

func.func @f(%n: i32) {
  // expected-error @+1 {{'cf.switch' op 'flag' type ('i32') should match case value type ('i64')}}
  "cf.switch"(%n)[^bb1, ^bb1] <{case_values = dense<1> : vector<1xi64>, case_operand_segments = array<i32: 0>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
^bb1:
  return
}

// -----

func.func @f(%n: i32) {
  // expected-error @+1 {{'cf.switch' op number of case values (2) should match number of case destinations (1)}}
  "cf.switch"(%n)[^bb1, ^bb1] <{case_values = dense<1> : vector<2xi32>, case_operand_segments = array<i32: 0>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
^bb1:
  return
}

// -----

func.func @f(%n: i32, %x: f32) {
  // expected-error @+1 {{'cf.switch' op case_operand_segments does not match the operands and the case destinations}}
  "cf.switch"(%n, %x)[^bb1, ^bb1] <{case_values = dense<1> : vector<1xi32>, case_operand_segments = array<i32: 0>, operandSegmentSizes = array<i32: 1, 0, 1>}> : (i32, f32) -> ()
^bb1:
  return
}
