// RUN: irc-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

// expected-error@+1 {{@ identifier expected to start with letter or '_'}}
"t"() {v = @} : () -> ()

// -----
// expected-error@+1 {{@ identifier expected to start with letter or '_'}}
func.func private @ f()

// -----
// expected-error@+1 {{expected ',', got '-'}}
"t"() {v = @a-b} : () -> ()

// -----
// expected-error@+1 {{attribute names with a '.' are reserved for dialect-defined names}}
#a.b = 1

// -----
// expected-error@+1 {{type names with a '.' are reserved for dialect-defined names}}
!a.b = i32

// -----
// expected-error@+1 {{invalid type identifier}}
! = i32

// -----
// expected-error@+1 {{operation location alias '#later' was never defined}}
#a = loc(#later)
#later = loc("x")

// -----
// expected-error@+1 {{expected valid attribute name}}
"t"() {"" = 1} : () -> ()

// -----
// expected-error@+1 {{empty operation name is invalid}}
""() : () -> ()

// -----
// expected-error@+1 {{expected a block name, got ']'}}
"t"()[] : () -> ()

// -----
// expected-error@+1 {{unbalanced '(' character in pretty dialect name}}
"t"() {v = !foo.a<(>} : () -> ()

// -----
// expected-error@+1 {{expected '"' in string literal}}
"t"() {v = !foo.a<"b>} : () -> ()

// -----
func.func @f() {
  // expected-error@+1 {{invalid block name}}
^:
  return
}

// -----
func.func @f(%a: i32) {
// expected-error@+1 {{invalid block name in region with named arguments}}
^entry(%b: i32):
  return
}

// -----
// expected-error@+1 {{result number not allowed in argument list}}
func.func @f(%a#0: i32) {
  return
}

// -----
// expected-error@+1 {{empty block: expect at least a terminator}}
"t"() ({
^a:
^b:
  "t"() : () -> ()
}) : () -> ()

// -----
// What a name was before is noted.

// expected-note@+1 {{prior use here}}
func.func @f(%a: i32) {
  // expected-error@+1 {{use of value '%a' expects different type than prior uses: 'i64' vs 'i32'}}
  %0 = arith.addi %a, %a : i64
  return
}

// -----
func.func @f() {
  // expected-note@+1 {{prior use here}}
  "t"(%a) : (i32) -> ()
  // expected-error@+1 {{use of value '%a' expects different type than prior uses: 'i64' vs 'i32'}}
  "t"(%a) : (i64) -> ()
  %a = "t"() : () -> i32
  return
}

// -----
func.func @f() {
  // expected-note@+1 {{previously used here with type 'i64'}}
  "t"(%a) : (i64) -> ()
  // expected-error@+1 {{definition of SSA value '%a' has type 'i32'}}
  %a = "t"() : () -> i32
  return
}

// -----
func.func @f() {
  // expected-note@+1 {{previously defined here}}
  %a = "t"() : () -> i32
  // expected-error@+1 {{redefinition of SSA value '%a'}}
  %a = "t"() : () -> i32
  return
}

// -----
// expected-error@+1 {{invalid type identifier}}
"t"() {v = !<a>} : () -> ()

// -----
// expected-error@+1 {{invalid attribute name}}
"t"() {v = #<a>} : () -> ()

// -----
// expected-error@+1 {{expected '=', got 'x'}}
%1x = "t"() : () -> i32
