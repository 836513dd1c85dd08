// Custom derivatives that do not fit, and what they do not give.
// RUN: irc-opt %s --differentiate --split-input-file --verify-diagnostics

func.func private @f(%x: f64, %n: i32) -> f64 {
  return %x : f64
}
func.func private @f_jvp(%x: f64, %t: f64) -> (f64, f64) {
  return %x, %t : f64, f64
}
// expected-error @+1 {{'@f_jvp' must take the arguments of '@f' and tangents of the float ones, (f64, i32, f64), got (f64, f64)}}
ad.custom_jvp @f, @f_jvp

// -----

func.func private @f(%x: f64) -> f64 {
  return %x : f64
}
func.func private @f_fwd(%x: f64) -> (f64, i32) {
  %n = arith.constant 3 : i32
  return %x, %n : f64, i32
}
func.func private @f_bwd(%n: i32, %ct: f32) -> f64 {
  %d = arith.extf %ct : f32 to f64
  return %d : f64
}
// expected-error @+1 {{'@f_bwd' must take the residuals of '@f_fwd' and cotangents of the float results of '@f', (i32, f64), got (i32, f32)}}
ad.custom_vjp @f, @f_fwd, @f_bwd

// -----

func.func private @f(%x: f64) -> f64 {
  return %x : f64
}
func.func private @f_fwd(%x: f64) -> f64 {
  return %x : f64
}
func.func private @f_bwd(%ct: f64) -> f64 {
  return %ct : f64
}
// expected-error @+1 {{'@f' has a derivative in reverse mode only: forward mode needs 'ad.custom_jvp @f, …'}}
ad.custom_vjp @f, @f_fwd, @f_bwd

func.func @main(%x: f64) -> f64 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.jvp @f(%x) tangents(%x) : (f64), (f64) -> (f64, f64)
  return %r#1 : f64
}

// -----

func.func private @f(%x: f64) -> f64 {
  return %x : f64
}
func.func private @d(%x: f64, %t: f64) -> (f64, f64) {
  return %x, %t : f64, f64
}
// expected-note @+1 {{the other one is here}}
ad.custom_jvp @f, @d
// expected-error @+1 {{gives '@f' a second derivative of this kind}}
ad.custom_jvp @f, @d

func.func @main(%x: f64) -> f64 {
  %r:2 = ad.jvp @f(%x) tangents(%x) : (f64), (f64) -> (f64, f64)
  return %r#1 : f64
}

// -----

func.func private @f(%x: f64, %n: i32) -> f64 {
  return %x : f64
}

func.func @main(%x: f64, %n: i32) -> f64 {
  // expected-error @+1 {{tangents #0 must have type 'f64', got 'i32'}}
  %r:2 = ad.jvp @f(%x, %n) tangents(%n) : (f64, i32), (i32) -> (f64, f64)
  return %r#1 : f64
}

// -----

// An argument that stands for what a function closes over.
func.func private @f(%x: f64, %a: f64) -> f64 {
  %y = arith.mulf %a, %x : f64
  return %y : f64
}
func.func private @d(%x: f64, %a: f64, %t: f64, %s: f64) -> (f64, f64) {
  %y = arith.mulf %a, %x : f64
  %u = arith.mulf %a, %t : f64
  return %y, %u : f64, f64
}
// expected-note @+1 {{the derivative is given here}}
ad.custom_jvp @f, @d {constants = [1]}

func.func private @g(%x: f64, %a: f64) -> f64 {
  %b = math.sin %a : f64
  // expected-error @+1 {{the derivative of '@f' is given with respect to its arguments alone, but it is differentiated with respect to a value that it closes over (#1): pass that as an argument, or use stop_gradient}}
  %y = func.call @f(%x, %b) : (f64, f64) -> f64
  return %y : f64
}
func.func @main(%x: f64, %a: f64) -> (f64, f64) {
  %r:2 = ad.value_and_grad @g(%x, %a) : (f64, f64) -> (f64, f64)
  // expected-note @+1 {{differentiation was requested here}}
  %s:2 = ad.value_and_grad @g(%x, %a) {wrt = [1]} : (f64, f64) -> (f64, f64)
  return %r#1, %s#1 : f64, f64
}

// -----

func.func private @f(%x: f64) -> f64 {
  return %x : f64
}
func.func private @d(%x: f64, %t: f64) -> (f64, f64) {
  return %x, %t : f64, f64
}
// expected-error @+1 {{'constants' names argument 1 of a function of 1}}
ad.custom_jvp @f, @d {constants = [1]}
