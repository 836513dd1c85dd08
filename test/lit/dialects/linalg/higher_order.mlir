// `linalg.map` and `linalg.reduce` hold their function; one op on the arguments in order has a short form.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @map(%a: tensor<4xf32>, %b: tensor<4xf32>, %c: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: linalg.map { arith.addf {fastmath = #arith.fastmath<fast>} } ins(%arg0, %arg1 : tensor<4xf32>, tensor<4xf32>) outs(%arg2 : tensor<4xf32>) {note}
  %0 = linalg.map { arith.addf {fastmath = #arith.fastmath<fast>} } ins(%a, %b : tensor<4xf32>, tensor<4xf32>) outs(%c : tensor<4xf32>) {note}
  // CHECK: linalg.map ins(%arg0, %arg1 : tensor<4xf32>, tensor<4xf32>) outs(%arg2 : tensor<4xf32>)
  // CHECK-NEXT: (%[[A:.*]]: f32, %[[B:.*]]: f32) {
  // CHECK-NEXT: %[[S:.*]] = arith.subf %[[B]], %[[A]] : f32
  // CHECK-NEXT: linalg.yield %[[S]] : f32
  %1 = linalg.map ins(%a, %b : tensor<4xf32>, tensor<4xf32>) outs(%c : tensor<4xf32>)
    (%x: f32, %y: f32) {
      %s = arith.subf %y, %x : f32
      linalg.yield %s : f32
    }
  // CHECK: linalg.map outs(%arg2 : tensor<4xf32>)
  // CHECK-NEXT: () {
  %2 = linalg.map outs(%c : tensor<4xf32>) () {
    %z = arith.constant 0.0 : f32
    linalg.yield %z : f32
  }
  return %1 : tensor<4xf32>
}

func.func @reduce(%a: tensor<4x8xf32>, %b: tensor<4xf32>, %i: tensor<4x8xi32>, %j: tensor<4xi32>) -> tensor<4xf32> {
  // CHECK: linalg.reduce { arith.addf } ins(%arg0 : tensor<4x8xf32>) outs(%arg1 : tensor<4xf32>) dimensions = [1]
  %0 = linalg.reduce { arith.addf } ins(%a : tensor<4x8xf32>) outs(%b : tensor<4xf32>) dimensions = [1]
  // CHECK: %{{.*}}:2 = linalg.reduce ins(%arg0, %arg2 : tensor<4x8xf32>, tensor<4x8xi32>) outs(%arg1, %arg3 : tensor<4xf32>, tensor<4xi32>) dimensions = [1]
  %1:2 = linalg.reduce ins(%a, %i : tensor<4x8xf32>, tensor<4x8xi32>) outs(%b, %j : tensor<4xf32>, tensor<4xi32>) dimensions = [1]
    (%x: f32, %y: i32, %u: f32, %v: i32) {
      %s = arith.addf %u, %x : f32
      linalg.yield %s, %v : f32, i32
    }
  return %0 : tensor<4xf32>
}

func.func @buffers(%a: memref<4xf32>, %b: memref<f32>) {
  // CHECK: linalg.map { math.exp } ins(%arg0 : memref<4xf32>) outs(%arg0 : memref<4xf32>)
  linalg.map { math.exp } ins(%a : memref<4xf32>) outs(%a : memref<4xf32>)
  // CHECK: linalg.reduce { arith.addf } ins(%arg0 : memref<4xf32>) outs(%arg1 : memref<f32>) dimensions = [0]
  linalg.reduce { arith.addf } ins(%a : memref<4xf32>) outs(%b : memref<f32>) dimensions = [0]
  return
}

func.func @by_attribute(%a: tensor<4xf32>, %b: tensor<4xf32>, %i: tensor<4xi8>, %j: tensor<4xi32>) {
  // CHECK: linalg.elemwise_unary ins(%arg0 : tensor<4xf32>) outs(%arg1 : tensor<4xf32>) -> tensor<4xf32>
  %0 = linalg.elemwise_unary ins(%a : tensor<4xf32>) outs(%b : tensor<4xf32>) -> tensor<4xf32>
  // CHECK: linalg.elemwise_binary {cast = #linalg.type_fn<cast_unsigned>, fun = #linalg.binary_fn<mul>} ins(%arg2, %arg2 : tensor<4xi8>, tensor<4xi8>) outs(%arg3 : tensor<4xi32>) -> tensor<4xi32>
  %1 = linalg.elemwise_binary {fun = #linalg.binary_fn<mul>, cast = #linalg.type_fn<cast_unsigned>} ins(%i, %i : tensor<4xi8>, tensor<4xi8>) outs(%j : tensor<4xi32>) -> tensor<4xi32>
  return
}

func.func @decomposable(%x: tensor<2x4xf32>, %f: tensor<2x3x3x5xf32>, %g: tensor<6x6x5x2xf32>) {
  // CHECK: linalg.softmax dimension(1) ins(%arg0 : tensor<2x4xf32>) outs(%arg0 : tensor<2x4xf32>) -> tensor<2x4xf32>
  %0 = linalg.softmax dimension(1) ins(%x : tensor<2x4xf32>) outs(%x : tensor<2x4xf32>) -> tensor<2x4xf32>
  // CHECK: linalg.winograd_filter_transform m(4) r(3) ins(%arg1 : tensor<2x3x3x5xf32>) outs(%arg2 : tensor<6x6x5x2xf32>) -> tensor<6x6x5x2xf32>
  %1 = linalg.winograd_filter_transform m(4) r(3) ins(%f : tensor<2x3x3x5xf32>) outs(%g : tensor<6x6x5x2xf32>) -> tensor<6x6x5x2xf32>
  return
}
