// RUN: irc-opt %s --nd-to-stablehlo --split-input-file --verify-diagnostics

func.func @f(%a: tensor<3x3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{'nd.custom_call' has no counterpart in stablehlo}}
  %0 = nd.custom_call @mine(%a) : (tensor<3x3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func @f(%a: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %a, %c0 : tensor<?x?xf32>
  // expected-error @+1 {{'nd.custom_call' of sizes that are computed has no counterpart in stablehlo}}
  %0 = nd.custom_call @irc.geqrf(%a) sizes(%n, %n) : (tensor<?x?xf32>) -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// -----

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{'nd.cumulative' of this combiner has no counterpart in stablehlo}}
  %0 = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = nd.subtract %a, %b : tensor<f32>
    nd.yield %1 : tensor<f32>
  } : tensor<4xf32>
  return %0 : tensor<4xf32>
}
