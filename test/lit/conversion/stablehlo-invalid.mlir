// RUN: irc-opt %s --stablehlo-to-nd --split-input-file --verify-diagnostics

func.func @f(%x: tensor<4xf32>) -> tensor<ui32> {
  // expected-error @+1 {{'stablehlo.replica_id' is not supported on one device}}
  %0 = stablehlo.replica_id : tensor<ui32>
  return %0 : tensor<ui32>
}

// -----

func.func @f() {
  // expected-error @+1 {{'stablehlo.create_token' is not supported on one device: it handles a '!stablehlo.token'}}
  %0 = stablehlo.create_token : !stablehlo.token
  return
}

// -----

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{quantized types have no meaning here}}
  %0 = stablehlo.uniform_quantize %x : (tensor<4xf32>) -> tensor<4x!quant.uniform<i8:f32, 2.0:15>>
  %1 = stablehlo.uniform_dequantize %0 : (tensor<4x!quant.uniform<i8:f32, 2.0:15>>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{'stablehlo.custom_call' @foo is not known; irc.custom_calls.register gives it a meaning}}
  %0 = stablehlo.custom_call @foo(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @f(%x: tensor<4xf32>, %zero: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.reduce(%x init: %zero) across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      // expected-error @+1 {{'stablehlo.while' cannot stand in a region that combines elements}}
      %1 = stablehlo.while(%c = %a) : tensor<f32>
      cond {
        %p = stablehlo.compare LT, %c, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
        stablehlo.return %p : tensor<i1>
      } do {
        stablehlo.return %c : tensor<f32>
      }
      stablehlo.return %1 : tensor<f32>
    }
  return %0 : tensor<f32>
}
