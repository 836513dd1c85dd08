// Atomic changes of memory, fences and casts between address spaces are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

llvm.func @f(%p: !llvm.ptr, %x: i32, %f: f32, %d: i64, %v: !llvm.vec<4 x ptr>) {
  %0 = llvm.atomicrmw add %p, %x monotonic : !llvm.ptr, i32
  %1 = llvm.atomicrmw volatile fadd %p, %f syncscope("agent") acq_rel {alignment = 16 : i64, note} : !llvm.ptr, f32
  %2 = llvm.atomicrmw "_and" %p, %x seq_cst : !llvm.ptr, i32
  %3 = llvm.atomicrmw xchg %p, %p release : !llvm.ptr, !llvm.ptr
  %4 = llvm.cmpxchg %p, %x, %x acq_rel monotonic : !llvm.ptr, i32
  %5 = llvm.cmpxchg weak volatile %p, %d, %d syncscope("s") seq_cst acquire {alignment = 8 : i64} : !llvm.ptr, i64
  %6 = llvm.extractvalue %5[1] : !llvm.struct<(i64, i1)>
  llvm.fence acquire
  llvm.fence syncscope("agent") seq_cst {note}
  %7 = llvm.addrspacecast %p : !llvm.ptr to !llvm.ptr<2>
  %8 = llvm.addrspacecast %v {note} : !llvm.vec<4 x ptr> to !llvm.vec<4 x ptr<1>>
  llvm.return
}

// CHECK: %0 = llvm.atomicrmw add %arg0, %arg1 monotonic : !llvm.ptr, i32
// CHECK: %1 = llvm.atomicrmw volatile fadd %arg0, %arg2 syncscope("agent") acq_rel {alignment = 16 : i64, note} : !llvm.ptr, f32
// CHECK: %2 = llvm.atomicrmw _and %arg0, %arg1 seq_cst : !llvm.ptr, i32
// CHECK: %3 = llvm.atomicrmw xchg %arg0, %arg0 release : !llvm.ptr, !llvm.ptr
// CHECK: %4 = llvm.cmpxchg %arg0, %arg1, %arg1 acq_rel monotonic : !llvm.ptr, i32
// CHECK: %5 = llvm.cmpxchg weak volatile %arg0, %arg3, %arg3 syncscope("s") seq_cst acquire {alignment = 8 : i64} : !llvm.ptr, i64
// CHECK: %6 = llvm.extractvalue %5[1] : !llvm.struct<(i64, i1)>
// CHECK: llvm.fence acquire
// CHECK: llvm.fence syncscope("agent") seq_cst {note}
// CHECK: %7 = llvm.addrspacecast %arg0 : !llvm.ptr to !llvm.ptr<2>
// CHECK: %8 = llvm.addrspacecast %arg4 {note} : !llvm.vec<4 x ptr> to !llvm.vec<4 x ptr<1>>
