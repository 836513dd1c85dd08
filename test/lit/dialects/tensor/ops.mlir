// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @elements
func.func @elements(%t: tensor<4x?xf32>, %i: index, %x: f32) -> (tensor<4x?xf32>, f32) {
  // CHECK: tensor.extract %{{.*}}[%{{.*}}, %{{.*}}] : tensor<4x?xf32>
  %0 = tensor.extract %t[%i, %i] : tensor<4x?xf32>
  // CHECK: tensor.insert %{{.*}} into %{{.*}}[%{{.*}}, %{{.*}}] : tensor<4x?xf32>
  %1 = tensor.insert %x into %t[%i, %i] : tensor<4x?xf32>
  return %1, %0 : tensor<4x?xf32>, f32
}

// CHECK-LABEL: func.func @make
func.func @make(%n: index, %x: f32) {
  // CHECK: tensor.empty(%{{.*}}) : tensor<?x4xf32>
  %0 = tensor.empty(%n) : tensor<?x4xf32>
  // CHECK: tensor.empty() : tensor<2xf32>
  %1 = tensor.empty() : tensor<2xf32>
  // CHECK: tensor.from_elements %{{.*}}, %{{.*}} : tensor<2xf32>
  %2 = tensor.from_elements %x, %x : tensor<2xf32>
  // CHECK: tensor.splat %{{.*}} : tensor<4xf32>
  %3 = tensor.splat %x : tensor<4xf32>
  // CHECK: tensor.splat %{{.*}}[%{{.*}}] : tensor<?x4xf32>
  %4 = tensor.splat %x[%n] : tensor<?x4xf32>
  // CHECK: tensor.cast %{{.*}} : tensor<?x4xf32> to tensor<2x4xf32>
  %5 = tensor.cast %4 : tensor<?x4xf32> to tensor<2x4xf32>
  // CHECK: tensor.dim %{{.*}}, %{{.*}} : tensor<?x4xf32>
  %6 = tensor.dim %4, %n : tensor<?x4xf32>
  // CHECK: tensor.rank %{{.*}} : tensor<?x4xf32>
  %7 = tensor.rank %4 : tensor<?x4xf32>
  return
}

// CHECK-LABEL: func.func @slices
func.func @slices(%t: tensor<100x64xf32>, %i: index) -> tensor<100x64xf32> {
  // CHECK: tensor.extract_slice %{{.*}}[%{{.*}}, 0] [50, 64] [1, 1] : tensor<100x64xf32> to tensor<50x64xf32>
  %0 = tensor.extract_slice %t[%i, 0] [50, 64] [1, 1] : tensor<100x64xf32> to tensor<50x64xf32>
  // CHECK: tensor.extract_slice %{{.*}}[3, 0] [1, %{{.*}}] [1, 2] : tensor<100x64xf32> to tensor<?xf32>
  %1 = tensor.extract_slice %t[3, 0] [1, %i] [1, 2] : tensor<100x64xf32> to tensor<?xf32>
  // CHECK: tensor.insert_slice %{{.*}} into %{{.*}}[%{{.*}}, 0] [50, 64] [1, 1] : tensor<50x64xf32> into tensor<100x64xf32>
  %2 = tensor.insert_slice %0 into %t[%i, 0] [50, 64] [1, 1] : tensor<50x64xf32> into tensor<100x64xf32>
  return %2 : tensor<100x64xf32>
}

// CHECK-LABEL: func.func @shapes
func.func @shapes(%t: tensor<?x5xf32>, %n: index, %s: tensor<2xindex>, %u: tensor<3x5xf32>) {
  // CHECK: tensor.expand_shape %{{.*}} {{\[\[}}0, 1], [2]] output_shape [%{{.*}}, 4, 5] : tensor<?x5xf32> into tensor<?x4x5xf32>
  %0 = tensor.expand_shape %t [[0, 1], [2]] output_shape [%n, 4, 5] : tensor<?x5xf32> into tensor<?x4x5xf32>
  // CHECK: tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : tensor<?x4x5xf32> into tensor<?x5xf32>
  %1 = tensor.collapse_shape %0 [[0, 1], [2]] : tensor<?x4x5xf32> into tensor<?x5xf32>
  // CHECK: tensor.reshape %{{.*}}(%{{.*}}) : (tensor<?x5xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  %2 = tensor.reshape %t(%s) : (tensor<?x5xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  // CHECK: tensor.concat dim(0) %{{.*}}, %{{.*}} : (tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<6x5xf32>
  %3 = tensor.concat dim(0) %u, %u : (tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<6x5xf32>
  return
}

// CHECK-LABEL: func.func @bodies
func.func @bodies(%t: tensor<2x3xf32>, %n: index, %x: f32) {
  // CHECK: tensor.generate %{{.*}} {
  // CHECK-NEXT: ^bb0(%{{.*}}: index):
  // CHECK-NEXT: tensor.yield %{{.*}} : f32
  // CHECK-NEXT: } : tensor<?xf32>
  %0 = tensor.generate %n {
  ^bb0(%i: index):
    tensor.yield %x : f32
  } : tensor<?xf32>
  // CHECK: tensor.pad %{{.*}} low[1, %{{.*}}] high[2, 0] {
  // CHECK: } : tensor<2x3xf32> to tensor<5x?xf32>
  %1 = tensor.pad %t low[1, %n] high[2, 0] {
  ^bb0(%i: index, %j: index):
    tensor.yield %x : f32
  } : tensor<2x3xf32> to tensor<5x?xf32>
  // CHECK: tensor.pad %{{.*}} nofold low[0, 0] high[0, 0] {
  %2 = tensor.pad %t nofold low[0, 0] high[0, 0] {
  ^bb0(%i: index, %j: index):
    tensor.yield %x : f32
  } : tensor<2x3xf32> to tensor<2x3xf32>
  return
}
