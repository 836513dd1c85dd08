// Calls that may unwind, and where these land.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

llvm.func @personality(...) -> i32
llvm.func @f(i32) -> i32
llvm.func @g(i32, ...)

llvm.func @h(%x: i32, %p: !llvm.ptr, %a: !llvm.array<1 x i8>) -> i32 attributes {personality = @personality} {
  %n = llvm.mlir.zero : !llvm.ptr
  %m = llvm.mlir.addressof @f : !llvm.ptr
  // CHECK: %2 = llvm.invoke @f(%arg0) to ^bb1 unwind ^bb3 : (i32) -> i32
  %0 = llvm.invoke @f(%x) to ^bb1 unwind ^bb3 : (i32) -> i32
^bb1:
  // CHECK: llvm.invoke fastcc @g(%arg0, %arg0) to ^bb2(%arg0 : i32) unwind ^bb3 vararg(!llvm.func<void (i32, ...)>) {note} : (i32, i32) -> ()
  llvm.invoke fastcc @g(%x, %x) to ^bb2(%x : i32) unwind ^bb3 vararg(!llvm.func<void (i32, ...)>) {note} : (i32, i32) -> ()
^bb2(%y: i32):
  // CHECK: %4 = llvm.invoke %arg1(%3) to ^bb2(%arg0 : i32) unwind ^bb4(%2 : i32) : !llvm.ptr, (i32) -> i32
  %1 = llvm.invoke %p(%y) to ^bb2(%x : i32) unwind ^bb4(%0 : i32) : !llvm.ptr, (i32) -> i32
^bb3:
  // CHECK: %5 = llvm.landingpad cleanup (catch %0 : !llvm.ptr) (filter %arg2 : !llvm.array<1 x i8>) : !llvm.struct<(ptr, i32)>
  %2 = llvm.landingpad cleanup (catch %n : !llvm.ptr) (filter %a : !llvm.array<1 x i8>) : !llvm.struct<(ptr, i32)>
  // CHECK: llvm.resume %5 : !llvm.struct<(ptr, i32)>
  llvm.resume %2 : !llvm.struct<(ptr, i32)>
^bb4(%z: i32):
  // CHECK: %7 = llvm.landingpad (catch %1 : !llvm.ptr) : !llvm.struct<(ptr, i32)>
  %3 = llvm.landingpad (catch %m : !llvm.ptr) : !llvm.struct<(ptr, i32)>
  llvm.return %z : i32
}
