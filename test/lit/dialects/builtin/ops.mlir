// Modules may be named and nested; attributes and locations are kept.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

module @outer attributes {a.flag, a.list = [1, 2.5, "x", @s::@t, i32], a.map = affine_map<(d0, d1)[s0] -> (d0 + s0, d1 * 2 - 1)>} {
  module @inner {
    func.func private @f(memref<4x?xf32, strided<[?, 1], offset: ?>>, tuple<i1, index>, vector<4x[8]xf32>, complex<f64>, tensor<*xbf16>)
  }
  func.func private @g() attributes {d = dense<[[1.0, -2.5], [0x7FC00000, 3.0e+09]]> : tensor<2x2xf32>, s = dense<true> : tensor<3xi1>, r = array<i64: 1, -2>, "odd key" = unit, n = {b = 1 : i8, c = -1 : si16}}
}

// CHECK: #map = affine_map<(d0, d1)[s0] -> (d0 + s0, d1 * 2 - 1)>
// CHECK: module @outer attributes {a.flag, a.list = [1, 2.500000e+00, "x", @s::@t, i32], a.map = #map} {
// CHECK: module @inner {
// CHECK: func.func private @f(memref<4x?xf32, strided<[?, 1], offset: ?>>, tuple<i1, index>, vector<4x[8]xf32>, complex<f64>, tensor<*xbf16>)
// CHECK: func.func private @g() attributes {d = dense<[[1.000000e+00, -2.500000e+00], [0x7FC00000, 3.000000e+09]]> : tensor<2x2xf32>, n = {b = 1 : i8, c = -1 : si16}, "odd key", r = array<i64: 1, -2>, s = dense<true> : tensor<3xi1>}

func.func @complex_elements() -> (tensor<2xcomplex<f32>>, tensor<2xcomplex<f64>>) {
  %0 = arith.constant dense<(1.0,-2.5)> : tensor<2xcomplex<f32>>
  %1 = arith.constant dense<[(1.0,2.0), (0.5,-0.0)]> : tensor<2xcomplex<f64>>
  return %0, %1 : tensor<2xcomplex<f32>>, tensor<2xcomplex<f64>>
}

// CHECK: arith.constant dense<(1.000000e+00,-2.500000e+00)> : tensor<2xcomplex<f32>>
// CHECK: arith.constant dense<[(1.000000e+00,2.000000e+00), (5.000000e-01,-0.000000e+00)]> : tensor<2xcomplex<f64>>
