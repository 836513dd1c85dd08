// RUN: irc-opt %s --nd-to-linalg | filecheck %s
// RUN: irc-opt %s --nd-to-linalg --bufferize --linalg-to-loops | filecheck %s --check-prefix=LOOPS

// Loops over the results and over the window; where a window has one element, there is no loop over it.
// CHECK: affine_map<(d0, d1, d2, d3, d4) -> (d0 * 2 + d3, d1 * 2 + d4, d2)>
// CHECK-LABEL: func.func @pooling
// CHECK-NOT: tensor.insert_slice
// CHECK: %[[W:.+]] = tensor.empty() : tensor<2x2xf32>
// CHECK: linalg.generic
// CHECK-SAME: iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]
// CHECK-SAME: ins(%{{.+}}, %[[W]] : tensor<8x8x16xf32>, tensor<2x2xf32>)
// CHECK: arith.maximumf

// Neighbouring channels are one vector, which starts at the given value and stays in a register; a small window is no loop.
// LOOPS-LABEL: func.func @pooling
// LOOPS: %[[START:.+]] = vector.broadcast %{{.+}} : f32 to vector<16xf32>
// LOOPS: %[[A:.+]] = vector.load
// LOOPS: %[[M:.+]] = arith.maximumf %[[START]], %[[A]]
// LOOPS: %[[B:.+]] = vector.load
// LOOPS: arith.maximumf %[[M]], %[[B]]
// LOOPS-COUNT-2: arith.maximumf
// LOOPS-NEXT: vector.store
func.func @pooling(%x: tensor<8x8x16xf32>, %low: tensor<f32>) -> tensor<4x4x16xf32> {
  %y = nd.reduce_window %x init %low window = [2, 2, 1] strides = [2, 2, 1] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %m = nd.maximum %a, %b : tensor<f32>
    nd.yield %m : tensor<f32>
  } : (tensor<8x8x16xf32>, tensor<f32>) -> tensor<4x4x16xf32>
  return %y : tensor<4x4x16xf32>
}

// A window that moves by one along the last axis is read in vectors, too.
// LOOPS-LABEL: func.func @moving
// LOOPS-COUNT-3: vector.load %{{.+}} : memref<34xf32>, vector<16xf32>
// LOOPS: vector.store
func.func @moving(%x: tensor<34xf32>, %zero: tensor<f32>) -> tensor<32xf32> {
  %y = nd.reduce_window %x init %zero window = [3] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %m = nd.add %a, %b : tensor<f32>
    nd.yield %m : tensor<f32>
  } : (tensor<34xf32>, tensor<f32>) -> tensor<32xf32>
  return %y : tensor<32xf32>
}

// Only windows that reach into padding are checked for it.
// CHECK-LABEL: func.func @scatter
// CHECK: scf.for
// CHECK: scf.for
// CHECK-NOT: scf.if
// CHECK: tensor.insert
// CHECK-LABEL: func.func @scatter_padded
// CHECK: scf.for
// CHECK: arith.cmpi ult
// CHECK: scf.if
// CHECK: scf.if
// CHECK: tensor.insert
func.func @scatter(%x: tensor<8xf32>, %s: tensor<4xf32>, %zero: tensor<f32>) -> tensor<8xf32> {
  %y = nd.select_and_scatter %x, %s init %zero window = [2] strides = [2] select {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = nd.greater_equal %a, %b : tensor<f32>
    nd.yield %c : tensor<i1>
  } scatter {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %t = nd.add %a, %b : tensor<f32>
    nd.yield %t : tensor<f32>
  } : (tensor<8xf32>, tensor<4xf32>, tensor<f32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}
func.func @scatter_padded(%x: tensor<8xf32>, %s: tensor<5xf32>, %zero: tensor<f32>) -> tensor<8xf32> {
  %y = nd.select_and_scatter %x, %s init %zero window = [2] strides = [2] low = [1] high = [1] select {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = nd.greater_equal %a, %b : tensor<f32>
    nd.yield %c : tensor<i1>
  } scatter {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %t = nd.add %a, %b : tensor<f32>
    nd.yield %t : tensor<f32>
  } : (tensor<8xf32>, tensor<5xf32>, tensor<f32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}
