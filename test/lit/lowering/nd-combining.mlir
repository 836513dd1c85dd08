// RUN: irc-opt %s --nd-to-linalg | filecheck %s

// CHECK: affine_map<(d0, d1) -> (d0, -d1 + 5)>

// CHECK-LABEL: func.func @reduce
// CHECK: linalg.fill
// CHECK: linalg.fill
// CHECK: linalg.generic
// CHECK-SAME: iterator_types = ["parallel", "reduction"]
// CHECK: ^bb0(%[[X:.+]]: f32, %[[I:.+]]: i32, %[[M:.+]]: f32, %[[AT:.+]]: i32):
// CHECK: %[[C:.+]] = arith.cmpf oge, %[[M]], %[[X]] : f32
// CHECK: %[[V:.+]] = arith.select %[[C]], %[[M]], %[[X]] : f32
// CHECK: %[[W:.+]] = arith.select %[[C]], %[[AT]], %[[I]] : i32
// CHECK: linalg.yield %[[V]], %[[W]] : f32, i32
func.func @reduce(%x: tensor<4x6xf32>, %i: tensor<4x6xi32>, %a: tensor<f32>, %b: tensor<i32>) -> (tensor<4xf32>, tensor<4xi32>) {
  %m, %at = nd.reduce %x, %i init %a, %b axes = [1] {
  ^bb0(%p: tensor<f32>, %q: tensor<i32>, %r: tensor<f32>, %s: tensor<i32>):
    %c = nd.greater_equal %p, %r : tensor<f32>
    %v = nd.where %c, %p, %r : tensor<i1>, tensor<f32>
    %w = nd.where %c, %q, %s : tensor<i1>, tensor<i32>
    nd.yield %v, %w : tensor<f32>, tensor<i32>
  } : (tensor<4x6xf32>, tensor<4x6xi32>, tensor<f32>, tensor<i32>) -> (tensor<4xf32>, tensor<4xi32>)
  return %m, %at : tensor<4xf32>, tensor<4xi32>
}

// A scan is a reduction that also writes down what it has at each point.
// CHECK-LABEL: func.func @scan
// CHECK: linalg.generic
// CHECK-SAME: iterator_types = ["reduction", "parallel"]
// CHECK-SAME: outs(%{{.+}}, %{{.+}} : tensor<6xf32>, tensor<4x6xf32>)
// CHECK: linalg.index 0
// CHECK: %[[S:.+]] = arith.addf
// CHECK: %[[Y:.+]] = arith.select %{{.+}}, %{{.+}}, %[[S]] : f32
// CHECK: linalg.yield %[[Y]], %[[Y]] : f32, f32
func.func @scan(%x: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %y = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = nd.add %a, %b : tensor<f32>
    nd.yield %c : tensor<f32>
  } : tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// CHECK-LABEL: func.func @reverse
// CHECK: linalg.generic
// CHECK-SAME: ins(%{{.+}} : tensor<4x6xf32>)
func.func @reverse(%x: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %y = nd.reverse %x axes = [1] : tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// Two buffers are merged into each other as long as there are runs to be merged.
// CHECK-LABEL: func.func @sort
// CHECK: scf.for
// CHECK: tensor.extract_slice
// CHECK: scf.while
// CHECK: arith.cmpi slt, %{{.+}}, %c6
// CHECK: scf.for
// CHECK: scf.for
// CHECK: arith.cmpi ult
// CHECK: tensor.insert
// CHECK: tensor.insert_slice
func.func @sort(%x: tensor<4x6xui8>) -> tensor<4x6xui8> {
  %y = nd.sort %x axis = 1 {
  ^bb0(%a: tensor<ui8>, %b: tensor<ui8>):
    %c = nd.less %a, %b : tensor<ui8>
    nd.yield %c : tensor<i1>
  } : tensor<4x6xui8>
  return %y : tensor<4x6xui8>
}
