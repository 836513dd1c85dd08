// Passes are listed by name, each with the first line of its documentation; no input is read.
// RUN: irc-opt --list-passes no-such-file | filecheck %s

// CHECK: --algebra {{ +}}Simplify by algebraic identities
// CHECK: --canonicalize {{ +}}Fold constants
// CHECK-NEXT: --checkpoint-loops
// CHECK-NEXT: --convert-complex-to-standard
// CHECK-NEXT: --convert-to-llvm
// CHECK: --symbol-dce
