// Complex numbers and their parts: the type is that of the operands, from which the result's follows.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @parts
func.func @parts(%re: tensor<4x?xf64>, %im: tensor<4x?xf64>, %z: tensor<3xcomplex<f32>>, %s: tensor<3xf32>) {
  // CHECK: %[[Z:.+]] = nd.complex %{{.+}}, %{{.+}} : tensor<4x?xf64>
  %0 = nd.complex %re, %im : tensor<4x?xf64>
  // CHECK: nd.real %[[Z]] : tensor<4x?xcomplex<f64>>
  %1 = nd.real %0 : tensor<4x?xcomplex<f64>>
  // CHECK: %[[IM:.+]] = nd.imag %[[Z]] : tensor<4x?xcomplex<f64>>
  %2 = nd.imag %0 : tensor<4x?xcomplex<f64>>
  // CHECK: nd.add %[[IM]], %[[IM]] : tensor<4x?xf64>
  %3 = nd.add %2, %2 : tensor<4x?xf64>
  // CHECK: nd.abs %{{.+}} into %{{.+}} : tensor<3xcomplex<f32>>
  %4 = nd.abs %z into %s : tensor<3xcomplex<f32>>
  // CHECK: nd.real %{{.+}} : tensor<3xf32>
  %5 = nd.real %4 : tensor<3xf32>
  return
}

// CHECK-LABEL: func.func @elementwise
func.func @elementwise(%z: tensor<2x?xcomplex<f32>>, %c: tensor<2x?xi1>) {
  // CHECK-COUNT-22: tensor<2x?xcomplex<f32>>{{$}}
  %0 = nd.add %z, %z : tensor<2x?xcomplex<f32>>
  %1 = nd.subtract %z, %z : tensor<2x?xcomplex<f32>>
  %2 = nd.multiply %z, %z : tensor<2x?xcomplex<f32>>
  %3 = nd.divide %z, %z : tensor<2x?xcomplex<f32>>
  %4 = nd.pow %z, %z : tensor<2x?xcomplex<f32>>
  %5 = nd.negative %z : tensor<2x?xcomplex<f32>>
  %6 = nd.sign %z : tensor<2x?xcomplex<f32>>
  %7 = nd.exp %z : tensor<2x?xcomplex<f32>>
  %8 = nd.expm1 %z : tensor<2x?xcomplex<f32>>
  %9 = nd.log %z : tensor<2x?xcomplex<f32>>
  %10 = nd.log1p %z : tensor<2x?xcomplex<f32>>
  %11 = nd.sqrt %z : tensor<2x?xcomplex<f32>>
  %12 = nd.rsqrt %z : tensor<2x?xcomplex<f32>>
  %13 = nd.sin %z : tensor<2x?xcomplex<f32>>
  %14 = nd.cos %z : tensor<2x?xcomplex<f32>>
  %15 = nd.tanh %z : tensor<2x?xcomplex<f32>>
  %16 = nd.logistic %z : tensor<2x?xcomplex<f32>>
  %17 = nd.round %z : tensor<2x?xcomplex<f32>>
  %18 = nd.equal %z, %z : tensor<2x?xcomplex<f32>>
  %19 = nd.not_equal %z, %z : tensor<2x?xcomplex<f32>>
  %20 = nd.where %c, %z, %z : tensor<2x?xi1>, tensor<2x?xcomplex<f32>>
  %21 = nd.cast %c : tensor<2x?xi1> -> tensor<2x?xcomplex<f32>>
  return
}
