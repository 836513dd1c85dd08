// Random bits, linear algebra, transforms and calls, with static and dynamic dimensions and with destinations.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @random
// CHECK: nd.random_bits %{{.+}} : tensor<4x6xui32>
// CHECK: nd.random_bits %{{.+}} start %{{.+}} : tensor<ui64>
// CHECK: nd.random_bits %{{.+}} sizes(%{{.+}}, %{{.+}}) : tensor<?x6x?xui8>
// CHECK: nd.random_bits %{{.+}} start %{{.+}} sizes(%{{.+}}) into %{{.+}} : tensor<?xui16>
func.func @random(%key: tensor<2xui32>, %start: tensor<ui64>, %n: index) {
  %0 = nd.random_bits %key : tensor<4x6xui32>
  %1 = nd.random_bits %key start %start : tensor<ui64>
  %2 = nd.random_bits %key sizes(%n, %n) : tensor<?x6x?xui8>
  %s = nd.allocate(%n) : tensor<?xui16>
  %3 = nd.random_bits %key start %start sizes(%n) into %s : tensor<?xui16>
  return
}

// CHECK-LABEL: func.func @transforms
// CHECK: nd.fft %{{.+}} kind = RFFT length = [8] : tensor<?x8xf32> -> tensor<?x5xcomplex<f32>>
// CHECK: nd.fft %{{.+}} kind = IRFFT length = [8] : tensor<?x5xcomplex<f32>> -> tensor<?x8xf32>
// CHECK: nd.fft %{{.+}} kind = FFT length = [2, 3, 4] into %{{.+}} : tensor<2x3x4xcomplex<f64>> -> tensor<2x3x4xcomplex<f64>>
// CHECK: nd.fft %{{.+}} kind = IFFT length = [4] : tensor<2x3x4xcomplex<f64>> -> tensor<2x3x4xcomplex<f64>>
func.func @transforms(%x: tensor<?x8xf32>, %c: tensor<2x3x4xcomplex<f64>>) {
  %0 = nd.fft %x kind = RFFT length = [8] : tensor<?x8xf32> -> tensor<?x5xcomplex<f32>>
  %1 = nd.fft %0 kind = IRFFT length = [8] : tensor<?x5xcomplex<f32>> -> tensor<?x8xf32>
  %s = nd.allocate() : tensor<2x3x4xcomplex<f64>>
  %2 = nd.fft %c kind = FFT length = [2, 3, 4] into %s : tensor<2x3x4xcomplex<f64>> -> tensor<2x3x4xcomplex<f64>>
  %3 = nd.fft %2 kind = IFFT length = [4] : tensor<2x3x4xcomplex<f64>> -> tensor<2x3x4xcomplex<f64>>
  return
}

// CHECK-LABEL: func.func @solvers
// CHECK: nd.cholesky %{{.+}} lower = true : tensor<?x3x3xf32>
// CHECK: nd.cholesky %{{.+}} lower = false into %{{.+}} : tensor<3x3xf16>
// CHECK: nd.triangular_solve %{{.+}}, %{{.+}} left_side = true lower = true unit_diagonal = false transpose_a = ADJOINT : tensor<?x3x3xf32>, tensor<?x3x2xf32>
// CHECK: nd.triangular_solve %{{.+}}, %{{.+}} left_side = false lower = false unit_diagonal = true transpose_a = NO_TRANSPOSE into %{{.+}} : tensor<3x3xf16>, tensor<3x3xf16>
func.func @solvers(%a: tensor<?x3x3xf32>, %b: tensor<?x3x2xf32>, %c: tensor<3x3xf16>) {
  %0 = nd.cholesky %a lower = true : tensor<?x3x3xf32>
  %s = nd.allocate() : tensor<3x3xf16>
  %1 = nd.cholesky %c lower = false into %s : tensor<3x3xf16>
  %2 = nd.triangular_solve %0, %b left_side = true lower = true unit_diagonal = false transpose_a = ADJOINT
    : tensor<?x3x3xf32>, tensor<?x3x2xf32>
  %t = nd.allocate() : tensor<3x3xf16>
  %3 = nd.triangular_solve %1, %c left_side = false lower = false unit_diagonal = true transpose_a = NO_TRANSPOSE into %t
    : tensor<3x3xf16>, tensor<3x3xf16>
  return
}

// CHECK-LABEL: func.func @calls
// CHECK: nd.custom_call @f() : () -> ()
// CHECK: nd.custom_call @my.f(%{{.+}}, %{{.+}}) : (tensor<?x4xf32>, i32) -> tensor<4xf32>
// CHECK: nd.custom_call @"two words"(%{{.+}}) sizes(%{{.+}}, %{{.+}}) side_effects options {axis = 1 : i64, mode = "fast"} : (tensor<?x4xf32>) -> (tensor<?xf32>, tensor<2x?xi8>)
// CHECK: nd.custom_call @f(%{{.+}}) into(%{{.+}} : tensor<?xf32>) {tag} : (tensor<?x4xf32>) -> tensor<?xf32>
// CHECK: nd.custom_call @f(%{{.+}}) into(%{{.+}}, %{{.+}} : memref<4xf32>, memref<?xi8>) : (memref<4xf32>) -> ()
func.func @calls(%x: tensor<?x4xf32>, %k: i32, %n: index, %m: memref<4xf32>, %o: memref<?xi8>) {
  nd.custom_call @f() : () -> ()
  %0 = nd.custom_call @my.f(%x, %k) : (tensor<?x4xf32>, i32) -> tensor<4xf32>
  %1:2 = nd.custom_call @"two words"(%x) sizes(%n, %n) side_effects options {axis = 1, mode = "fast"}
    : (tensor<?x4xf32>) -> (tensor<?xf32>, tensor<2x?xi8>)
  %s = nd.allocate(%n) : tensor<?xf32>
  %2 = nd.custom_call @f(%x) into(%s : tensor<?xf32>) {tag} : (tensor<?x4xf32>) -> tensor<?xf32>
  nd.custom_call @f(%m) into(%m, %o : memref<4xf32>, memref<?xi8>) : (memref<4xf32>) -> ()
  return
}
