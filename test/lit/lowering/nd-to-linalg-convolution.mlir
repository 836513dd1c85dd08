// RUN: irc-opt %s --nd-to-linalg --split-input-file | filecheck %s

// The input is read where the windows are; features are the last loop of the result.
// CHECK-DAG: #[[X:.+]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1 * 2 + d3, d4)>
// CHECK-DAG: #[[K:.+]] = affine_map<(d0, d1, d2, d3, d4) -> (d3, d4, d2)>
// CHECK-DAG: #[[Y:.+]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
// CHECK-LABEL: func.func @strided
// CHECK-NOT: tensor.insert_slice
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[K]], #[[Y]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
func.func @strided(%x: tensor<2x9x4xf32>, %k: tensor<3x4x6xf32>) -> tensor<2x4x6xf32> {
  %y = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] strides = [2]
    : tensor<2x9x4xf32>, tensor<3x4x6xf32> -> tensor<2x4x6xf32>
  return %y : tensor<2x4x6xf32>
}

// -----

// Padding is written, what is cut off is skipped; another layout of the result is a permutation at the end.
// CHECK-DAG: #[[X:.+]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d4, d1 + d3 + 2)>
// CHECK-LABEL: func.func @padded
// CHECK: %[[P:.+]] = tensor.insert_slice %{{.+}} into %{{.+}}[0, 0, 0] [2, 4, 9] [1, 1, 1] : tensor<2x4x9xf32> into tensor<2x4x10xf32>
// CHECK: linalg.generic {indexing_maps = [#[[X]], {{.*}} ins(%[[P]], %{{.+}} : {{.*}}) outs(%{{.+}} : tensor<2x6x6xf32>)
// CHECK: linalg.generic
func.func @padded(%x: tensor<2x4x9xf32>, %k: tensor<6x4x3xf32>) -> tensor<2x6x6xf32> {
  %y = nd.conv %x, %k dims = [b, f, 0]x[o, i, 0]->[b, f, 0] low = [-2] high = [1]
    : tensor<2x4x9xf32>, tensor<6x4x3xf32> -> tensor<2x6x6xf32>
  return %y : tensor<2x6x6xf32>
}

// -----

// A depthwise convolution has one loop of features, and sums over space alone.
// CHECK-DAG: #[[X:.+]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 + d3, d2)>
// CHECK-DAG: #[[K:.+]] = affine_map<(d0, d1, d2, d3) -> (d3, 0, d2)>
// CHECK-LABEL: func.func @depthwise
// CHECK: linalg.generic {indexing_maps = [#[[X]], #[[K]], {{.*}}], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
func.func @depthwise(%x: tensor<2x9x16xf32>, %k: tensor<3x1x16xf32>) -> tensor<2x7x16xf32> {
  %y = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f] feature_groups = 16
    : tensor<2x9x16xf32>, tensor<3x1x16xf32> -> tensor<2x7x16xf32>
  return %y : tensor<2x7x16xf32>
}
