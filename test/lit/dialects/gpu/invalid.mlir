// RUN: irc-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

func.func @dimension() {
  // expected-error @+1 {{expected one of x, y, z, got 'w'}}
  %0 = gpu.thread_id w
  return
}

// -----

func.func @upper_bound() {
  // expected-error @+1 {{'gpu.thread_id' op attribute 'upper_bound' failed to satisfy constraint: index attribute}}
  %0 = gpu.thread_id x {upper_bound = 5 : i32}
  return
}

// -----

func.func @reduce_nothing(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op expected either an op attribute or a non-empty body}}
  %0 = gpu.all_reduce %x {} : (f32) -> f32
  return
}

// -----

func.func @reduce_twice(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op expected either an op attribute or a non-empty body}}
  %0 = gpu.all_reduce add %x {
  ^bb0(%a: f32, %b: f32):
    gpu.yield %a : f32
  } : (f32) -> f32
  return
}

// -----

func.func @reduce_floats(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op `and` reduction operation is not compatible with type 'f32'}}
  %0 = gpu.all_reduce and %x {} : (f32) -> f32
  return
}

// -----

func.func @reduce_integers(%x: i32) {
  // expected-error @+1 {{'gpu.subgroup_reduce' op `minnumf` reduction operation is not compatible with type 'i32'}}
  %0 = gpu.subgroup_reduce minnumf %x : (i32) -> i32
  return
}

// -----

func.func @reduce_index(%x: index) {
  // expected-error @+1 {{'gpu.all_reduce' op operand #0 must be Integer or Float, but got 'index'}}
  %0 = gpu.all_reduce add %x {} : (index) -> index
  return
}

// -----

func.func @reduce_type(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op requires the same type for all operands and results}}
  %0 = gpu.all_reduce add %x {} : (f32) -> i32
  return
}

// -----

func.func @reduce_scalable(%x: vector<[4]xf32>) {
  // expected-error @+1 {{'gpu.subgroup_reduce' op is not compatible with scalable vector types}}
  %0 = gpu.subgroup_reduce add %x : (vector<[4]xf32>) -> vector<[4]xf32>
  return
}

// -----

func.func @reduce_arguments(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op expected two region arguments}}
  %0 = gpu.all_reduce %x {
  ^bb0(%a: f32):
    gpu.yield %a : f32
  } : (f32) -> f32
  return
}

// -----

func.func @reduce_argument_type(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op incorrect region argument type}}
  %0 = gpu.all_reduce %x {
  ^bb0(%a: f32, %b: i32):
    gpu.yield %a : f32
  } : (f32) -> f32
  return
}

// -----

func.func @reduce_yields_two(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op expected one gpu.yield operand}}
  %0 = gpu.all_reduce %x {
  ^bb0(%a: f32, %b: f32):
    gpu.yield %a, %b : f32, f32
  } : (f32) -> f32
  return
}

// -----

func.func @reduce_yields_other(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op incorrect gpu.yield type}}
  %0 = gpu.all_reduce %x {
  ^bb0(%a: f32, %b: f32):
    %one = arith.constant 1 : i32
    gpu.yield %one : i32
  } : (f32) -> f32
  return
}

// -----

func.func @reduce_without_yield(%x: f32) {
  // expected-error @+1 {{'gpu.all_reduce' op expected gpu.yield op in region}}
  %0 = gpu.all_reduce %x {
  ^bb0(%a: f32, %b: f32):
    "test.finish"() : () -> ()
  } : (f32) -> f32
  return
}

// -----

func.func @shuffle_type(%x: f32, %k: i32) {
  // expected-error @+1 {{'gpu.shuffle' op failed to verify that all of {value, shuffleResult} have same type}}
  %0, %1 = "gpu.shuffle"(%x, %k, %k) <{mode = #gpu<shuffle_mode xor>}> : (f32, i32, i32) -> (i32, i1)
  return
}

// -----

func.func @shuffle_index(%x: index, %k: i32) {
  // expected-error @+1 {{'gpu.shuffle' op operand #0 must be i32, i64, f32 or f64, but got 'index'}}
  %0, %1 = gpu.shuffle up %x, %k, %k : index
  return
}

// -----

func.func @unnamed_token() {
  // expected-error @+1 {{needs to be named when marked 'async'}}
  gpu.wait async
  return
}

// -----

func.func @no_token() {
  // expected-error @+1 {{cannot name an operation with no results}}
  %t = gpu.wait
  return
}

// -----

func.func @waits_for(%x: i32) {
  // expected-error @+1 {{'gpu.wait' op operand #0 must be variadic of async token type, but got 'i32'}}
  "gpu.wait"(%x) : (i32) -> ()
  return
}

// -----

func.func @token_type() {
  // expected-error @+1 {{'gpu.wait' op result #0 must be async token type, but got 'i32'}}
  %0 = "gpu.wait"() : () -> i32
  return
}

// -----

func.func @two_tokens() {
  // expected-error @+1 {{'gpu.wait' op expected 0 or more results, but found 2}}
  %0:2 = "gpu.wait"() : () -> (!gpu.async.token, !gpu.async.token)
  return
}

// -----

func.func @alloc_sizes() {
  // expected-error @+1 {{'gpu.alloc' op dimension operand count does not equal memref dynamic dimension count}}
  %0 = gpu.alloc () : memref<?xf32>
  return
}

// -----

func.func @alloc_symbols(%n: index) {
  // expected-error @+1 {{'gpu.alloc' op symbol operand count does not equal memref symbol count: expected 0, got 1}}
  %0 = gpu.alloc ()[%n] : memref<4xf32>
  return
}

// -----

func.func @memcpy_elements(%a: memref<?xf32>, %b: memref<?xi32>) {
  // expected-error @+1 {{'gpu.memcpy' op arguments have incompatible element type}}
  gpu.memcpy %a, %b : memref<?xf32>, memref<?xi32>
  return
}

// -----

func.func @memcpy_shape(%a: memref<7xf32>, %b: memref<9xf32>) {
  // expected-error @+1 {{'gpu.memcpy' op arguments have incompatible shape}}
  gpu.memcpy %a, %b : memref<7xf32>, memref<9xf32>
  return
}

// -----

func.func @memset_element(%a: memref<?xf32>, %x: i32) {
  // expected-error @+1 {{'gpu.memset' op failed to verify that all of {dst, value} have same element type}}
  gpu.memset %a, %x : memref<?xf32>, i32
  return
}

// -----

func.func @register_ranked(%m: memref<4xf32>) {
  // expected-error @+1 {{invalid kind of type specified}}
  gpu.host_register %m : memref<4xf32>
  return
}

// -----

func.func @shared_memory_size() {
  // expected-error @+1 {{'gpu.dynamic_shared_memory' op result memref type must be memref<?xi8, #gpu.address_space<workgroup>>}}
  %0 = gpu.dynamic_shared_memory : memref<4xi8, #gpu.address_space<workgroup>>
  return
}

// -----

func.func @shared_memory_space() {
  // expected-error @+1 {{'gpu.dynamic_shared_memory' op address space must be address_space<workgroup>}}
  %0 = gpu.dynamic_shared_memory : memref<?xi8, 3>
  return
}

// -----

// expected-error @+1 {{MMAMatrixType must have exactly two dimensions}}
func.func @matrix_rank(%m: !gpu.mma_matrix<16x16x16xf16, "AOp">) {
  return
}

// -----

// expected-error @+1 {{operand expected to be one of AOp, BOp or COp}}
func.func @matrix_role(%m: !gpu.mma_matrix<16x16xf16, "DOp">) {
  return
}

// -----

// expected-error @+1 {{MMAMatrixType elements must be SI8, UI8, I32, F16, or F32}}
func.func @matrix_element(%m: !gpu.mma_matrix<16x16xbf16, "AOp">) {
  return
}

// -----

// expected-error @+1 {{expected static shape}}
func.func @matrix_shape(%m: !gpu.mma_matrix<?x16xf16, "AOp">) {
  return
}

// -----

func.func @load_columns(%m: memref<32x32xf16, strided<[1, 32]>>, %i: index) {
  // expected-error @+1 {{'gpu.subgroup_mma_load_matrix' op expected source memref most minor dim must have unit stride}}
  %0 = gpu.subgroup_mma_load_matrix %m[%i, %i] {leadDimension = 32 : index} : memref<32x32xf16, strided<[1, 32]>> -> !gpu.mma_matrix<16x16xf16, "AOp">
  return
}

// -----

func.func @load_not_strided(%m: memref<32x32xf16, affine_map<(d0, d1) -> (d0, d1 mod 2)>>, %i: index) {
  // expected-error @+1 {{'gpu.subgroup_mma_load_matrix' op expected source memref most minor dim must have unit stride}}
  %0 = gpu.subgroup_mma_load_matrix %m[%i, %i] {leadDimension = 32 : index} : memref<32x32xf16, affine_map<(d0, d1) -> (d0, d1 mod 2)>> -> !gpu.mma_matrix<16x16xf16, "AOp">
  return
}

// -----

func.func @load_without_dimension(%m: memref<32x32xf16>, %i: index) {
  // expected-error @+1 {{'gpu.subgroup_mma_load_matrix' op requires attribute 'leadDimension'}}
  %0 = gpu.subgroup_mma_load_matrix %m[%i, %i] : memref<32x32xf16> -> !gpu.mma_matrix<16x16xf16, "AOp">
  return
}

// -----

func.func @store_role(%x: !gpu.mma_matrix<16x16xf16, "AOp">, %m: memref<32x32xf16>, %i: index) {
  // expected-error @+1 {{'gpu.subgroup_mma_store_matrix' op expected the operand matrix being stored to have 'COp' operand type}}
  gpu.subgroup_mma_store_matrix %x, %m[%i, %i] {leadDimension = 32 : index} : !gpu.mma_matrix<16x16xf16, "AOp">, memref<32x32xf16>
  return
}

// -----

func.func @store_columns(%x: !gpu.mma_matrix<16x16xf16, "COp">, %m: memref<32x32xf16, strided<[1, 32]>>, %i: index) {
  // expected-error @+1 {{'gpu.subgroup_mma_store_matrix' op expected destination memref most minor dim must have unit stride}}
  gpu.subgroup_mma_store_matrix %x, %m[%i, %i] {leadDimension = 32 : index} : !gpu.mma_matrix<16x16xf16, "COp">, memref<32x32xf16, strided<[1, 32]>>
  return
}

// -----

func.func @compute_roles(%a: !gpu.mma_matrix<16x16xf16, "AOp">, %c: !gpu.mma_matrix<16x16xf16, "COp">) {
  // expected-error @+1 {{'gpu.subgroup_mma_compute' op operands must be in the order AOp, BOp, COp}}
  %0 = gpu.subgroup_mma_compute %a, %a, %c : !gpu.mma_matrix<16x16xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "AOp"> -> !gpu.mma_matrix<16x16xf16, "COp">
  return
}

// -----

func.func @compute_shapes(%a: !gpu.mma_matrix<16x8xf16, "AOp">, %b: !gpu.mma_matrix<16x16xf16, "BOp">, %c: !gpu.mma_matrix<16x16xf16, "COp">) {
  // expected-error @+1 {{'gpu.subgroup_mma_compute' op operand shapes do not satisfy matmul constraints}}
  %0 = gpu.subgroup_mma_compute %a, %b, %c : !gpu.mma_matrix<16x8xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "BOp"> -> !gpu.mma_matrix<16x16xf16, "COp">
  return
}

// -----

func.func @constant_element(%x: f16) {
  // expected-error @+1 {{'gpu.subgroup_mma_constant_matrix' op failed to verify that value type matches element type of mma_matrix}}
  %0 = "gpu.subgroup_mma_constant_matrix"(%x) : (f16) -> !gpu.mma_matrix<16x16xf32, "COp">
  return
}

// -----

func.func @elementwise_operation(%x: !gpu.mma_matrix<16x16xf16, "COp">) {
  // expected-error @+1 {{expected one of addf, mulf, subf, maxf, minf, divf, addi, muli, subi, divs, divu, negatef, negates, extf, got 'foo'}}
  %0 = gpu.subgroup_mma_elementwise foo %x : (!gpu.mma_matrix<16x16xf16, "COp">) -> !gpu.mma_matrix<16x16xf16, "COp">
  return
}

// -----

func.func @sparse_mode(%a: !gpu.sparse.spmat_handle, %x: !gpu.sparse.dntensor_handle) {
  // expected-error @+1 {{expected one of NON_TRANSPOSE, TRANSPOSE, CONJUGATE_TRANSPOSE, got 'foo'}}
  %0 = gpu.spmm_buffer_size %a{foo}, %x, %x : index into f32
  return
}

// -----

func.func @sparse_sizes(%a: !gpu.sparse.spmat_handle, %x: !gpu.sparse.dntensor_handle) {
  // expected-error @+1 {{'gpu.spmm_buffer_size' op result #0 must be 'index', but got 'i32'}}
  %0 = gpu.spmm_buffer_size %a, %x, %x : i32 into f32
  return
}

// -----

func.func @sparse_result_groups(%a: !gpu.sparse.spmat_handle, %x: !gpu.sparse.dntensor_handle) {
  // expected-error @+1 {{'gpu.spmm_buffer_size' op resultSegmentSizes does not match the results}}
  %0 = "gpu.spmm_buffer_size"(%a, %x, %x) <{computeType = f32, resultSegmentSizes = array<i32: 2, 0>}> : (!gpu.sparse.spmat_handle, !gpu.sparse.dntensor_handle, !gpu.sparse.dntensor_handle) -> index
  return
}

// -----

// expected-error @+1 {{unknown type '!gpu.token'}}
func.func @unknown_type(%t: !gpu.token) {
  return
}

// -----

// expected-error @+1 {{expected one of block_x, block_y, block_z, thread_x, thread_y, thread_z, sequential, got 'foo'}}
func.func @processor() attributes {a = #gpu.loop_dim_map<processor = foo, map = (d0) -> (d0), bound = (d0) -> (d0)>} {
  return
}

// -----

// expected-error @+1 {{expected 'processor', 'map' and 'bound'}}
func.func @loop_parts() attributes {a = #gpu.loop_dim_map<processor = block_x, map = (d0) -> (d0)>} {
  return
}

// -----

// expected-error @+1 {{the object index must be positive}}
gpu.binary @selected <#gpu.select_object<-1>> [#gpu.object<#nvvm.target, "">]

// -----

// expected-error @+1 {{the target attribute must be a GPU Target attribute}}
gpu.binary @selected <#gpu.select_object<"a">> [#gpu.object<#nvvm.target, "">]

// -----

// expected-error @+1 {{the target attribute must implement or promise the `gpu::TargetAttrInterface`}}
gpu.binary @target [#gpu.object<"a", "">]

// -----

// expected-error @+1 {{expected one of offload, assembly, bin, fatbin, got 'foo'}}
gpu.binary @format [#gpu.object<#nvvm.target, foo = "">]

// -----

// expected-error @+1 {{'gpu.binary' op attribute 'objects' failed to satisfy constraint: an array of GPU object attributes with at least 1 elements}}
gpu.binary @no_objects []

// -----

// expected-error @+1 {{'gpu.binary' op attribute 'offloadingHandler' failed to satisfy constraint: any attribute with the `OffloadingTranslationAttrTrait` trait.}}
gpu.binary @handler <1> [#gpu.object<#nvvm.target, "">]

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op attribute 'workgroup_attributions' must not be negative}}
  "gpu.func"() <{function_type = (i32) -> ()}> ({
  ^bb0(%x: i32):
    gpu.return
  }) {sym_name = "f", workgroup_attributions = -1 : i64} : () -> ()
}
