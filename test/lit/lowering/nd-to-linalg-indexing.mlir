// RUN: irc-opt %s --nd-to-linalg | filecheck %s

// Rows are copied as slices, at positions that are clamped.
// CHECK-LABEL: func.func @rows
// CHECK: scf.for %[[I:.+]] = %c0
// CHECK: tensor.extract %{{.+}}[%[[I]], %{{.+}}] : tensor<3x1xi32>
// CHECK: arith.maxsi
// CHECK: %[[AT:.+]] = arith.minsi %{{.+}}, %{{.+}} : index
// CHECK: %[[ROW:.+]] = tensor.extract_slice %{{.+}}[%[[AT]], 0] [1, 64] [1, 1] : tensor<8x64xf32> to tensor<64xf32>
// CHECK: tensor.insert_slice %[[ROW]] into %{{.+}}[%[[I]], 0] [1, 64] [1, 1] : tensor<64xf32> into tensor<3x64xf32>
func.func @rows(%x: tensor<8x64xf32>, %i: tensor<3x1xi32>) -> tensor<3x64xf32> {
  %y = nd.gather %x[%i] sizes = [1, 64]
    dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1}
    : tensor<8x64xf32>, tensor<3x1xi32> -> tensor<3x64xf32>
  return %y : tensor<3x64xf32>
}

// Single elements are computed from their positions.
// CHECK-LABEL: func.func @elements
// CHECK-NOT: scf.for
// CHECK: linalg.generic {{.*}} ins(%[[I:.+]], %[[I]] : tensor<3x2xi32>, tensor<3x2xi32>)
// CHECK: tensor.extract %{{.+}}[%{{.+}}, %{{.+}}] : tensor<8x64xf32>
func.func @elements(%x: tensor<8x64xf32>, %i: tensor<3x2xi32>) -> tensor<3xf32> {
  %y = nd.gather %x[%i] sizes = [1, 1]
    dims = {collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 1}
    : tensor<8x64xf32>, tensor<3x2xi32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// What is not known is checked: that a slice lies inside, and that index vectors have a position for each dimension.
// CHECK-LABEL: func.func @checked
// CHECK: cf.assert %{{.+}}, "the index vectors of 'nd.gather' op are not of length 1"
// CHECK: cf.assert %{{.+}}, "the slices of 'nd.gather' op are larger than axis 0 of the operand"
func.func @checked(%x: tensor<?xf32>, %i: tensor<3x?xi32>) -> tensor<3x5xf32> {
  %y = nd.gather %x[%i] sizes = [5] dims = {offset_dims = [1], start_index_map = [0], index_vector_dim = 1}
    : tensor<?xf32>, tensor<3x?xi32> -> tensor<3x5xf32>
  return %y : tensor<3x5xf32>
}

// One window after the other is put into what the loop carries, where its position lies inside.
// CHECK-LABEL: func.func @scattered_rows
// CHECK: scf.for {{.*}} iter_args(%[[C:.+]] = %arg0) -> (tensor<8x64xf32>)
// CHECK: %[[IN:.+]] = arith.cmpi ult
// CHECK: scf.if %[[IN]] -> (tensor<8x64xf32>)
// CHECK: %[[OLD:.+]] = tensor.extract_slice %[[C]]
// CHECK: %[[NEW:.+]] = linalg.generic {{.*}} outs(%[[OLD]] : tensor<64xf32>)
// CHECK: arith.addf
// CHECK: tensor.insert_slice %[[NEW]] into %[[C]]
func.func @scattered_rows(%x: tensor<8x64xf32>, %i: tensor<3x1xi32>, %u: tensor<3x64xf32>) -> tensor<8x64xf32> {
  %y = nd.scatter %x[%i] with %u
    dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = nd.add %a, %b : tensor<f32>
    nd.yield %s : tensor<f32>
  } : (tensor<8x64xf32>, tensor<3x1xi32>, tensor<3x64xf32>) -> tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// Single elements are combined as scalars.
// CHECK-LABEL: func.func @scattered_elements
// CHECK-NOT: linalg.generic
// CHECK: tensor.extract %{{.+}}[%[[AT:.+]]] : tensor<8xf32>
// CHECK: arith.maximumf
// CHECK: tensor.insert %{{.+}} into %{{.+}}[%[[AT]]] : tensor<8xf32>
func.func @scattered_elements(%x: tensor<8xf32>, %i: tensor<3x1xi32>, %u: tensor<3xf32>) -> tensor<8xf32> {
  %y = nd.scatter %x[%i] with %u
    dims = {inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = nd.maximum %a, %b : tensor<f32>
    nd.yield %s : tensor<f32>
  } : (tensor<8xf32>, tensor<3x1xi32>, tensor<3xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}
