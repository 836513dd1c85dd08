// RUN: irc-opt %s --stablehlo-to-nd --canonicalize | filecheck %s

// LAPACK's pivots count from 1, and all is well.
// CHECK-LABEL: func.func @lu
// CHECK: %[[F:.+]]:2 = nd.custom_call @irc.lu(%arg0)
// CHECK: nd.add %[[F]]#1
func.func @lu(%a: tensor<3x3xf32>) -> (tensor<3x3xf32>, tensor<3xi32>, tensor<i32>) {
  %0:3 = stablehlo.custom_call @lapack_sgetrf_ffi(%a) {mhlo.backend_config = {}}
    : (tensor<3x3xf32>) -> (tensor<3x3xf32>, tensor<3xi32>, tensor<i32>)
  return %0#0, %0#1, %0#2 : tensor<3x3xf32>, tensor<3xi32>, tensor<i32>
}

// CHECK-LABEL: func.func @solve
// CHECK: nd.triangular_solve %arg0, %arg1 left_side = true lower = true unit_diagonal = true transpose_a = TRANSPOSE
func.func @solve(%a: tensor<3x3xf32>, %b: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %0 = stablehlo.custom_call @lapack_strsm_ffi(%a, %b) {
    mhlo.backend_config = {diag = 85 : ui8, side = 76 : ui8, trans_x = 84 : ui8, uplo = 76 : ui8}
  } : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @products
// CHECK: nd.permute_dims %arg1 axes = [0, 2, 1]
// CHECK: nd.matmul %arg0, %{{.+}} : tensor<5x2x3xf32>, tensor<5x3x4xf32> -> tensor<5x2x4xf32>
// CHECK: nd.conv
func.func @products(%a: tensor<5x2x3xf32>, %b: tensor<5x4x3xf32>, %k: tensor<3x4x6xf32>) -> tensor<5x2x6xf32> {
  %0 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [2]
    : (tensor<5x2x3xf32>, tensor<5x4x3xf32>) -> tensor<5x2x4xf32>
  %1 = stablehlo.convolution(%0, %k) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {pad = [[1, 1]]}
    {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<5x2x4xf32>, tensor<3x4x6xf32>) -> tensor<5x2x6xf32>
  return %1 : tensor<5x2x6xf32>
}

// CHECK-LABEL: func.func @special
// CHECK: nd.erf_inv %arg0
// CHECK: nd.sort
// CHECK: nd.slice
func.func @special(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xi32>) {
  %0 = chlo.erf_inv %x : tensor<4xf32> -> tensor<4xf32>
  %v, %i = chlo.top_k(%0, k = 2) : tensor<4xf32> -> (tensor<2xf32>, tensor<2xi32>)
  return %v, %i : tensor<2xf32>, tensor<2xi32>
}

// CHECK-LABEL: func.func @broadcasting
// CHECK: nd.broadcast_to %arg1 : tensor<3xf32> -> tensor<2x3xf32>
// CHECK: nd.add
func.func @broadcasting(%x: tensor<2x3xf32>, %y: tensor<3xf32>) -> tensor<2x3xf32> {
  %0 = chlo.broadcast_add %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
