// Where a thread is, how threads meet, and what a host does for them, is read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @positions() {
  %0 = gpu.thread_id x
  %1 = gpu.block_dim y upper_bound 64
  %2 = gpu.block_id z {foo}
  %3 = gpu.grid_dim x
  %4 = gpu.global_id y
  %5 = gpu.cluster_dim x
  %6 = gpu.cluster_dim_blocks x
  %7 = gpu.cluster_id x
  %8 = gpu.cluster_block_id z
  %9 = gpu.lane_id upper_bound 32
  %10 = gpu.subgroup_id : index
  %11 = gpu.num_subgroups : index
  %12 = gpu.subgroup_size upper_bound 64 : index
  return
}

func.func @meeting(%f: f32, %k: i32, %v: vector<4xf32>) {
  gpu.barrier
  %0 = gpu.all_reduce add %f uniform {} : (f32) -> f32
  %1 = gpu.all_reduce %f {
  ^bb0(%a: f32, %b: f32):
    %m = arith.maximumf %a, %b : f32
    gpu.yield %m : f32
  } : (f32) -> f32
  %2 = gpu.subgroup_reduce mul %v : (vector<4xf32>) -> vector<4xf32>
  %3 = gpu.subgroup_reduce xor %k uniform {foo} : (i32) -> i32
  %4, %valid = gpu.shuffle xor %f, %k, %k : f32
  gpu.printf "nothing"
  gpu.printf "%d %f" %k, %f : i32, f32
  return
}

func.func @memory(%n: index, %x: f32, %h: memref<?xf32>, %u: memref<*xf32>, %k: i32) {
  %t = gpu.wait async
  %m, %t1 = gpu.alloc async [%t] (%n) : memref<?xf32, 1>
  %t2 = gpu.memcpy async [%t1] %m, %h : memref<?xf32, 1>, memref<?xf32>
  %t3 = gpu.memset async [%t2, %t1] %m, %x : memref<?xf32, 1>, f32
  gpu.wait [%t3]
  %t4 = gpu.dealloc async %m : memref<?xf32, 1>
  %s = gpu.alloc host_shared () {foo} : memref<4x8xf32>
  %l = gpu.alloc (%n)[%n] : memref<?xf32, strided<[?]>>
  gpu.memcpy %l, %h : memref<?xf32, strided<[?]>>, memref<?xf32>
  gpu.dealloc %s : memref<4x8xf32>
  gpu.wait
  gpu.host_register %u : memref<*xf32>
  gpu.host_unregister %u : memref<*xf32>
  gpu.set_default_device %k
  %d = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
  return
}

func.func @matrices(%m: memref<32x32xf16, 3>, %i: index, %h: f16) {
  %a = gpu.subgroup_mma_load_matrix %m[%i, %i] {leadDimension = 32 : index} : memref<32x32xf16, 3> -> !gpu.mma_matrix<16x16xf16, "AOp">
  %b = gpu.subgroup_mma_load_matrix %m[%i, %i] {leadDimension = 32 : index, transpose} : memref<32x32xf16, 3> -> !gpu.mma_matrix<16x16xf16, "BOp">
  %c = gpu.subgroup_mma_constant_matrix %h : !gpu.mma_matrix<16x16xf16, "COp">
  %d = gpu.subgroup_mma_compute %a, %b, %c {a_transpose} : !gpu.mma_matrix<16x16xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "BOp"> -> !gpu.mma_matrix<16x16xf16, "COp">
  %e = gpu.subgroup_mma_elementwise addf %c, %d : (!gpu.mma_matrix<16x16xf16, "COp">, !gpu.mma_matrix<16x16xf16, "COp">) -> !gpu.mma_matrix<16x16xf16, "COp">
  gpu.subgroup_mma_store_matrix %e, %m[%i, %i] {leadDimension = 32 : index} : !gpu.mma_matrix<16x16xf16, "COp">, memref<32x32xf16, 3>
  return
}

func.func private @attributes() attributes {
  dims = [#gpu<dim x>, #gpu<all_reduce_op minsi>, #gpu<shuffle_mode idx>, #gpu<mma_element_wise extf>],
  spaces = [#gpu.address_space<global>, #gpu<address_space<private>>, #gpu.memory_space<workgroup>],
  mapping = [#gpu.block<x>, #gpu.warpgroup<y>, #gpu.warp<linear_dim_0>, #gpu.thread<linear_dim_9>],
  loop = #gpu.loop_dim_map<processor = thread_y, bound = (d0) -> (d0), map = (d0) -> (d0 * 2)>
}

// CHECK-LABEL: func.func @positions() {
// CHECK: %thread_id_x = gpu.thread_id x
// CHECK: %block_dim_y = gpu.block_dim y upper_bound 64
// CHECK: %block_id_z = gpu.block_id z {foo}
// CHECK: %grid_dim_x = gpu.grid_dim x
// CHECK: %global_id_y = gpu.global_id y
// CHECK: %cluster_dim_x = gpu.cluster_dim x
// CHECK: %cluster_dim_blocks_x = gpu.cluster_dim_blocks x
// CHECK: %cluster_id_x = gpu.cluster_id x
// CHECK: %cluster_block_id_z = gpu.cluster_block_id z
// CHECK: %0 = gpu.lane_id upper_bound 32
// CHECK: %1 = gpu.subgroup_id : index
// CHECK: %2 = gpu.num_subgroups : index
// CHECK: %3 = gpu.subgroup_size upper_bound 64 : index
// CHECK-LABEL: func.func @meeting(%arg0: f32, %arg1: i32, %arg2: vector<4xf32>) {
// CHECK: gpu.barrier
// CHECK: %0 = gpu.all_reduce add %arg0 uniform {
// CHECK: } : (f32) -> f32
// CHECK: %1 = gpu.all_reduce %arg0 {
// CHECK: ^bb0(%arg3: f32, %arg4: f32):
// CHECK: %4 = arith.maximumf %arg3, %arg4 : f32
// CHECK: gpu.yield %4 : f32
// CHECK: } : (f32) -> f32
// CHECK: %2 = gpu.subgroup_reduce mul %arg2 : (vector<4xf32>) -> vector<4xf32>
// CHECK: %3 = gpu.subgroup_reduce xor %arg1 uniform {foo} : (i32) -> i32
// CHECK: %shuffleResult, %valid = gpu.shuffle xor %arg0, %arg1, %arg1 : f32
// CHECK: gpu.printf "nothing"
// CHECK: gpu.printf "%d %f" %arg1, %arg0 : i32, f32
// CHECK-LABEL: func.func @memory(%arg0: index, %arg1: f32, %arg2: memref<?xf32>, %arg3: memref<*xf32>, %arg4: i32) {
// CHECK: %0 = gpu.wait async
// CHECK: %memref, %asyncToken = gpu.alloc async [%0] (%arg0) : memref<?xf32, 1>
// CHECK: %1 = gpu.memcpy async [%asyncToken] %memref, %arg2 : memref<?xf32, 1>, memref<?xf32>
// CHECK: %2 = gpu.memset async [%1, %asyncToken] %memref, %arg1 : memref<?xf32, 1>, f32
// CHECK: gpu.wait [%2]
// CHECK: %3 = gpu.dealloc async %memref : memref<?xf32, 1>
// CHECK: %memref_0 = gpu.alloc  host_shared () {foo} : memref<4x8xf32>
// CHECK: %memref_1 = gpu.alloc  (%arg0)[%arg0] : memref<?xf32, strided<[?]>>
// CHECK: gpu.memcpy  %memref_1, %arg2 : memref<?xf32, strided<[?]>>, memref<?xf32>
// CHECK: gpu.dealloc  %memref_0 : memref<4x8xf32>
// CHECK: gpu.wait
// CHECK: gpu.host_register %arg3 : memref<*xf32>
// CHECK: gpu.host_unregister %arg3 : memref<*xf32>
// CHECK: gpu.set_default_device %arg4
// CHECK: %4 = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
// CHECK-LABEL: func.func @matrices(%arg0: memref<32x32xf16, 3>, %arg1: index, %arg2: f16) {
// CHECK: %0 = gpu.subgroup_mma_load_matrix %arg0[%arg1, %arg1] {leadDimension = 32 : index} : memref<32x32xf16, 3> -> !gpu.mma_matrix<16x16xf16, "AOp">
// CHECK: %1 = gpu.subgroup_mma_load_matrix %arg0[%arg1, %arg1] {leadDimension = 32 : index, transpose} : memref<32x32xf16, 3> -> !gpu.mma_matrix<16x16xf16, "BOp">
// CHECK: %2 = gpu.subgroup_mma_constant_matrix %arg2 : !gpu.mma_matrix<16x16xf16, "COp">
// CHECK: %3 = gpu.subgroup_mma_compute %0, %1, %2 {a_transpose} : !gpu.mma_matrix<16x16xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "BOp"> -> !gpu.mma_matrix<16x16xf16, "COp">
// CHECK: %4 = gpu.subgroup_mma_elementwise addf %2, %3 : (!gpu.mma_matrix<16x16xf16, "COp">, !gpu.mma_matrix<16x16xf16, "COp">) -> !gpu.mma_matrix<16x16xf16, "COp">
// CHECK: gpu.subgroup_mma_store_matrix %4, %arg0[%arg1, %arg1] {leadDimension = 32 : index} : !gpu.mma_matrix<16x16xf16, "COp">, memref<32x32xf16, 3>
// CHECK: func.func private @attributes() attributes {dims = [#gpu<dim x>, #gpu<all_reduce_op minsi>, #gpu<shuffle_mode idx>, #gpu<mma_element_wise extf>], loop = #gpu.loop_dim_map<processor = thread_y, map = (d0) -> (d0 * 2), bound = (d0) -> (d0)>, mapping = [#gpu.block<x>, #gpu.warpgroup<y>, #gpu.warp<linear_dim_0>, #gpu.thread<linear_dim_9>], spaces = [#gpu.address_space<global>, #gpu.address_space<private>, #gpu.memory_space<workgroup>]}
