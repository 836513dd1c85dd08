module @jit_root attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.0> : tensor<f32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0:2 = stablehlo.while(%iterArg = %c, %iterArg_0 = %cst) : tensor<i32>, tensor<f32>
    cond {
      %n = stablehlo.constant dense<6> : tensor<i32>
      %1 = stablehlo.compare LT, %iterArg, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %one = stablehlo.constant dense<1> : tensor<i32>
      %half = stablehlo.constant dense<0.5> : tensor<f32>
      %1 = stablehlo.divide %arg0, %iterArg_0 : tensor<f32>
      %2 = stablehlo.add %iterArg_0, %1 : tensor<f32>
      %3 = stablehlo.multiply %half, %2 : tensor<f32>
      %4 = stablehlo.add %iterArg, %one : tensor<i32>
      stablehlo.return %4, %3 : tensor<i32>, tensor<f32>
    }
    return %0#1 : tensor<f32>
  }
}
