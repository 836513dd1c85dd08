// RUN: irc-opt %s --canonicalize | filecheck %s

// What leaves its operand as it is goes away.

// CHECK-LABEL: func.func @nothing_to_do
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<2x3xf32>
func.func @nothing_to_do(%x: tensor<2x3xf32>, %v: tensor<f32>) -> tensor<2x3xf32> {
  %0 = stablehlo.convert %x : tensor<2x3xf32>
  %1 = stablehlo.reshape %0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.transpose %1, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %4 = stablehlo.reverse %3, dims = [] : tensor<2x3xf32>
  %5 = stablehlo.concatenate %4, dim = 0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %6 = stablehlo.slice %5 [0:2, 0:3] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %7 = stablehlo.pad %6, %v, low = [0, 0], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  // CHECK-NEXT: return %[[X]]
  return %7 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @twice
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<2xf32>, %[[B:[a-z0-9]*]]: tensor<2xi1>
func.func @twice(%x: tensor<2xf32>, %b: tensor<2xi1>) -> (tensor<2xf32>, tensor<2xi1>) {
  %0 = stablehlo.negate %x : tensor<2xf32>
  %1 = stablehlo.negate %0 : tensor<2xf32>
  %2 = stablehlo.not %b : tensor<2xi1>
  %3 = stablehlo.not %2 : tensor<2xi1>
  // CHECK-NEXT: return %[[X]], %[[B]]
  return %1, %3 : tensor<2xf32>, tensor<2xi1>
}

// CHECK-LABEL: func.func @same
// CHECK-SAME: %[[B:[a-z0-9]*]]: tensor<2xi1>
func.func @same(%b: tensor<2xi1>, %p: tensor<i1>) -> tensor<2xi1> {
  %0 = stablehlo.and %b, %b : tensor<2xi1>
  %1 = stablehlo.or %0, %0 : tensor<2xi1>
  %2 = stablehlo.select %p, %1, %1 : tensor<i1>, tensor<2xi1>
  // CHECK-NEXT: return %[[B]]
  return %2 : tensor<2xi1>
}

// CHECK-LABEL: func.func @element
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<f32>
func.func @element(%x: tensor<f32>, %i: tensor<i32>) -> tensor<f32> {
  %0 = stablehlo.tuple %i, %x : tuple<tensor<i32>, tensor<f32>>
  %1 = stablehlo.get_tuple_element %0[1] : (tuple<tensor<i32>, tensor<f32>>) -> tensor<f32>
  // CHECK-NEXT: return %[[X]]
  return %1 : tensor<f32>
}

// An inner slice or a type that changes is something to do.

// CHECK-LABEL: func.func @something_to_do
func.func @something_to_do(%x: tensor<4xf32>) -> tensor<2xi32> {
  // CHECK: stablehlo.slice %{{.*}} [1:3]
  %0 = stablehlo.slice %x [1:3] : (tensor<4xf32>) -> tensor<2xf32>
  // CHECK: stablehlo.convert
  %1 = stablehlo.convert %0 : (tensor<2xf32>) -> tensor<2xi32>
  return %1 : tensor<2xi32>
}

// What is not used and has no effect goes away; what has one stays.

// CHECK-LABEL: func.func @unused
// CHECK-NEXT: stablehlo.custom_call @effect
// CHECK-NEXT: return
func.func @unused(%x: tensor<4xf32>) {
  %0 = stablehlo.tanh %x : tensor<4xf32>
  %1 = stablehlo.custom_call @pure(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = stablehlo.custom_call @effect(%x) {has_side_effect = true} : (tensor<4xf32>) -> tensor<4xf32>
  return
}
