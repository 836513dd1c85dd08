// RUN: irc-opt %s --stablehlo-to-nd --canonicalize | filecheck %s

// A reduction by one op is the reduction of that name; an initial value that changes nothing is left out.
// CHECK-LABEL: func.func @usual
// CHECK: %[[S:.+]] = nd.sum %arg0 axes = [1]
// CHECK-NOT: nd.add
// CHECK: %[[M:.+]] = nd.max %arg0 axes = [0]
// CHECK: nd.maximum %{{.+}}, %[[M]]
func.func @usual(%x: tensor<2x3xf32>, %init: tensor<f32>) -> (tensor<2xf32>, tensor<3xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %1 = stablehlo.reduce(%x init: %init) applies stablehlo.maximum across dimensions = [0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
  return %0, %1 : tensor<2xf32>, tensor<3xf32>
}

// What a region uses from outside is handed in, constants stand in it, and calls are opened.
func.func private @both(%a: tensor<f32>, %b: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.multiply %a, %b : tensor<f32>
  return %0 : tensor<f32>
}
// CHECK-LABEL: func.func @captured
// CHECK: %[[C:.+]] = nd.broadcast_to %arg1 : tensor<f32> -> tensor<4xf32>
// CHECK: nd.reduce %arg0, %[[C]] init %{{.+}}, %arg1 axes = [0] {
// CHECK: ^bb0(%[[A:.+]]: tensor<f32>, %[[K:.+]]: tensor<f32>, %[[B:.+]]: tensor<f32>, %{{.+}}: tensor<f32>):
// CHECK: nd.constant dense<2.0{{.*}}> : tensor<f32>
// CHECK: nd.multiply
// CHECK: nd.yield %{{.+}}, %[[K]]
func.func @captured(%x: tensor<4xf32>, %k: tensor<f32>) -> tensor<f32> {
  %two = stablehlo.constant dense<2.0> : tensor<f32>
  %0 = stablehlo.reduce(%x init: %two) across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %1 = stablehlo.add %b, %k : tensor<f32>
      %2 = stablehlo.divide %1, %two : tensor<f32>
      %3 = func.call @both(%a, %2) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %3 : tensor<f32>
    }
  return %0 : tensor<f32>
}

// Windows that hold an element and all before it are a running sum.
// CHECK-LABEL: func.func @running
// CHECK: nd.cumulative %arg0 axis = 0 {
// CHECK: nd.cumulative %arg0 axis = 0 reverse {
func.func @running(%x: tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = "stablehlo.reduce_window"(%x, %zero) <{window_dimensions = array<i64: 5>, padding = dense<[[4, 0]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %2 = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %2 : tensor<f32>
  }) : (tensor<5xf32>, tensor<f32>) -> tensor<5xf32>
  %1 = "stablehlo.reduce_window"(%x, %zero) <{window_dimensions = array<i64: 5>, padding = dense<[[0, 4]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %2 = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %2 : tensor<f32>
  }) : (tensor<5xf32>, tensor<f32>) -> tensor<5xf32>
  return %0, %1 : tensor<5xf32>, tensor<5xf32>
}

// CHECK-LABEL: func.func @sort
// CHECK: nd.sort %arg0 axis = 1 stable {
// CHECK: nd.bitcast
// CHECK: nd.yield
func.func @sort(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "stablehlo.sort"(%x) <{dimension = 1 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  }) : (tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// Elements are accumulated in the type of the region.
// CHECK-LABEL: func.func @scatter
// CHECK: %[[X:.+]] = nd.cast %arg0 : tensor<4xf16> -> tensor<4xf32>
// CHECK: nd.scatter %[[X]][%arg1] with
func.func @scatter(%x: tensor<4xf16>, %i: tensor<2x1xi32>, %u: tensor<2xf16>) -> tensor<4xf32> {
  %0 = "stablehlo.scatter"(%x, %i, %u) <{
    scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>
  }> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<4xf16>, tensor<2x1xi32>, tensor<2xf16>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// A map is its region on whole tensors.
// CHECK-LABEL: func.func @map
// CHECK-NOT: stablehlo
// CHECK: nd.multiply %arg0, %{{.+}} : tensor<4xf32>
func.func @map(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "stablehlo.map"(%x) <{dimensions = array<i64: 0>}> ({
  ^bb0(%a: tensor<f32>):
    %two = stablehlo.constant dense<2.0> : tensor<f32>
    %1 = stablehlo.multiply %a, %two : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
