// RUN: irc-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{'builtin.module' op can only contain attributes with dialect-prefixed names, found: 'flag'}}
module attributes {flag} {
}

// -----

func.func @f(%x: i64) {
  // expected-error @+1 {{'builtin.unrealized_conversion_cast' op expected at least one result for cast operation}}
  "builtin.unrealized_conversion_cast"(%x) : (i64) -> ()
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{expected a complex number, '(re, im)', for an element of type 'complex<f32>'}}
  %0 = arith.constant dense<1.0> : tensor<2xcomplex<f32>>
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{the number with this bit pattern is not kept: 'f80' has the precision of 'f64' here}}
  %0 = arith.constant 0x3FFF8000000000000001 : f80
  return
}
