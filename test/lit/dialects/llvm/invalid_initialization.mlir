// What cannot run around a program, and what cannot be the value of a global.
// RUN: irc-opt %s --split-input-file --verify-diagnostics

llvm.func @declared()
// expected-error @+1 {{'llvm.mlir.global_ctors' op 'declared' does not have a definition}}
llvm.mlir.global_ctors {ctors = [@declared], priorities = [0 : i32]}

// -----

// expected-error @+1 {{'llvm.mlir.global_dtors' op 'unknown' does not reference a valid LLVM function}}
llvm.mlir.global_dtors {dtors = [@unknown], priorities = [0 : i32]}

// -----

llvm.mlir.global @number(1 : i32) : i32
// expected-error @+1 {{'llvm.mlir.global_dtors' op 'number' does not reference a valid LLVM function}}
llvm.mlir.global_dtors {dtors = [@number], priorities = [0 : i32]}

// -----

llvm.func @f() {
  llvm.return
}
// expected-error @+1 {{mismatch between the number of ctors and the number of priorities}}
llvm.mlir.global_ctors {ctors = [@f], priorities = [0 : i32, 1 : i32]}

// -----

// expected-error @+1 {{attribute 'dtors' failed to satisfy constraint: flat symbol ref array attribute}}
llvm.mlir.global_dtors {dtors = [1 : i32], priorities = [0 : i32]}

// -----

llvm.func @f() {
  llvm.return
}
// expected-error @+1 {{attribute 'priorities' failed to satisfy constraint: 32-bit integer array attribute}}
llvm.mlir.global_ctors {ctors = [@f], priorities = [0 : i64]}

// -----

// expected-error @+1 {{'llvm.mlir.global' op initializer region type 'i64' does not match global type 'i32'}}
llvm.mlir.global @g() : i32 {
  %0 = llvm.mlir.constant(1 : i64) : i64
  llvm.return %0 : i64
}

// -----

// expected-error @+1 {{'llvm.mlir.global' op initializer region cannot return void}}
llvm.mlir.global @g() : i32 {
  llvm.return
}

// -----

// expected-error @+1 {{'llvm.mlir.global' op expects regions to end with 'llvm.return', found 'llvm.unreachable'}}
llvm.mlir.global @g() : i32 {
  llvm.unreachable
}

// -----

// expected-error @+1 {{'llvm.mlir.global' op expects region #0 to have 0 or 1 blocks}}
llvm.mlir.global @g() : i32 {
  %0 = llvm.mlir.constant(1 : i32) : i32
  llvm.br ^end
^end:
  llvm.return %0 : i32
}
