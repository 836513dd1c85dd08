// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @functions
func.func @functions(%x: tensor<2xf32>, %z: tensor<2xcomplex<f32>>, %i: tensor<2xi32>) {
  // CHECK: chlo.acos %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %0 = chlo.acos %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.acosh %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %1 = chlo.acosh %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.asin %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %2 = chlo.asin %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.asinh %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %3 = chlo.asinh %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.atan %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %4 = chlo.atan %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.atanh %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %5 = chlo.atanh %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.bessel_i1e %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %6 = chlo.bessel_i1e %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.conj %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %7 = chlo.conj %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.cosh %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %8 = chlo.cosh %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.sinh %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %9 = chlo.sinh %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.square %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %10 = chlo.square %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.tan %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %11 = chlo.tan %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.digamma %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %12 = chlo.digamma %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.erf %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %13 = chlo.erf %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.erf_inv %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %14 = chlo.erf_inv %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.erfc %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %15 = chlo.erfc %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.lgamma %{{.*}} : tensor<2xf32> -> tensor<2xf32>
  %16 = chlo.lgamma %x : tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.is_inf %{{.*}} : tensor<2xf32> -> tensor<2xi1>
  %17 = chlo.is_inf %x : tensor<2xf32> -> tensor<2xi1>
  // CHECK: chlo.is_neg_inf %{{.*}} : tensor<2xf32> -> tensor<2xi1>
  %18 = chlo.is_neg_inf %x : tensor<2xf32> -> tensor<2xi1>
  // CHECK: chlo.is_pos_inf %{{.*}} : tensor<2xf32> -> tensor<2xi1>
  %19 = chlo.is_pos_inf %x : tensor<2xf32> -> tensor<2xi1>
  // CHECK: chlo._asin_acos_kernel %{{.*}} : tensor<2xcomplex<f32>> -> tensor<2xcomplex<f32>>
  %20 = chlo._asin_acos_kernel %z : tensor<2xcomplex<f32>> -> tensor<2xcomplex<f32>>
  // CHECK: chlo.next_after %{{.*}}, %{{.*}} : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  %21 = chlo.next_after %x, %x : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.polygamma %{{.*}}, %{{.*}} : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  %22 = chlo.polygamma %x, %x : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.zeta %{{.*}}, %{{.*}} : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  %23 = chlo.zeta %x, %x : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  // CHECK: chlo.mulhi %{{.*}}, %{{.*}} : tensor<2xi32>, tensor<2xi32> -> tensor<2xi32>
  %24 = chlo.mulhi %i, %i : tensor<2xi32>, tensor<2xi32> -> tensor<2xi32>
  return
}
