// What complex numbers do not have: an order, and functions of real numbers.
// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{'nd.less' op operand #0 must be ranked tensor of values that have an order, not of complex numbers, but got 'tensor<3xcomplex<f32>>'}}
  %0 = nd.less %z, %z : tensor<3xcomplex<f32>>
  return
}

// -----

func.func @f(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{'nd.maximum' op operand #0 must be ranked tensor of values that have an order, not of complex numbers}}
  %0 = nd.maximum %z, %z : tensor<3xcomplex<f32>>
  return
}

// -----

func.func @f(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{'nd.max' op operand #0 must be ranked tensor of values that have an order, not of complex numbers}}
  %0 = nd.max %z axes = [0] : tensor<3xcomplex<f32>> -> tensor<complex<f32>>
  return
}

// -----

func.func @f(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{'nd.remainder' op operand #0 must be ranked tensor of real numbers, but got 'tensor<3xcomplex<f32>>'}}
  %0 = nd.remainder %z, %z : tensor<3xcomplex<f32>>
  return
}

// -----

func.func @f(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{'nd.floor' op operand #0 must be ranked tensor of floating-point values, but got 'tensor<3xcomplex<f32>>'}}
  %0 = nd.floor %z : tensor<3xcomplex<f32>>
  return
}

// -----

func.func @f(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{'nd.atan2' op operand #0 must be ranked tensor of floating-point values, but got 'tensor<3xcomplex<f32>>'}}
  %0 = nd.atan2 %z, %z : tensor<3xcomplex<f32>>
  return
}

// -----

// Complex numbers have parts of 32 or 64 bits, as in StableHLO.
func.func @f(%x: tensor<3xf16>) {
  // expected-error @+1 {{'nd.complex' op operand #0 must be ranked tensor of f32 or f64 values, but got 'tensor<3xf16>'}}
  %0 = nd.complex %x, %x : tensor<3xf16>
  return
}

// -----

func.func @f(%x: tensor<3xf32>, %y: tensor<4xf32>) {
  // expected-error @+1 {{'nd.complex' op}}
  %0 = "nd.complex"(%x, %y) : (tensor<3xf32>, tensor<4xf32>) -> tensor<3xcomplex<f32>>
  return
}

// -----

func.func @f(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+1 {{expected result type 'tensor<3xf32>', got 'tensor<3xf64>'}}
  %0 = "nd.real"(%z) : (tensor<3xcomplex<f32>>) -> tensor<3xf64>
  return
}

// -----

func.func @f(%x: tensor<3xi32>) {
  // expected-error @+1 {{'nd.imag' op operand #0 must be ranked tensor of floating-point or complex values, but got 'tensor<3xi32>'}}
  %0 = nd.imag %x : tensor<3xi32>
  return
}
