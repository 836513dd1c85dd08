// RUN: irc-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{type of entry block argument #0('f32') must match the type of the corresponding argument}}
"func.func"() <{sym_name = "f", function_type = (i32) -> ()}> ({
^bb0(%x: f32):
  "func.return"() : () -> ()
}) : () -> ()

// -----

func.func @f() -> f32 {
  // expected-error @+1 {{'func.return' op has 0 operands, but enclosing function (@f) returns 1}}
  return
}

// -----

func.func @f(%x: i32) -> f32 {
  // expected-error @+1 {{type of return operand 0 ('i32') doesn't match function result type ('f32')}}
  return %x : i32
}

// -----

func.func @f() {
  // expected-error @+1 {{'@g' does not reference a valid function}}
  call @g() : () -> ()
  return
}

// -----

func.func private @g(f32) -> i32
func.func @f(%x: f32) {
  // expected-error @+1 {{incorrect number of operands for callee}}
  call @g() : () -> i32
  // expected-error @+1 {{result type mismatch at index 0: expected 'i32', but provided 'f32'}}
  %0 = call @g(%x) : (f32) -> f32
  return
}

// -----

// expected-note @+1 {{see existing symbol definition here}}
func.func private @g()
// expected-error @+1 {{redefinition of symbol named 'g'}}
func.func private @g()

// -----

func.func @f(%x: f32) {
  func.func @inner() {
    // expected-error @+1 {{use of undeclared SSA value name '%x'}}
    %y = arith.negf %x : f32
    return
  }
  return
}

// -----

// expected-error @+2 {{block with no terminator}}
func.func @f(%x: f32) {
  %y = arith.negf %x : f32
}

// -----

// expected-error @+1 {{'func.func' op symbol declaration cannot have public visibility}}
func.func @declared(f32) -> f32

// -----

// What the syntax says is not repeated.

// expected-error @+1 {{'sym_name' is an inferred attribute and should not be specified in the explicit attribute dictionary}}
func.func private @f() attributes {sym_name = "g"}

// -----

// expected-error @+1 {{'sym_visibility' is an inferred attribute and should not be specified in the explicit attribute dictionary}}
func.func @f() attributes {sym_visibility = "private"} { return }

// -----

// expected-error @+1 {{'function_type' is an inferred attribute and should not be specified in the explicit attribute dictionary}}
func.func private @f() attributes {function_type = () -> i32}

// -----

// expected-error @+1 {{attribute 'arg_attrs' occurs more than once in the attribute list}}
func.func private @f(i32 {a.b}) attributes {arg_attrs = [{a.c}]}

// -----

// expected-error @+1 {{arguments may only have dialect attributes}}
func.func private @f(i32 {foo = 1})

// -----

// expected-error @+1 {{results may only have dialect attributes}}
func.func private @f() -> (i32 {foo})

// -----

// expected-error @+1 {{expected type instead of SSA identifier}}
func.func private @f(i32, %a: i32)

// -----

// expected-error @+1 {{expected SSA identifier}}
func.func private @f(%a: i32, i32)
