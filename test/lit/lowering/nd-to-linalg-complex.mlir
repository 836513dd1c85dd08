// RUN: irc-opt %s --nd-to-linalg | filecheck %s

// CHECK-LABEL: func.func @elementwise
// CHECK: linalg.generic {{.*}} ins(%{{.+}} : tensor<4xcomplex<f32>>) outs(%{{.+}} : tensor<4xcomplex<f32>>)
// CHECK: complex.exp %{{.+}} : complex<f32>
// CHECK: linalg.generic {{.*}} ins(%{{.+}} : tensor<4xcomplex<f32>>) outs(%{{.+}} : tensor<4xf32>)
// CHECK: complex.abs %{{.+}} : complex<f32>
func.func @elementwise(%z: tensor<4xcomplex<f32>>) -> tensor<4xf32> {
  %0 = nd.exp %z : tensor<4xcomplex<f32>>
  %1 = nd.abs %0 : tensor<4xcomplex<f32>>
  return %1 : tensor<4xf32>
}

// The exponential is that of a number whose real part is not positive.
// CHECK-LABEL: func.func @logistic
// CHECK: %[[LEFT:.+]] = arith.cmpf olt
// CHECK: %[[Z:.+]] = arith.select %[[LEFT]], %[[IN:.+]], %{{.+}} : complex<f32>
// CHECK: complex.exp %[[Z]]
func.func @logistic(%z: tensor<4xcomplex<f32>>) -> tensor<4xcomplex<f32>> {
  %0 = nd.logistic %z : tensor<4xcomplex<f32>>
  return %0 : tensor<4xcomplex<f32>>
}

// CHECK-LABEL: func.func @sum
// CHECK: %[[ZERO:.+]] = complex.constant [0.000000e+00 : f32, 0.000000e+00 : f32]
// CHECK: linalg.fill ins(%[[ZERO]] : complex<f32>)
// CHECK: complex.add
func.func @sum(%z: tensor<4xcomplex<f32>>) -> tensor<complex<f32>> {
  %0 = nd.sum %z axes = [0] : tensor<4xcomplex<f32>> -> tensor<complex<f32>>
  return %0 : tensor<complex<f32>>
}

// Four products of real matrices, which run on vectors.
// CHECK-LABEL: func.func @product
// CHECK-COUNT-4: linalg.matmul ins(%{{.+}}, %{{.+}} : tensor<2x3xf32>, tensor<3x4xf32>)
// CHECK-NOT: linalg.matmul
// CHECK: complex.create
func.func @product(%a: tensor<2x3xcomplex<f32>>, %b: tensor<3x4xcomplex<f32>>) -> tensor<2x4xcomplex<f32>> {
  %0 = nd.matmul %a, %b : tensor<2x3xcomplex<f32>>, tensor<3x4xcomplex<f32>> -> tensor<2x4xcomplex<f32>>
  return %0 : tensor<2x4xcomplex<f32>>
}

// An imaginary part is dropped on the way to a real type, and zero on the way back.
// CHECK-LABEL: func.func @casts
// CHECK: %[[RE:.+]] = complex.re
// CHECK: arith.fptosi %[[RE]]
// CHECK: %[[X:.+]] = arith.sitofp %{{.+}} : i32 to f64
// CHECK: %[[ZERO:.+]] = arith.constant 0.000000e+00 : f64
// CHECK: complex.create %[[X]], %[[ZERO]] : complex<f64>
// CHECK: complex.neq
func.func @casts(%z: tensor<4xcomplex<f32>>) -> (tensor<4xcomplex<f64>>, tensor<4xi1>) {
  %0 = nd.cast %z : tensor<4xcomplex<f32>> -> tensor<4xi32>
  %1 = nd.cast %0 : tensor<4xi32> -> tensor<4xcomplex<f64>>
  %2 = nd.cast %z : tensor<4xcomplex<f32>> -> tensor<4xi1>
  return %1, %2 : tensor<4xcomplex<f64>>, tensor<4xi1>
}
