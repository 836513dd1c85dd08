// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<2x8x4xf32>, %k: tensor<3x4x6xf32>, %h: tensor<3x4x6xf16>) {
  // expected-error @+1 {{expected result type 'tensor<2x6x6xf32>', got 'tensor<2x7x6xf32>'}}
  %0 = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] : tensor<2x8x4xf32>, tensor<3x4x6xf32> -> tensor<2x7x6xf32>
  // expected-error @+1 {{operands have different element types: 'tensor<2x8x4xf32>' and 'tensor<3x4x6xf16>'}}
  %1 = nd.conv %x, %h dims = [b, 0, f]x[0, i, o]->[b, 0, f] : tensor<2x8x4xf32>, tensor<3x4x6xf16> -> tensor<2x6x6xf32>
  // expected-error @+1 {{elements of type 'f32' cannot be combined to 'f16'}}
  %2 = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] : tensor<2x8x4xf32>, tensor<3x4x6xf32> -> tensor<2x6x6xf16>
  // expected-error @+1 {{a stride must be positive, got 0}}
  %3 = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] strides = [0] : tensor<2x8x4xf32>, tensor<3x4x6xf32> -> tensor<2x6x6xf32>
  // expected-error @+1 {{expected 1 low for 1 spatial dimensions, got 2}}
  %4 = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] low = [0, 1] : tensor<2x8x4xf32>, tensor<3x4x6xf32> -> tensor<2x6x6xf32>
  // expected-error @+1 {{expects input feature dimension (4) / feature_group_count = kernel input feature dimension (4). Got feature_group_count = 2.}}
  %5 = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] feature_groups = 2 : tensor<2x8x4xf32>, tensor<3x4x6xf32> -> tensor<2x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<2x8x4xf32>, %k: tensor<3x4x6xf32>) {
  // expected-error @+1 {{Unexpected dimension i, expecting b, f}}
  %0 = nd.conv %x, %k dims = [b, 0, i]x[0, i, o]->[b, 0, f] : tensor<2x8x4xf32>, tensor<3x4x6xf32> -> tensor<2x6x6xf32>
  return
}
