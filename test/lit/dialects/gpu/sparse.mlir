// Computations with sparse matrices are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @handles(%t: !gpu.async.token, %n: index, %i: memref<?xindex>, %v: memref<?xf64>) -> !gpu.sparse.spmat_handle {
  %x, %t0 = gpu.create_dn_tensor async [%t] %v, %n, %n : index, index into memref<?xf64>
  %a, %t1 = gpu.create_coo async [%t0] %n, %n, %n, %i, %i, %v : memref<?xindex>, memref<?xindex>, memref<?xf64>
  %b = gpu.create_coo_aos %n, %n, %n, %i, %v : memref<?xindex>, memref<?xf64>
  %c, %t2 = gpu.create_csr async %n, %n, %n, %i, %i, %v {foo} : memref<?xindex>, memref<?xindex>, memref<?xf64>
  %d, %t3 = gpu.create_csc async [%t2, %t1] %n, %n, %n, %i, %i, %v : memref<?xindex>, memref<?xindex>, memref<?xf64>
  %e = gpu.create_bsr %n, %n, %n, %n, %n, %i, %i, %v : memref<?xindex>, memref<?xindex>, memref<?xf64>
  %f = gpu.create_2to4_spmat {PRUNE_AND_CHECK} %n, %n, %v : memref<?xf64>
  %g, %t4 = gpu.create_2to4_spmat async [%t3] {NONE} %n, %n, %v : memref<?xf64>
  %rows, %cols, %nnz, %t5 = gpu.spmat_get_size async [%t4] %c
  %t6 = gpu.set_csr_pointers async [%t5] %c, %i, %i, %v : memref<?xindex>, memref<?xindex>, memref<?xf64>
  %t7 = gpu.destroy_dn_tensor async [%t6] %x
  gpu.destroy_sp_mat [%t7] %a
  return %c : !gpu.sparse.spmat_handle
}

func.func @products(%a: !gpu.sparse.spmat_handle, %x: !gpu.sparse.dntensor_handle, %t: !gpu.async.token, %m: memref<?xi8>, %n: index) {
  %s = gpu.spmv_buffer_size %a{TRANSPOSE}, %x, %x into f32
  %t0 = gpu.spmv async [%t] %a, %x, %x, %m : memref<?xi8> into f32
  %r, %t1 = gpu.spmm_buffer_size async [%t0] %a{TRANSPOSE}, %x, %x : index into f64
  %q:2 = gpu.spmm_buffer_size %a, %x{CONJUGATE_TRANSPOSE}, %x {foo} : index, index into f64
  gpu.spmm %a{TRANSPOSE}, %x{TRANSPOSE}, %x, %m, %m : memref<?xi8>, memref<?xi8> into f64
  %u, %t2 = gpu.sddmm_buffer_size async %x, %x{TRANSPOSE}, %a into f32
  %t3 = gpu.sddmm async [%t1, %t2] %x, %x{TRANSPOSE}, %a, %m : memref<?xi8> into f32
  %g, %t4 = gpu.spgemm_create_descr async [%t3]
  %w, %t5 = gpu.spgemm_work_estimation_or_compute async [%t4] {WORK_ESTIMATION} %a, %a{TRANSPOSE}, %a, %g, %n, %m : f32 into memref<?xi8>
  %t6 = gpu.spgemm_copy async [%t5] %a, %a, %a, %g : f32
  gpu.spgemm_destroy_descr [%t6] %g
  return
}

// CHECK-LABEL: func.func @handles(%arg0: !gpu.async.token, %arg1: index, %arg2: memref<?xindex>, %arg3: memref<?xf64>) -> !gpu.sparse.spmat_handle {
// CHECK: %dnTensor, %asyncToken = gpu.create_dn_tensor async [%arg0] %arg3, %arg1, %arg1 : index, index into memref<?xf64>
// CHECK: %spmat, %asyncToken_0 = gpu.create_coo async [%asyncToken] %arg1, %arg1, %arg1, %arg2, %arg2, %arg3 : memref<?xindex>, memref<?xindex>, memref<?xf64>
// CHECK: %spmat_1 = gpu.create_coo_aos  %arg1, %arg1, %arg1, %arg2, %arg3 : memref<?xindex>, memref<?xf64>
// CHECK: %spmat_2, %asyncToken_3 = gpu.create_csr async %arg1, %arg1, %arg1, %arg2, %arg2, %arg3 {foo} : memref<?xindex>, memref<?xindex>, memref<?xf64>
// CHECK: %spmat_4, %asyncToken_5 = gpu.create_csc async [%asyncToken_3, %asyncToken_0] %arg1, %arg1, %arg1, %arg2, %arg2, %arg3 : memref<?xindex>, memref<?xindex>, memref<?xf64>
// CHECK: %spmat_6 = gpu.create_bsr  %arg1, %arg1, %arg1, %arg1, %arg1, %arg2, %arg2, %arg3 : memref<?xindex>, memref<?xindex>, memref<?xf64>
// CHECK: %spMat = gpu.create_2to4_spmat {PRUNE_AND_CHECK} %arg1, %arg1, %arg3 : memref<?xf64>
// CHECK: %spMat_7, %asyncToken_8 = gpu.create_2to4_spmat async [%asyncToken_5]{NONE} %arg1, %arg1, %arg3 : memref<?xf64>
// CHECK: %rows, %cols, %nnz, %asyncToken_9 = gpu.spmat_get_size async [%asyncToken_8] %spmat_2
// CHECK: %0 = gpu.set_csr_pointers async [%asyncToken_9] %spmat_2, %arg2, %arg2, %arg3 : memref<?xindex>, memref<?xindex>, memref<?xf64>
// CHECK: %1 = gpu.destroy_dn_tensor async [%0] %dnTensor
// CHECK: gpu.destroy_sp_mat [%1] %spmat
// CHECK: return %spmat_2 : !gpu.sparse.spmat_handle
// CHECK-LABEL: func.func @products(%arg0: !gpu.sparse.spmat_handle, %arg1: !gpu.sparse.dntensor_handle, %arg2: !gpu.async.token, %arg3: memref<?xi8>, %arg4: index) {
// CHECK: %bufferSz = gpu.spmv_buffer_size  %arg0{TRANSPOSE}, %arg1, %arg1 into f32
// CHECK: %0 = gpu.spmv async [%arg2] %arg0, %arg1, %arg1, %arg3 : memref<?xi8> into f32
// CHECK: %bufferSzs, %asyncToken = gpu.spmm_buffer_size async [%0] %arg0{TRANSPOSE}, %arg1, %arg1 : index into f64
// CHECK: %bufferSzs_0:2 = gpu.spmm_buffer_size  %arg0, %arg1{CONJUGATE_TRANSPOSE}, %arg1 {foo} : index, index into f64
// CHECK: gpu.spmm  %arg0{TRANSPOSE}, %arg1{TRANSPOSE}, %arg1, %arg3, %arg3 : memref<?xi8>, memref<?xi8> into f64
// CHECK: %bufferSz_1, %asyncToken_2 = gpu.sddmm_buffer_size async %arg1, %arg1{TRANSPOSE}, %arg0 into f32
// CHECK: %1 = gpu.sddmm async [%asyncToken, %asyncToken_2] %arg1, %arg1{TRANSPOSE}, %arg0, %arg3 : memref<?xi8> into f32
// CHECK: %desc, %asyncToken_3 = gpu.spgemm_create_descr async [%1]
// CHECK: %bufferSzNew, %asyncToken_4 = gpu.spgemm_work_estimation_or_compute async [%asyncToken_3]{WORK_ESTIMATION} %arg0, %arg0{TRANSPOSE}, %arg0, %desc, %arg4, %arg3 : f32 into memref<?xi8>
// CHECK: %2 = gpu.spgemm_copy async [%asyncToken_4] %arg0, %arg0, %arg0, %desc : f32
// CHECK: gpu.spgemm_destroy_descr [%2] %desc
