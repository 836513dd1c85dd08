// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @unary
func.func @unary(%x: tensor<2xf32>, %i: tensor<2xi32>, %z: tensor<2xcomplex<f32>>, %b: tensor<2xi1>) {
  // CHECK: stablehlo.abs %{{.*}} : tensor<2xi32>
  %0 = stablehlo.abs %i : tensor<2xi32>
  // CHECK: stablehlo.abs %{{.*}} : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  %1 = stablehlo.abs %z : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  // CHECK: stablehlo.cbrt %{{.*}} : tensor<2xf32>
  %2 = stablehlo.cbrt %x : tensor<2xf32>
  // CHECK: stablehlo.ceil %{{.*}} : tensor<2xf32>
  %3 = stablehlo.ceil %x : tensor<2xf32>
  // CHECK: stablehlo.convert %{{.*}} : (tensor<2xi32>) -> tensor<2xf32>
  %4 = stablehlo.convert %i : (tensor<2xi32>) -> tensor<2xf32>
  // CHECK: stablehlo.count_leading_zeros %{{.*}} : tensor<2xi32>
  %5 = stablehlo.count_leading_zeros %i : tensor<2xi32>
  // CHECK: stablehlo.cosine %{{.*}} : tensor<2xf32>
  %6 = stablehlo.cosine %x : tensor<2xf32>
  // CHECK: stablehlo.exponential %{{.*}} : tensor<2xcomplex<f32>>
  %7 = stablehlo.exponential %z : tensor<2xcomplex<f32>>
  // CHECK: stablehlo.exponential_minus_one %{{.*}} : tensor<2xf32>
  %8 = stablehlo.exponential_minus_one %x : tensor<2xf32>
  // CHECK: stablehlo.floor %{{.*}} : tensor<2xf32>
  %9 = stablehlo.floor %x : tensor<2xf32>
  // CHECK: stablehlo.imag %{{.*}} : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  %10 = stablehlo.imag %z : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  // CHECK: stablehlo.is_finite %{{.*}} : (tensor<2xf32>) -> tensor<2xi1>
  %11 = stablehlo.is_finite %x : (tensor<2xf32>) -> tensor<2xi1>
  // CHECK: stablehlo.log %{{.*}} : tensor<2xf32>
  %12 = stablehlo.log %x : tensor<2xf32>
  // CHECK: stablehlo.log_plus_one %{{.*}} : tensor<2xf32>
  %13 = stablehlo.log_plus_one %x : tensor<2xf32>
  // CHECK: stablehlo.logistic %{{.*}} : tensor<2xf32>
  %14 = stablehlo.logistic %x : tensor<2xf32>
  // CHECK: stablehlo.not %{{.*}} : tensor<2xi1>
  %15 = stablehlo.not %b : tensor<2xi1>
  // CHECK: stablehlo.negate %{{.*}} : tensor<2xf32>
  %16 = stablehlo.negate %x : tensor<2xf32>
  // CHECK: stablehlo.popcnt %{{.*}} : tensor<2xi32>
  %17 = stablehlo.popcnt %i : tensor<2xi32>
  // CHECK: stablehlo.real %{{.*}} : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  %18 = stablehlo.real %z : (tensor<2xcomplex<f32>>) -> tensor<2xf32>
  // CHECK: stablehlo.round_nearest_afz %{{.*}} : tensor<2xf32>
  %19 = stablehlo.round_nearest_afz %x : tensor<2xf32>
  // CHECK: stablehlo.round_nearest_even %{{.*}} : tensor<2xf32>
  %20 = stablehlo.round_nearest_even %x : tensor<2xf32>
  // CHECK: stablehlo.rsqrt %{{.*}} : tensor<2xf32>
  %21 = stablehlo.rsqrt %x : tensor<2xf32>
  // CHECK: stablehlo.sign %{{.*}} : tensor<2xf32>
  %22 = stablehlo.sign %x : tensor<2xf32>
  // CHECK: stablehlo.sine %{{.*}} : tensor<2xf32>
  %23 = stablehlo.sine %x : tensor<2xf32>
  // CHECK: stablehlo.sqrt %{{.*}} : tensor<2xf32>
  %24 = stablehlo.sqrt %x : tensor<2xf32>
  // CHECK: stablehlo.tan %{{.*}} : tensor<2xf32>
  %25 = stablehlo.tan %x : tensor<2xf32>
  // CHECK: stablehlo.tanh %{{.*}} {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<2xf32>
  %26 = stablehlo.tanh %x {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<2xf32>
  // CHECK: stablehlo.tanh %{{.*}} {result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-05, ulps = 2, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<2xf32>
  %27 = stablehlo.tanh %x {result_accuracy = #stablehlo.result_accuracy<atol = 1.000000e-05, ulps = 2, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @binary
func.func @binary(%x: tensor<2xf32>, %i: tensor<2xi32>, %b: tensor<2xi1>) {
  // CHECK: stablehlo.add %{{.*}}, %{{.*}} : tensor<2xf32>
  %0 = stablehlo.add %x, %x : tensor<2xf32>
  // CHECK: stablehlo.and %{{.*}}, %{{.*}} : tensor<2xi1>
  %1 = stablehlo.and %b, %b : tensor<2xi1>
  // CHECK: stablehlo.atan2 %{{.*}}, %{{.*}} : tensor<2xf32>
  %2 = stablehlo.atan2 %x, %x : tensor<2xf32>
  // CHECK: stablehlo.divide %{{.*}}, %{{.*}} : tensor<2xf32>
  %3 = stablehlo.divide %x, %x : tensor<2xf32>
  // CHECK: stablehlo.maximum %{{.*}}, %{{.*}} : tensor<2xf32>
  %4 = stablehlo.maximum %x, %x : tensor<2xf32>
  // CHECK: stablehlo.minimum %{{.*}}, %{{.*}} : tensor<2xf32>
  %5 = stablehlo.minimum %x, %x : tensor<2xf32>
  // CHECK: stablehlo.multiply %{{.*}}, %{{.*}} {mark} : tensor<2xf32>
  %6 = stablehlo.multiply %x, %x {mark} : tensor<2xf32>
  // CHECK: stablehlo.or %{{.*}}, %{{.*}} : tensor<2xi32>
  %7 = stablehlo.or %i, %i : tensor<2xi32>
  // CHECK: stablehlo.power %{{.*}}, %{{.*}} : tensor<2xf32>
  %8 = stablehlo.power %x, %x : tensor<2xf32>
  // CHECK: stablehlo.remainder %{{.*}}, %{{.*}} : tensor<2xi32>
  %9 = stablehlo.remainder %i, %i : tensor<2xi32>
  // CHECK: stablehlo.shift_left %{{.*}}, %{{.*}} : tensor<2xi32>
  %10 = stablehlo.shift_left %i, %i : tensor<2xi32>
  // CHECK: stablehlo.shift_right_arithmetic %{{.*}}, %{{.*}} : tensor<2xi32>
  %11 = stablehlo.shift_right_arithmetic %i, %i : tensor<2xi32>
  // CHECK: stablehlo.shift_right_logical %{{.*}}, %{{.*}} : tensor<2xi32>
  %12 = stablehlo.shift_right_logical %i, %i : tensor<2xi32>
  // CHECK: stablehlo.subtract %{{.*}}, %{{.*}} : tensor<2xf32>
  %13 = stablehlo.subtract %x, %x : tensor<2xf32>
  // CHECK: stablehlo.xor %{{.*}}, %{{.*}} : tensor<2xi1>
  %14 = stablehlo.xor %b, %b : tensor<2xi1>
  // CHECK: stablehlo.complex %{{.*}}, %{{.*}} : tensor<2xcomplex<f32>>
  %15 = stablehlo.complex %x, %x : tensor<2xcomplex<f32>>
  // CHECK: stablehlo.reduce_precision %{{.*}}, format = e5m10 : tensor<2xf32>
  %16 = stablehlo.reduce_precision %x, format = e5m10 : tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @mixed_types
func.func @mixed_types(%a: tensor<2x?xf32>, %b: tensor<?x3xf32>, %p: tensor<2x3xi1>) {
  // CHECK: stablehlo.add %{{.*}}, %{{.*}} : (tensor<2x?xf32>, tensor<?x3xf32>) -> tensor<2x3xf32>
  %0 = stablehlo.add %a, %b : (tensor<2x?xf32>, tensor<?x3xf32>) -> tensor<2x3xf32>
  // CHECK: stablehlo.tanh %{{.*}} : (tensor<2x?xf32>) -> tensor<2x3xf32>
  %1 = stablehlo.tanh %a : (tensor<2x?xf32>) -> tensor<2x3xf32>
  // CHECK: stablehlo.select %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x3xi1>, tensor<2x?xf32>, tensor<?x3xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.select %p, %a, %b : (tensor<2x3xi1>, tensor<2x?xf32>, tensor<?x3xf32>) -> tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @selection
func.func @selection(%x: tensor<2xf32>, %s: tensor<f32>, %p: tensor<2xi1>, %q: tensor<i1>) {
  // CHECK: stablehlo.compare LT, %{{.*}}, %{{.*}} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %0 = stablehlo.compare LT, %x, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  // CHECK: stablehlo.compare GE, %{{.*}}, %{{.*}}, TOTALORDER : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  %1 = stablehlo.compare GE, %x, %x, TOTALORDER : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  // CHECK: stablehlo.clamp %{{.*}}, %{{.*}}, %{{.*}} : tensor<2xf32>
  %2 = stablehlo.clamp %x, %x, %x : tensor<2xf32>
  // CHECK: stablehlo.clamp %{{.*}}, %{{.*}}, %{{.*}} : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  %3 = stablehlo.clamp %s, %x, %s : (tensor<f32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  // CHECK: stablehlo.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<2xi1>, tensor<2xf32>
  %4 = stablehlo.select %p, %x, %x : tensor<2xi1>, tensor<2xf32>
  // CHECK: stablehlo.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<i1>, tensor<2xf32>
  %5 = stablehlo.select %q, %x, %x : tensor<i1>, tensor<2xf32>
  return
}
