// Linkage, visibility, calling conventions, volatile and atomic accesses are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

llvm.func internal hidden local_unnamed_addr fastcc @f(%p: !llvm.ptr) -> f32 {
  %0 = llvm.load volatile %p {alignment = 4 : i64} : !llvm.ptr -> f32
  %1 = llvm.load %p atomic monotonic {alignment = 4 : i64} : !llvm.ptr -> f32
  %2 = llvm.load %p atomic syncscope("singlethread") seq_cst {alignment = 4 : i64} : !llvm.ptr -> f32
  llvm.store volatile %0, %p : f32, !llvm.ptr
  llvm.store %0, %p atomic syncscope("singlethread") release {alignment = 4 : i64} : f32, !llvm.ptr
  %3 = llvm.call fastcc @f(%p) : (!llvm.ptr) -> f32
  %4 = llvm.load %p invariant : !llvm.ptr -> f32
  llvm.return %0 : f32
}
llvm.mlir.global internal protected unnamed_addr constant @g(42 : i32) {addr_space = 0 : i32} : i32
llvm.mlir.global external @h() : i32
llvm.func @k() attributes {personality = @f}

// CHECK: llvm.func internal hidden local_unnamed_addr fastcc @f(%arg0: !llvm.ptr) -> f32 {
// CHECK: %0 = llvm.load volatile %arg0 {alignment = 4 : i64} : !llvm.ptr -> f32
// CHECK: %1 = llvm.load %arg0 atomic monotonic {alignment = 4 : i64} : !llvm.ptr -> f32
// CHECK: %2 = llvm.load %arg0 atomic syncscope("singlethread") seq_cst {alignment = 4 : i64} : !llvm.ptr -> f32
// CHECK: llvm.store volatile %0, %arg0 : f32, !llvm.ptr
// CHECK: llvm.store %0, %arg0 atomic syncscope("singlethread") release {alignment = 4 : i64} : f32, !llvm.ptr
// CHECK: %3 = llvm.call fastcc @f(%arg0) : (!llvm.ptr) -> f32
// CHECK: %4 = llvm.load %arg0 invariant : !llvm.ptr -> f32
// CHECK: llvm.return %0 : f32
// CHECK: llvm.mlir.global internal protected unnamed_addr constant @g(42 : i32) {addr_space = 0 : i32} : i32
// CHECK: llvm.mlir.global external @h() {addr_space = 0 : i32} : i32
// CHECK: llvm.func @k() attributes {personality = @f}
