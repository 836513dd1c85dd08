// RUN: irc-opt %s --stablehlo-to-nd --canonicalize | filecheck %s

// CHECK-LABEL: func.func @names
// CHECK-NEXT: nd.exp %arg0
// CHECK-NEXT: nd.pow
// CHECK-NEXT: nd.maximum
// CHECK-NEXT: nd.logistic
func.func @names(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.exponential %x : tensor<4xf32>
  %1 = stablehlo.power %0, %y : tensor<4xf32>
  %2 = stablehlo.maximum %1, %y : tensor<4xf32>
  %3 = stablehlo.logistic %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// Ops of bits on truth values are logical ones.
// CHECK-LABEL: func.func @bits
// CHECK: nd.logical_and {{.*}} : tensor<2xi1>
// CHECK: nd.logical_not {{.*}} : tensor<2xi1>
// CHECK: nd.bitwise_xor {{.*}} : tensor<2xi32>
func.func @bits(%p: tensor<2xi1>, %q: tensor<2xi1>, %a: tensor<2xi32>, %b: tensor<2xi32>) -> (tensor<2xi1>, tensor<2xi32>) {
  %0 = stablehlo.and %p, %q : tensor<2xi1>
  %1 = stablehlo.not %0 : tensor<2xi1>
  %2 = stablehlo.xor %a, %b : tensor<2xi32>
  return %1, %2 : tensor<2xi1>, tensor<2xi32>
}

// The total order of floats is that of their bits, with the magnitude of negative ones flipped.
// CHECK-LABEL: func.func @total_order
// CHECK: nd.bitcast %arg0 : tensor<2xf32> -> tensor<2xi32>
// CHECK: nd.where
// CHECK: nd.less {{.*}} : tensor<2xi32>
func.func @total_order(%x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xi1> {
  %0 = stablehlo.compare LT, %x, %y, TOTALORDER : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return %0 : tensor<2xi1>
}

// Scalar bounds and predicates stand for all elements.
// CHECK-LABEL: func.func @scalars
// CHECK: nd.broadcast_to %arg0 : tensor<f32> -> tensor<4xf32>
// CHECK: nd.minimum
// CHECK: nd.broadcast_to %arg2 : tensor<i1> -> tensor<4xi1>
// CHECK: nd.where
func.func @scalars(%lo: tensor<f32>, %x: tensor<4xf32>, %p: tensor<i1>) -> tensor<4xf32> {
  %0 = stablehlo.clamp %lo, %x, %lo : (tensor<f32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %1 = stablehlo.select %p, %0, %x : tensor<i1>, tensor<4xf32>
  return %1 : tensor<4xf32>
}

// The sign is copied even where the type has none.
// CHECK-LABEL: func.func @unsigned_shift
// CHECK: nd.bitcast %arg0 : tensor<2xui8> -> tensor<2xi8>
// CHECK: nd.bitwise_right_shift {{.*}} : tensor<2xi8>
func.func @unsigned_shift(%x: tensor<2xui8>, %n: tensor<2xui8>) -> tensor<2xui8> {
  %0 = stablehlo.shift_right_arithmetic %x, %n : tensor<2xui8>
  return %0 : tensor<2xui8>
}

// Operands may say different things of one shape.
// CHECK-LABEL: func.func @partly_known
// CHECK: %[[X:.+]] = tensor.cast %arg0 : tensor<?xf32> to tensor<4xf32>
// CHECK: nd.add %[[X]], %arg1 : tensor<4xf32>
func.func @partly_known(%x: tensor<?xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.add %x, %y : (tensor<?xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
