// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK: sdy.mesh @mesh = <["x"=2, "y"=4]>
sdy.mesh @mesh = <["x"=2, "y"=4]>

// CHECK-LABEL: func.func @f
// CHECK-SAME: {sdy.sharding = #sdy.sharding<@mesh, {{\[}}{"x"}, {}]>}
func.func @f(%x: tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {}]>}) -> tensor<8x8xf32> {
  // CHECK: sdy.sharding_constraint %{{.*}} <@mesh, {{\[}}{"x"}, {"y"}]> : tensor<8x8xf32>
  %0 = sdy.sharding_constraint %x <@mesh, [{"x"}, {"y"}]> : tensor<8x8xf32>
  // CHECK: stablehlo.negate %{{.*}} {sdy.sharding = #sdy.sharding_per_value<[<@mesh, {{\[}}{?}, {?}]>]>} : tensor<8x8xf32>
  %1 = stablehlo.negate %0 {sdy.sharding = #sdy.sharding_per_value<[<@mesh, [{?}, {?}]>]>} : tensor<8x8xf32>
  return %1 : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @manual
func.func @manual(%x: tensor<8x8xf32>, %y: tensor<3xf32>) -> (tensor<8x8xf32>, tensor<3xf32>) {
  // CHECK: %{{.*}}:2 = sdy.manual_computation(%arg0, %arg1) in_shardings=[<@mesh, [{"x", ?}, {?}]>, <@mesh, [{?}]>] out_shardings=[<@mesh, [{"x", ?}, {?}]>, <@mesh, [{?}]>] manual_axes={"x"} (%arg2: tensor<4x8xf32>, %arg3: tensor<3xf32>) {
  // CHECK-NEXT:   sdy.return %arg2, %arg3 : tensor<4x8xf32>, tensor<3xf32>
  // CHECK-NEXT: } : (tensor<8x8xf32>, tensor<3xf32>) -> (tensor<8x8xf32>, tensor<3xf32>)
  %0:2 = sdy.manual_computation(%x, %y) in_shardings=[<@mesh, [{"x", ?}, {?}]>, <@mesh, [{?}]>] out_shardings=[<@mesh, [{"x", ?}, {?}]>, <@mesh, [{?}]>] manual_axes={"x"} (%a: tensor<4x8xf32>, %b: tensor<3xf32>) {
    sdy.return %a, %b : tensor<4x8xf32>, tensor<3xf32>
  } : (tensor<8x8xf32>, tensor<3xf32>) -> (tensor<8x8xf32>, tensor<3xf32>)
  return %0#0, %0#1 : tensor<8x8xf32>, tensor<3xf32>
}
