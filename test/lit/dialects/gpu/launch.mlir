// Kernels, modules of them and launches are read and printed.
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect --print-op-generic | irc-opt --allow-unregistered-dialect | filecheck %s

module attributes {gpu.container_module} {
  gpu.module @kernels <#gpu.select_object<0>> [#nvvm.target, #rocdl.target<chip = "gfx90a">] attributes {foo} {
    gpu.func @kernel(%x: f32, %m: memref<?xf32> {llvm.noalias}) workgroup(%w : memref<4xf32, 3> {llvm.align = 16 : i64}) private(%p : memref<2xf32, #gpu.address_space<private>>) kernel attributes {foo} {
      %i = gpu.thread_id x
      memref.store %x, %m[%i] : memref<?xf32>
      gpu.return
    }
    gpu.func @helper(%x: f32) -> (f32, i32 {llvm.noundef}) {
      %0 = arith.constant 1 : i32
      gpu.return %x, %0 : f32, i32
    }
    gpu.func @nothing() workgroup() private() kernel {
      gpu.return
    }
  }
  gpu.module @empty {
  }

  gpu.binary @code [#gpu.object<#nvvm.target, fatbin = "a\00b">]
  gpu.binary @more <#gpu.select_object<#nvvm.target>> {foo} [#gpu.object<#nvvm.target, bin = "">, #gpu.object<#nvvm.target, properties = {O = 3 : i32}, offload = "">]

  func.func @host(%n: index, %l: i64, %k: i32, %x: f32, %m: memref<?xf32>, %t: !gpu.async.token, %s: !llvm.ptr) {
    gpu.launch_func @kernels::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n) args(%x : f32, %m : memref<?xf32>)
    %0 = gpu.launch_func async [%t] @code::@f clusters in (%n, %n, %n) blocks in (%n, %n, %n) threads in (%n, %n, %n) dynamic_shared_memory_size %k args(%x : f32) {foo}
    gpu.launch_func <%s : !llvm.ptr> @kernels::@nothing blocks in (%l, %l, %l) threads in (%l, %l, %l) : i64
    return
  }
}

func.func @launch(%n: index, %k: i32, %t: !gpu.async.token) {
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n) threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) {
    gpu.terminator
  }
  %0 = gpu.launch async [%t] clusters(%cx, %cy, %cz) in (%ex = %n, %ey = %n, %ez = %n) blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n) threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) dynamic_shared_memory_size %k workgroup(%w : memref<4xf32, 3>) private(%p : memref<2xf32, 5>) {
    %1 = memref.load %w[%tx] : memref<4xf32, 3>
    memref.store %1, %p[%bx] : memref<2xf32, 5>
    gpu.terminator
  } {foo}
  return
}

// CHECK: module attributes {gpu.container_module} {
// CHECK: gpu.module @kernels <#gpu.select_object<0 : i64>> [#nvvm.target, #rocdl.target<chip = "gfx90a">] attributes {foo} {
// CHECK: gpu.func @kernel(%arg0: f32, %arg1: memref<?xf32> {llvm.noalias}) workgroup(%arg2 : memref<4xf32, 3> {llvm.align = 16 : i64}) private(%arg3 : memref<2xf32, #gpu.address_space<private>>) kernel attributes {foo} {
// CHECK: %thread_id_x = gpu.thread_id x
// CHECK: memref.store %arg0, %arg1[%thread_id_x] : memref<?xf32>
// CHECK: gpu.return
// CHECK: gpu.func @helper(%arg0: f32) -> (f32, i32 {llvm.noundef}) {
// CHECK: %c1_i32 = arith.constant 1 : i32
// CHECK: gpu.return %arg0, %c1_i32 : f32, i32
// CHECK: gpu.func @nothing() kernel {
// CHECK: gpu.return
// CHECK: gpu.module @empty {
// CHECK: gpu.binary @code  [#gpu.object<#nvvm.target, "a\00b">]
// CHECK: gpu.binary @more <#gpu.select_object<#nvvm.target>> {foo} [#gpu.object<#nvvm.target, bin = "">, #gpu.object<#nvvm.target, properties = {O = 3 : i32}, offload = "">]
// CHECK-LABEL: func.func @host(%arg0: index, %arg1: i64, %arg2: i32, %arg3: f32, %arg4: memref<?xf32>, %arg5: !gpu.async.token, %arg6: !llvm.ptr) {
// CHECK: gpu.launch_func @kernels::@kernel blocks in (%arg0, %arg0, %arg0) threads in (%arg0, %arg0, %arg0) args(%arg3 : f32, %arg4 : memref<?xf32>)
// CHECK: %0 = gpu.launch_func async [%arg5] @code::@f clusters in (%arg0, %arg0, %arg0) blocks in (%arg0, %arg0, %arg0) threads in (%arg0, %arg0, %arg0) dynamic_shared_memory_size %arg2 args(%arg3 : f32) {foo}
// CHECK: gpu.launch_func <%arg6 : !llvm.ptr> @kernels::@nothing blocks in (%arg1, %arg1, %arg1) threads in (%arg1, %arg1, %arg1) : i64
// CHECK-LABEL: func.func @launch(%arg0: index, %arg1: i32, %arg2: !gpu.async.token) {
// CHECK: gpu.launch blocks(%arg3, %arg4, %arg5) in (%arg9 = %arg0, %arg10 = %arg0, %arg11 = %arg0) threads(%arg6, %arg7, %arg8) in (%arg12 = %arg0, %arg13 = %arg0, %arg14 = %arg0) {
// CHECK: gpu.terminator
// CHECK: %0 = gpu.launch async [%arg2] clusters(%arg15, %arg16, %arg17) in (%arg18 = %arg0, %arg19 = %arg0, %arg20 = %arg0) blocks(%arg3, %arg4, %arg5) in (%arg9 = %arg0, %arg10 = %arg0, %arg11 = %arg0) threads(%arg6, %arg7, %arg8) in (%arg12 = %arg0, %arg13 = %arg0, %arg14 = %arg0) dynamic_shared_memory_size %arg1 workgroup(%arg21 : memref<4xf32, 3>) private(%arg22 : memref<2xf32, 5>) {
// CHECK: %1 = memref.load %arg21[%arg6] : memref<4xf32, 3>
// CHECK: memref.store %1, %arg22[%arg3] : memref<2xf32, 5>
// CHECK: gpu.terminator
// CHECK: } {foo}
