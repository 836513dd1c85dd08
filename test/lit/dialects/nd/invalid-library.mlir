// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%key: tensor<2xui32>, %wrong: tensor<2xi32>, %n: index) {
  // expected-error @+1 {{elements must be ui8, ui16, ui32 or ui64, got 'tensor<4xi32>'}}
  %0 = nd.random_bits %key : tensor<4xi32>
  // expected-error @+1 {{elements must be ui8, ui16, ui32 or ui64, got 'tensor<4xui7>'}}
  %1 = nd.random_bits %key : tensor<4xui7>
  // expected-error @+1 {{expected 1 sizes for the dynamic dimensions of 'tensor<?xui8>', got 0}}
  %2 = nd.random_bits %key : tensor<?xui8>
  return
}

// -----

func.func @f(%key: tensor<2xi32>) {
  // expected-error @+1 {{use of value '%key' expects different type than prior uses: 'tensor<2xui32>' vs 'tensor<2xi32>'}}
  %0 = nd.random_bits %key : tensor<4xui32>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %c: tensor<4x8xcomplex<f32>>, %i: tensor<8xi32>) {
  // expected-error @+1 {{RFFT takes real numbers, got 'tensor<4x8xcomplex<f32>>'}}
  %0 = nd.fft %c kind = RFFT length = [8] : tensor<4x8xcomplex<f32>> -> tensor<4x5xcomplex<f32>>
  // expected-error @+1 {{FFT takes complex numbers, got 'tensor<4x8xf32>'}}
  %1 = nd.fft %x kind = FFT length = [8] : tensor<4x8xf32> -> tensor<4x8xf32>
  // expected-error @+1 {{axis 1 of 'tensor<4x8xf32>' in an RFFT of length [6]: sizes 8 and 6 differ}}
  %2 = nd.fft %x kind = RFFT length = [6] : tensor<4x8xf32> -> tensor<4x4xcomplex<f32>>
  // expected-error @+1 {{axis 1 of 'tensor<4x8xcomplex<f32>>' in an IRFFT of length [8]: sizes 8 and 5 differ}}
  %3 = nd.fft %c kind = IRFFT length = [8] : tensor<4x8xcomplex<f32>> -> tensor<4x8xf32>
  // expected-error @+1 {{expected result type 'tensor<4x5xcomplex<f32>>', got 'tensor<4x8xcomplex<f32>>'}}
  %4 = nd.fft %x kind = RFFT length = [8] : tensor<4x8xf32> -> tensor<4x8xcomplex<f32>>
  // expected-error @+1 {{transforms are over 1 to 3 axes, got 0 lengths}}
  %5 = nd.fft %c kind = FFT length = [] : tensor<4x8xcomplex<f32>> -> tensor<4x8xcomplex<f32>>
  // expected-error @+1 {{'tensor<4x8xcomplex<f32>>' has fewer than 3 axes}}
  %6 = nd.fft %c kind = FFT length = [1, 4, 8] : tensor<4x8xcomplex<f32>> -> tensor<4x8xcomplex<f32>>
  // expected-error @+1 {{lengths [-8] must not be negative}}
  %7 = nd.fft %c kind = FFT length = [-8] : tensor<4x8xcomplex<f32>> -> tensor<4x8xcomplex<f32>>
  // expected-error @+1 {{operand #0 must be ranked tensor of f32, f64 or complex values, but got 'tensor<8xi32>'}}
  %8 = nd.fft %i kind = RFFT length = [8] : tensor<8xi32> -> tensor<5xcomplex<f32>>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %i: tensor<3x3xi32>) {
  // expected-error @+1 {{last axes of the operand 'tensor<2x3xf32>': sizes 2 and 3 differ}}
  %0 = nd.cholesky %a lower = true : tensor<2x3xf32>
  // expected-error @+1 {{the operand must have two axes at least, got 'tensor<3xf32>'}}
  %1 = nd.cholesky %v lower = true : tensor<3xf32>
  // expected-error @+1 {{the operand must have float or complex elements, got 'tensor<3x3xi32>'}}
  %2 = nd.cholesky %i lower = true : tensor<3x3xi32>
  return
}

// -----

func.func @f(%a: tensor<2x3x3xf32>, %b: tensor<2x4x3xf32>, %c: tensor<5x3x4xf32>, %d: tensor<3x4xf32>) {
  // expected-error @+1 {{shared axes of 'tensor<2x3x3xf32>' and 'tensor<2x4x3xf32>': sizes 3 and 4 differ}}
  %0 = nd.triangular_solve %a, %b left_side = true lower = true unit_diagonal = false transpose_a = TRANSPOSE : tensor<2x3x3xf32>, tensor<2x4x3xf32>
  %1 = nd.triangular_solve %a, %b left_side = false lower = true unit_diagonal = false transpose_a = TRANSPOSE : tensor<2x3x3xf32>, tensor<2x4x3xf32>
  // expected-error @+1 {{batch axes of 'tensor<2x3x3xf32>' and 'tensor<5x3x4xf32>': sizes 2 and 5 differ}}
  %2 = nd.triangular_solve %a, %c left_side = true lower = true unit_diagonal = false transpose_a = TRANSPOSE : tensor<2x3x3xf32>, tensor<5x3x4xf32>
  // expected-error @+1 {{'tensor<2x3x3xf32>' and 'tensor<3x4xf32>' must have the same rank and element type}}
  %3 = nd.triangular_solve %a, %d left_side = true lower = true unit_diagonal = false transpose_a = TRANSPOSE : tensor<2x3x3xf32>, tensor<3x4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %m: memref<4xf32>, %n: index) {
  // expected-error @+1 {{expected 1 size for the dynamic dimensions of the results, got 0}}
  %0 = nd.custom_call @f(%x) : (tensor<4xf32>) -> tensor<?xf32>
  // expected-error @+1 {{the types after 'into' are not those of the results}}
  %1 = nd.custom_call @f(%x) into(%x : tensor<4xf32>) : (tensor<4xf32>) -> tensor<8xf32>
  // expected-error @+1 {{a call on buffers has neither tensors nor results}}
  %2 = nd.custom_call @f(%x) into(%m : memref<4xf32>) : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @+1 {{result #0 must be variadic of ranked tensor of any type values, but got 'f32'}}
  %3 = nd.custom_call @f(%x) : (tensor<4xf32>) -> f32
  return
}
