// Calls of addresses, weights of branches and allocations of arguments are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

llvm.func @indirect(%f: !llvm.ptr, %x: i32) -> i32 {
  %0 = llvm.call %f(%x) : !llvm.ptr, (i32) -> i32
  llvm.call %f(%x) {note} : !llvm.ptr, (i32) -> ()
  %1 = llvm.call fastcc tail %f(%x) : !llvm.ptr, (i32) -> i32
  %2 = llvm.call %f(%x) vararg(!llvm.func<i32 (...)>) : !llvm.ptr, (i32) -> i32
  llvm.return %0 : i32
}
llvm.func @weights(%c: i1, %x: i32) -> i32 {
  llvm.cond_br %c weights([5, 10]), ^a, ^b(%x : i32) {note}
^a:
  llvm.cond_br %c weights([]), ^b(%x : i32), ^b(%x : i32)
^b(%y : i32):
  llvm.switch %y : i32, ^c [
    1: ^c
  ] {branch_weights = array<i32: 1, 2>}
^c:
  llvm.return %y : i32
}
llvm.func @allocations(%n: i64) {
  %0 = llvm.alloca inalloca %n x i32 {alignment = 8 : i64} : (i64) -> !llvm.ptr
  %1 = llvm.alloca %n x i32 {inalloca} : (i64) -> !llvm.ptr<3>
  llvm.return
}

// CHECK: %0 = llvm.call %arg0(%arg1) : !llvm.ptr, (i32) -> i32
// CHECK: llvm.call %arg0(%arg1) {note} : !llvm.ptr, (i32) -> ()
// CHECK: %1 = llvm.call fastcc tail %arg0(%arg1) : !llvm.ptr, (i32) -> i32
// CHECK: %2 = llvm.call %arg0(%arg1) vararg(!llvm.func<i32 (...)>) : !llvm.ptr, (i32) -> i32
// CHECK: llvm.cond_br %arg0 weights([5, 10]), ^bb1, ^bb2(%arg1 : i32) {note}
// CHECK: llvm.cond_br %arg0 weights([]), ^bb2(%arg1 : i32), ^bb2(%arg1 : i32)
// CHECK: llvm.switch
// CHECK: ] {branch_weights = array<i32: 1, 2>}
// CHECK: %0 = llvm.alloca inalloca %arg0 x i32 {alignment = 8 : i64} : (i64) -> !llvm.ptr
// CHECK: %1 = llvm.alloca inalloca %arg0 x i32 : (i64) -> !llvm.ptr<3>
