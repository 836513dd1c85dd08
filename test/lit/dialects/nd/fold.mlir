// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @reverse
// CHECK: %[[C:.+]] = nd.constant dense<{{\[\[}}3, 2, 1], [6, 5, 4]]> : tensor<2x3xi32>
// CHECK: return %[[C]]
func.func @reverse() -> tensor<2x3xi32> {
  %x = nd.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %y = nd.reverse %x axes = [1] : tensor<2x3xi32>
  return %y : tensor<2x3xi32>
}

// What a region computes of constants is folded inside of it.
// CHECK-LABEL: func.func @inside
// CHECK-NOT: nd.constant
// CHECK: nd.cumulative
// CHECK: %[[C:.+]] = nd.constant dense<3.000000e+00>
// CHECK: nd.add %{{.+}}, %[[C]]
// CHECK-NOT: nd.add
// CHECK: nd.yield
func.func @inside(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %one = nd.constant dense<1.0> : tensor<f32>
    %two = nd.constant dense<2.0> : tensor<f32>
    %three = nd.add %one, %two : tensor<f32>
    %c = nd.add %b, %three : tensor<f32>
    nd.yield %c : tensor<f32>
  } : tensor<4xf32>
  return %y : tensor<4xf32>
}
