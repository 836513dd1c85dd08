// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of integers or booleans, but got 'tensor<4xf32>'}}
  %0 = nd.bitwise_not %x : tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xi1>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of integers, but got 'tensor<4xi1>'}}
  %0 = nd.bitwise_left_shift %x, %x : tensor<4xi1>
  // expected-error @+1 {{operand #0 must be ranked tensor of integers, but got 'tensor<4xi1>'}}
  %1 = nd.popcount %x : tensor<4xi1>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %y: tensor<4x3xi8>, %i: tensor<4xindex>, %c: tensor<complex<f32>>) {
  // expected-error @+1 {{expected result type 'tensor<4xi32>', got 'tensor<3xi32>'}}
  %0 = nd.bitcast %x : tensor<4xf32> -> tensor<3xi32>
  // expected-error @+1 {{expected result type 'tensor<4x2xi16>', got 'tensor<8xi16>'}}
  %1 = nd.bitcast %x : tensor<4xf32> -> tensor<8xi16>
  // expected-error @+1 {{'tensor<4x3xi8>' must have a last axis of size 4 to give elements of type 'f32'}}
  %2 = nd.bitcast %y : tensor<4x3xi8> -> tensor<4xf32>
  // expected-error @+1 {{widths of 'f32' and 'i24' do not divide one another}}
  %3 = nd.bitcast %x : tensor<4xf32> -> tensor<4xi24>
  // expected-error @+1 {{elements of type 'index' have no stated width}}
  %4 = nd.bitcast %i : tensor<4xindex> -> tensor<4xi64>
  // expected-error @+1 {{elements of type 'complex<f32>' have no stated width}}
  %5 = nd.bitcast %c : tensor<complex<f32>> -> tensor<i64>
  return
}
