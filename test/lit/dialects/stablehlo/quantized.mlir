// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @quantized
func.func @quantized(%x: tensor<2xf32>) {
  // CHECK: stablehlo.uniform_quantize %{{.*}} : (tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>
  %0 = stablehlo.uniform_quantize %x : (tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>
  // CHECK: stablehlo.add %{{.*}}, %{{.*}} : tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>
  %1 = stablehlo.add %0, %0 : tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>
  // CHECK: stablehlo.uniform_dequantize %{{.*}} : (tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>) -> tensor<2xf32>
  %2 = stablehlo.uniform_dequantize %1 : (tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>) -> tensor<2xf32>
  // CHECK: stablehlo.constant() <{value = dense<[1, 2]> : tensor<2xi8>}> {mark} : () -> tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>
  %3 = stablehlo.constant() <{value = dense<[1, 2]> : tensor<2xi8>}> {mark} : () -> tensor<2x!quant.uniform<i8:f32, 2.000000e+00:15>>
  return
}

// CHECK-LABEL: func.func @sharded
func.func @sharded(%x: tensor<2xf32> {mhlo.layout_mode = "default", sdy.sharding = #sdy.sharding<@mesh, [{"x"}]>}) -> (tensor<2xf32> {jax.result_info = "result"}) {
  return %x : tensor<2xf32>
}
