// Ops that irc has no use for are read and printed as upstream does it.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

llvm.func @pers(...) -> i32
llvm.func @f(%arg0: !llvm.ptr, %arg1: i32, %arg2: i64, %arg3: f32, %arg4: i1, %arg5: vector<4xf32>, %arg6: vector<4xi32>, %arg7: vector<4xi1>, %arg8: !llvm.vec<4 x ptr>, %arg9: !llvm.token, %arg10: vector<4xf64>, %arg11: vector<4xi64>) {
  %0 = "llvm.intr.annotation"(%arg1, %arg0, %arg0, %arg1) : (i32, !llvm.ptr, !llvm.ptr, i32) -> i32
  "llvm.intr.assume"(%arg4) : (i1) -> ()
  %1 = llvm.intr.coro.align : i32
  %2 = llvm.intr.coro.begin %arg9, %arg0 : (!llvm.token, !llvm.ptr) -> !llvm.ptr
  %3 = llvm.intr.coro.end %arg0, %arg4, %arg9 : (!llvm.ptr, i1, !llvm.token) -> i1
  %4 = llvm.intr.coro.free %arg9, %arg0 : (!llvm.token, !llvm.ptr) -> !llvm.ptr
  %5 = llvm.intr.coro.id %arg1, %arg0, %arg0, %arg0 : (i32, !llvm.ptr, !llvm.ptr, !llvm.ptr) -> !llvm.token
  %6 = llvm.intr.coro.promise %arg0, %arg1, %arg4 : (!llvm.ptr, i32, i1) -> !llvm.ptr
  llvm.intr.coro.resume %arg0 : !llvm.ptr
  %7 = llvm.intr.coro.save %arg0 : (!llvm.ptr) -> !llvm.token
  %8 = llvm.intr.coro.size : i64
  %9 = llvm.intr.coro.suspend %arg9, %arg4 : i8
  "llvm.intr.debugtrap"() : () -> ()
  %10 = llvm.intr.eh.typeid.for %arg0 : (!llvm.ptr) -> i32
  %11 = llvm.intr.expect %arg1, %arg1 : i32
  %12 = llvm.intr.expect.with.probability %arg1, %arg1, 5.000000e-01 : i32
  llvm.intr.experimental.noalias.scope.decl #llvm.alias_scope<id = distinct[0]<>, domain = <id = distinct[1]<>>>
  %13 = llvm.intr.experimental.stepvector : vector<4xi32>
  %14 = "llvm.intr.experimental.vp.strided.load"(%arg0, %arg2, %arg7, %arg1) : (!llvm.ptr, i64, vector<4xi1>, i32) -> vector<4xf32>
  "llvm.intr.experimental.vp.strided.store"(%arg5, %arg0, %arg2, %arg7, %arg1) : (vector<4xf32>, !llvm.ptr, i64, vector<4xi1>, i32) -> ()
  %15 = llvm.intr.fshl(%arg1, %arg1, %arg1) : (i32, i32, i32) -> i32
  %16 = llvm.intr.get.active.lane.mask %arg1, %arg1 : i32, i32 to vector<4xi1>
  %17 = llvm.intr.invariant.start 4, %arg0 : !llvm.ptr
  llvm.intr.invariant.end %17, 4, %arg0 : !llvm.ptr
  %18 = "llvm.intr.is.constant"(%arg1) : (i32) -> i1
  %19 = "llvm.intr.is.fpclass"(%arg3) <{bit = 3 : i32}> : (f32) -> i1
  llvm.intr.lifetime.start 16, %arg0 : !llvm.ptr
  llvm.intr.lifetime.end 16, %arg0 : !llvm.ptr
  %20 = llvm.intr.llrint(%arg3) : (f32) -> i64
  %21 = llvm.intr.lround(%arg3) : (f32) -> i64
  "llvm.intr.masked.compressstore"(%arg5, %arg0, %arg7) : (vector<4xf32>, !llvm.ptr, vector<4xi1>) -> ()
  %22 = "llvm.intr.masked.expandload"(%arg0, %arg7, %arg5) : (!llvm.ptr, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
  %23 = llvm.intr.matrix.column.major.load %arg0, <stride = %arg2> {columns = 2 : i32, isVolatile = false, rows = 2 : i32} : vector<4xf32> from !llvm.ptr stride i64
  llvm.intr.matrix.column.major.store %arg5, %arg0, <stride = %arg2> {columns = 2 : i32, isVolatile = false, rows = 2 : i32} : vector<4xf32> to !llvm.ptr stride i64
  %24 = llvm.intr.matrix.multiply %arg5, %arg5 {lhs_columns = 2 : i32, lhs_rows = 2 : i32, rhs_columns = 2 : i32} : (vector<4xf32>, vector<4xf32>) -> vector<4xf32>
  %25 = llvm.intr.matrix.transpose %arg5 {columns = 2 : i32, rows = 2 : i32} : vector<4xf32> into vector<4xf32>
  "llvm.intr.memcpy.inline"(%arg0, %arg0) <{isVolatile = false, len = 4 : i32}> : (!llvm.ptr, !llvm.ptr) -> ()
  %26 = llvm.intr.powi(%arg3, %arg1) : (f32, i32) -> f32
  "llvm.intr.prefetch"(%arg0) <{cache = 1 : i32, hint = 3 : i32, rw = 0 : i32}> : (!llvm.ptr) -> ()
  %27 = "llvm.intr.ptr.annotation"(%arg0, %arg0, %arg0, %arg1, %arg0) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32, !llvm.ptr) -> !llvm.ptr
  %28 = "llvm.intr.sadd.with.overflow"(%arg1, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
  %29 = llvm.intr.ssa.copy %arg1 : i32
  %30 = llvm.intr.sshl.sat(%arg1, %arg1) : (i32, i32) -> i32
  %31 = llvm.intr.stacksave : !llvm.ptr
  llvm.intr.stackrestore %31 : !llvm.ptr
  %32 = "llvm.intr.threadlocal.address"(%arg0) : (!llvm.ptr) -> !llvm.ptr
  "llvm.intr.trap"() : () -> ()
  "llvm.intr.ubsantrap"() <{failureKind = 1 : i8}> : () -> ()
  llvm.intr.vacopy %arg0 to %arg0 : !llvm.ptr, !llvm.ptr
  llvm.intr.vastart %arg0 : !llvm.ptr
  llvm.intr.vaend %arg0 : !llvm.ptr
  "llvm.intr.var.annotation"(%arg0, %arg0, %arg0, %arg1, %arg0) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32, !llvm.ptr) -> ()
  %33 = "llvm.intr.vector.deinterleave2"(%arg5) : (vector<4xf32>) -> !llvm.struct<(vector<2xf32>, vector<2xf32>)>
  %34 = llvm.intr.vector.extract %arg5[0] : vector<2xf32> from vector<4xf32>
  %35 = llvm.intr.vector.insert %34, %arg5[0] : vector<2xf32> into vector<4xf32>
  %36 = "llvm.intr.vector.interleave2"(%arg5, %arg5) : (vector<4xf32>, vector<4xf32>) -> vector<8xf32>
  %37 = "llvm.intr.vp.add"(%arg6, %arg6, %arg7, %arg1) : (vector<4xi32>, vector<4xi32>, vector<4xi1>, i32) -> vector<4xi32>
  %38 = "llvm.intr.vp.fma"(%arg5, %arg5, %arg5, %arg7, %arg1) : (vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xi1>, i32) -> vector<4xf32>
  %39 = "llvm.intr.vp.fneg"(%arg5, %arg7, %arg1) : (vector<4xf32>, vector<4xi1>, i32) -> vector<4xf32>
  %40 = "llvm.intr.vp.load"(%arg0, %arg7, %arg1) : (!llvm.ptr, vector<4xi1>, i32) -> vector<4xf32>
  "llvm.intr.vp.store"(%arg5, %arg0, %arg7, %arg1) : (vector<4xf32>, !llvm.ptr, vector<4xi1>, i32) -> ()
  %41 = "llvm.intr.vp.merge"(%arg7, %arg5, %arg5, %arg1) : (vector<4xi1>, vector<4xf32>, vector<4xf32>, i32) -> vector<4xf32>
  %42 = "llvm.intr.vp.reduce.fadd"(%arg3, %arg5, %arg7, %arg1) : (f32, vector<4xf32>, vector<4xi1>, i32) -> f32
  %43 = "llvm.intr.vp.reduce.smax"(%arg1, %arg6, %arg7, %arg1) : (i32, vector<4xi32>, vector<4xi1>, i32) -> i32
  %44 = "llvm.intr.vscale"() : () -> i64
  %45 = llvm.freeze %arg1 : i32
  %46 = llvm.mlir.none : !llvm.token
  %47 = llvm.inline_asm has_side_effects is_align_stack asm_dialect = intel operand_attrs = [{}, {}] "bswap $0", "=r,r" %arg1, %arg1 : (i32, i32) -> i8
  llvm.call_intrinsic "llvm.x"(%arg5) : (vector<4xf32>) -> () {fastmathFlags = #llvm.fastmath<nnan>}
  %48 = llvm.call_intrinsic "llvm.x"(%arg5) : (vector<4xf32>) -> vector<4xf32>
  %49 = llvm.intr.experimental.constrained.fptrunc %arg3 towardzero ignore : f32 to f16
  %50 = "llvm.intr.vp.fpext"(%arg5, %arg7, %arg1) : (vector<4xf32>, vector<4xi1>, i32) -> vector<4xf64>
  %51 = "llvm.intr.vp.ptrtoint"(%arg8, %arg7, %arg1) : (!llvm.vec<4 x ptr>, vector<4xi1>, i32) -> vector<4xi64>
  %52 = llvm.intr.lround(%arg3) {x = 1 : i32} : (f32) -> i64
  llvm.return
}
llvm.mlir.global_ctors {ctors = [@f], priorities = [0 : i32]}
llvm.mlir.global_dtors {dtors = [@f], priorities = [0 : i32]}
llvm.comdat @c {
  llvm.comdat_selector @any any
}
llvm.linker_options ["/a", "b"]
llvm.func @d() comdat(@c::@any) {
  llvm.return
}
llvm.mlir.global external @g() comdat(@c::@any) {addr_space = 0 : i32, alignment = 4 : i64, dso_local} : i64
llvm.func @g2() vscale_range(1, 2) {
  llvm.return
}
llvm.func fastcc @va(%arg0: i32, ...) attributes {alignment = 4 : i64, convergent, dso_local, frame_pointer = #llvm.framePointerKind<"non-leaf">, garbageCollector = "x", memory = #llvm.memory_effects<other = none, argMem = read, inaccessibleMem = none>, no_inline, section = "a", target_cpu = "x", target_features = #llvm.target_features<["+a"]>} {
  llvm.return
}
llvm.mlir.global external thread_local @h1() {addr_space = 0 : i32, section = "x"} : i64

// CHECK: llvm.func @pers(...) -> i32
// CHECK-NEXT: llvm.func @f(%arg0: !llvm.ptr, %arg1: i32, %arg2: i64, %arg3: f32, %arg4: i1, %arg5: vector<4xf32>, %arg6: vector<4xi32>, %arg7: vector<4xi1>, %arg8: !llvm.vec<4 x ptr>, %arg9: !llvm.token, %arg10: vector<4xf64>, %arg11: vector<4xi64>) {
// CHECK-NEXT: %0 = "llvm.intr.annotation"(%arg1, %arg0, %arg0, %arg1) : (i32, !llvm.ptr, !llvm.ptr, i32) -> i32
// CHECK-NEXT: "llvm.intr.assume"(%arg4) : (i1) -> ()
// CHECK-NEXT: %1 = llvm.intr.coro.align : i32
// CHECK-NEXT: %2 = llvm.intr.coro.begin %arg9, %arg0 : (!llvm.token, !llvm.ptr) -> !llvm.ptr
// CHECK-NEXT: %3 = llvm.intr.coro.end %arg0, %arg4, %arg9 : (!llvm.ptr, i1, !llvm.token) -> i1
// CHECK-NEXT: %4 = llvm.intr.coro.free %arg9, %arg0 : (!llvm.token, !llvm.ptr) -> !llvm.ptr
// CHECK-NEXT: %5 = llvm.intr.coro.id %arg1, %arg0, %arg0, %arg0 : (i32, !llvm.ptr, !llvm.ptr, !llvm.ptr) -> !llvm.token
// CHECK-NEXT: %6 = llvm.intr.coro.promise %arg0, %arg1, %arg4 : (!llvm.ptr, i32, i1) -> !llvm.ptr
// CHECK-NEXT: llvm.intr.coro.resume %arg0 : !llvm.ptr
// CHECK-NEXT: %7 = llvm.intr.coro.save %arg0 : (!llvm.ptr) -> !llvm.token
// CHECK-NEXT: %8 = llvm.intr.coro.size : i64
// CHECK-NEXT: %9 = llvm.intr.coro.suspend %arg9, %arg4 : i8
// CHECK-NEXT: "llvm.intr.debugtrap"() : () -> ()
// CHECK-NEXT: %10 = llvm.intr.eh.typeid.for %arg0 : (!llvm.ptr) -> i32
// CHECK-NEXT: %11 = llvm.intr.expect %arg1, %arg1 : i32
// CHECK-NEXT: %12 = llvm.intr.expect.with.probability %arg1, %arg1, 5.000000e-01 : i32
// CHECK-NEXT: llvm.intr.experimental.noalias.scope.decl #llvm.alias_scope<id = distinct[0]<>, domain = <id = distinct[1]<>>>
// CHECK-NEXT: %13 = llvm.intr.experimental.stepvector : vector<4xi32>
// CHECK-NEXT: %14 = "llvm.intr.experimental.vp.strided.load"(%arg0, %arg2, %arg7, %arg1) : (!llvm.ptr, i64, vector<4xi1>, i32) -> vector<4xf32>
// CHECK-NEXT: "llvm.intr.experimental.vp.strided.store"(%arg5, %arg0, %arg2, %arg7, %arg1) : (vector<4xf32>, !llvm.ptr, i64, vector<4xi1>, i32) -> ()
// CHECK-NEXT: %15 = llvm.intr.fshl(%arg1, %arg1, %arg1) : (i32, i32, i32) -> i32
// CHECK-NEXT: %16 = llvm.intr.get.active.lane.mask %arg1, %arg1 : i32, i32 to vector<4xi1>
// CHECK-NEXT: %17 = llvm.intr.invariant.start 4, %arg0 : !llvm.ptr
// CHECK-NEXT: llvm.intr.invariant.end %17, 4, %arg0 : !llvm.ptr
// CHECK-NEXT: %18 = "llvm.intr.is.constant"(%arg1) : (i32) -> i1
// CHECK-NEXT: %19 = "llvm.intr.is.fpclass"(%arg3) <{bit = 3 : i32}> : (f32) -> i1
// CHECK-NEXT: llvm.intr.lifetime.start 16, %arg0 : !llvm.ptr
// CHECK-NEXT: llvm.intr.lifetime.end 16, %arg0 : !llvm.ptr
// CHECK-NEXT: %20 = llvm.intr.llrint(%arg3) : (f32) -> i64
// CHECK-NEXT: %21 = llvm.intr.lround(%arg3) : (f32) -> i64
// CHECK-NEXT: "llvm.intr.masked.compressstore"(%arg5, %arg0, %arg7) : (vector<4xf32>, !llvm.ptr, vector<4xi1>) -> ()
// CHECK-NEXT: %22 = "llvm.intr.masked.expandload"(%arg0, %arg7, %arg5) : (!llvm.ptr, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
// CHECK-NEXT: %23 = llvm.intr.matrix.column.major.load %arg0, <stride = %arg2> {columns = 2 : i32, isVolatile = false, rows = 2 : i32} : vector<4xf32> from !llvm.ptr stride i64
// CHECK-NEXT: llvm.intr.matrix.column.major.store %arg5, %arg0, <stride = %arg2> {columns = 2 : i32, isVolatile = false, rows = 2 : i32} : vector<4xf32> to !llvm.ptr stride i64
// CHECK-NEXT: %24 = llvm.intr.matrix.multiply %arg5, %arg5 {lhs_columns = 2 : i32, lhs_rows = 2 : i32, rhs_columns = 2 : i32} : (vector<4xf32>, vector<4xf32>) -> vector<4xf32>
// CHECK-NEXT: %25 = llvm.intr.matrix.transpose %arg5 {columns = 2 : i32, rows = 2 : i32} : vector<4xf32> into vector<4xf32>
// CHECK-NEXT: "llvm.intr.memcpy.inline"(%arg0, %arg0) <{isVolatile = false, len = 4 : i32}> : (!llvm.ptr, !llvm.ptr) -> ()
// CHECK-NEXT: %26 = llvm.intr.powi(%arg3, %arg1) : (f32, i32) -> f32
// CHECK-NEXT: "llvm.intr.prefetch"(%arg0) <{cache = 1 : i32, hint = 3 : i32, rw = 0 : i32}> : (!llvm.ptr) -> ()
// CHECK-NEXT: %27 = "llvm.intr.ptr.annotation"(%arg0, %arg0, %arg0, %arg1, %arg0) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32, !llvm.ptr) -> !llvm.ptr
// CHECK-NEXT: %28 = "llvm.intr.sadd.with.overflow"(%arg1, %arg1) : (i32, i32) -> !llvm.struct<(i32, i1)>
// CHECK-NEXT: %29 = llvm.intr.ssa.copy %arg1 : i32
// CHECK-NEXT: %30 = llvm.intr.sshl.sat(%arg1, %arg1) : (i32, i32) -> i32
// CHECK-NEXT: %31 = llvm.intr.stacksave : !llvm.ptr
// CHECK-NEXT: llvm.intr.stackrestore %31 : !llvm.ptr
// CHECK-NEXT: %32 = "llvm.intr.threadlocal.address"(%arg0) : (!llvm.ptr) -> !llvm.ptr
// CHECK-NEXT: "llvm.intr.trap"() : () -> ()
// CHECK-NEXT: "llvm.intr.ubsantrap"() <{failureKind = 1 : i8}> : () -> ()
// CHECK-NEXT: llvm.intr.vacopy %arg0 to %arg0 : !llvm.ptr, !llvm.ptr
// CHECK-NEXT: llvm.intr.vastart %arg0 : !llvm.ptr
// CHECK-NEXT: llvm.intr.vaend %arg0 : !llvm.ptr
// CHECK-NEXT: "llvm.intr.var.annotation"(%arg0, %arg0, %arg0, %arg1, %arg0) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32, !llvm.ptr) -> ()
// CHECK-NEXT: %33 = "llvm.intr.vector.deinterleave2"(%arg5) : (vector<4xf32>) -> !llvm.struct<(vector<2xf32>, vector<2xf32>)>
// CHECK-NEXT: %34 = llvm.intr.vector.extract %arg5[0] : vector<2xf32> from vector<4xf32>
// CHECK-NEXT: %35 = llvm.intr.vector.insert %34, %arg5[0] : vector<2xf32> into vector<4xf32>
// CHECK-NEXT: %36 = "llvm.intr.vector.interleave2"(%arg5, %arg5) : (vector<4xf32>, vector<4xf32>) -> vector<8xf32>
// CHECK-NEXT: %37 = "llvm.intr.vp.add"(%arg6, %arg6, %arg7, %arg1) : (vector<4xi32>, vector<4xi32>, vector<4xi1>, i32) -> vector<4xi32>
// CHECK-NEXT: %38 = "llvm.intr.vp.fma"(%arg5, %arg5, %arg5, %arg7, %arg1) : (vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xi1>, i32) -> vector<4xf32>
// CHECK-NEXT: %39 = "llvm.intr.vp.fneg"(%arg5, %arg7, %arg1) : (vector<4xf32>, vector<4xi1>, i32) -> vector<4xf32>
// CHECK-NEXT: %40 = "llvm.intr.vp.load"(%arg0, %arg7, %arg1) : (!llvm.ptr, vector<4xi1>, i32) -> vector<4xf32>
// CHECK-NEXT: "llvm.intr.vp.store"(%arg5, %arg0, %arg7, %arg1) : (vector<4xf32>, !llvm.ptr, vector<4xi1>, i32) -> ()
// CHECK-NEXT: %41 = "llvm.intr.vp.merge"(%arg7, %arg5, %arg5, %arg1) : (vector<4xi1>, vector<4xf32>, vector<4xf32>, i32) -> vector<4xf32>
// CHECK-NEXT: %42 = "llvm.intr.vp.reduce.fadd"(%arg3, %arg5, %arg7, %arg1) : (f32, vector<4xf32>, vector<4xi1>, i32) -> f32
// CHECK-NEXT: %43 = "llvm.intr.vp.reduce.smax"(%arg1, %arg6, %arg7, %arg1) : (i32, vector<4xi32>, vector<4xi1>, i32) -> i32
// CHECK-NEXT: %44 = "llvm.intr.vscale"() : () -> i64
// CHECK-NEXT: %45 = llvm.freeze %arg1 : i32
// CHECK-NEXT: %46 = llvm.mlir.none : !llvm.token
// CHECK-NEXT: %47 = llvm.inline_asm has_side_effects is_align_stack asm_dialect = intel operand_attrs = [{}, {}] "bswap $0", "=r,r" %arg1, %arg1 : (i32, i32) -> i8
// CHECK-NEXT: llvm.call_intrinsic "llvm.x"(%arg5) : (vector<4xf32>) -> () {fastmathFlags = #llvm.fastmath<nnan>}
// CHECK-NEXT: %48 = llvm.call_intrinsic "llvm.x"(%arg5) : (vector<4xf32>) -> vector<4xf32>
// CHECK-NEXT: %49 = llvm.intr.experimental.constrained.fptrunc %arg3 towardzero ignore : f32 to f16
// CHECK-NEXT: %50 = "llvm.intr.vp.fpext"(%arg5, %arg7, %arg1) : (vector<4xf32>, vector<4xi1>, i32) -> vector<4xf64>
// CHECK-NEXT: %51 = "llvm.intr.vp.ptrtoint"(%arg8, %arg7, %arg1) : (!llvm.vec<4 x ptr>, vector<4xi1>, i32) -> vector<4xi64>
// CHECK-NEXT: %52 = llvm.intr.lround(%arg3) {x = 1 : i32} : (f32) -> i64
// CHECK-NEXT: llvm.return
// CHECK-NEXT: }
// CHECK-NEXT: llvm.mlir.global_ctors {ctors = [@f], priorities = [0 : i32]}
// CHECK-NEXT: llvm.mlir.global_dtors {dtors = [@f], priorities = [0 : i32]}
// CHECK-NEXT: llvm.comdat @c {
// CHECK-NEXT: llvm.comdat_selector @any any
// CHECK-NEXT: }
// CHECK-NEXT: llvm.linker_options ["/a", "b"]
// CHECK-NEXT: llvm.func @d() comdat(@c::@any) {
// CHECK-NEXT: llvm.return
// CHECK-NEXT: }
// CHECK-NEXT: llvm.mlir.global external @g() comdat(@c::@any) {addr_space = 0 : i32, alignment = 4 : i64, dso_local} : i64
// CHECK-NEXT: llvm.func @g2() vscale_range(1, 2) {
// CHECK-NEXT: llvm.return
// CHECK-NEXT: }
// CHECK-NEXT: llvm.func fastcc @va(%arg0: i32, ...) attributes {alignment = 4 : i64, convergent, dso_local, frame_pointer = #llvm.framePointerKind<"non-leaf">, garbageCollector = "x", memory = #llvm.memory_effects<other = none, argMem = read, inaccessibleMem = none>, no_inline, section = "a", target_cpu = "x", target_features = #llvm.target_features<["+a"]>} {
// CHECK-NEXT: llvm.return
// CHECK-NEXT: }
// CHECK-NEXT: llvm.mlir.global external thread_local @h1() {addr_space = 0 : i32, section = "x"} : i64
