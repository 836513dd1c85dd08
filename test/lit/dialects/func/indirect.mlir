// Functions as values.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s
// RUN: irc-opt %s --canonicalize | filecheck %s --check-prefix=CANON

func.func private @callee(i32) -> i32
func.func @indirect(%x: i32) -> i32 {
  %c = constant @callee : (i32) -> i32
  %0 = call_indirect %c(%x) : (i32) -> i32
  %1 = func.call_indirect %c(%0) {tag} : (i32) -> i32
  return %1 : i32
}

// CHECK: %f = constant @callee : (i32) -> i32
// CHECK: %0 = call_indirect %f(%arg0) : (i32) -> i32
// CHECK: %1 = call_indirect %f(%0) {tag} : (i32) -> i32
// CANON: %0 = call @callee(%arg0) : (i32) -> i32
// CANON: %1 = call @callee(%0) {tag} : (i32) -> i32
