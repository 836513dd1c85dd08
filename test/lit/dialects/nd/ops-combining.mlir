// Ops whose regions compute on single elements.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @reduce
// CHECK: %{{.+}}:2 = nd.reduce %{{.+}}, %{{.+}} init %{{.+}}, %{{.+}} axes = [0, 2] {
// CHECK-NEXT: ^bb0(%[[A:.+]]: tensor<f32>, %[[I:.+]]: tensor<i32>, %[[B:.+]]: tensor<f32>, %[[J:.+]]: tensor<i32>):
// CHECK: nd.yield %{{.+}}, %[[J]] : tensor<f32>, tensor<i32>
// CHECK-NEXT: } : (tensor<4x?x6xf32>, tensor<4x?x6xi32>, tensor<f32>, tensor<i32>) -> (tensor<?xf32>, tensor<?xi32>)
func.func @reduce(%x: tensor<4x?x6xf32>, %i: tensor<4x?x6xi32>, %a: tensor<f32>, %b: tensor<i32>) {
  %m, %at = nd.reduce %x, %i init %a, %b axes = [0, 2] {
  ^bb0(%p: tensor<f32>, %q: tensor<i32>, %r: tensor<f32>, %s: tensor<i32>):
    %v = nd.maximum %p, %r : tensor<f32>
    nd.yield %v, %s : tensor<f32>, tensor<i32>
  } : (tensor<4x?x6xf32>, tensor<4x?x6xi32>, tensor<f32>, tensor<i32>) -> (tensor<?xf32>, tensor<?xi32>)
  return
}

// CHECK-LABEL: func.func @cumulative
// CHECK: nd.cumulative %{{.+}} axis = 0 {
// CHECK: } : tensor<4x?xf32>
// CHECK: nd.cumulative %{{.+}} axis = 1 reverse {
func.func @cumulative(%x: tensor<4x?xf32>) {
  %y = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = nd.add %a, %b : tensor<f32>
    nd.yield %c : tensor<f32>
  } : tensor<4x?xf32>
  // The region is isolated: names of values outside may be used again.
  %z = nd.cumulative %x axis = 1 reverse {
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %c = nd.multiply %x, %y : tensor<f32>
    nd.yield %c : tensor<f32>
  } : tensor<4x?xf32>
  return
}

// CHECK-LABEL: func.func @reverse
// CHECK: nd.reverse %{{.+}} axes = [0, 1] : tensor<4x?xf32>
// CHECK: nd.reverse %{{.+}} axes = [1] into %{{.+}} : tensor<4x6xf32>
func.func @reverse(%x: tensor<4x?xf32>, %y: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %a = nd.reverse %x axes = [0, 1] : tensor<4x?xf32>
  %s = nd.allocate() : tensor<4x6xf32>
  %b = nd.reverse %y axes = [1] into %s : tensor<4x6xf32>
  return %b : tensor<4x6xf32>
}

// CHECK-LABEL: func.func @sort
// CHECK: nd.sort %{{.+}} axis = 0 {
// CHECK: } : tensor<?xi64>
// CHECK: %{{.+}}:2 = nd.sort %{{.+}}, %{{.+}} axis = 0 stable {
// CHECK: } : tensor<?xi64>, tensor<?xf32>
func.func @sort(%x: tensor<?xi64>, %y: tensor<?xf32>) {
  %a = nd.sort %x axis = 0 {
  ^bb0(%p: tensor<i64>, %q: tensor<i64>):
    %c = nd.less %p, %q : tensor<i64>
    nd.yield %c : tensor<i1>
  } : tensor<?xi64>
  %b:2 = nd.sort %x, %y axis = 0 stable {
  ^bb0(%p: tensor<i64>, %q: tensor<i64>, %r: tensor<f32>, %s: tensor<f32>):
    %c = nd.less %p, %q : tensor<i64>
    nd.yield %c : tensor<i1>
  } : tensor<?xi64>, tensor<?xf32>
  return
}

// CHECK-LABEL: func.func @windows
// CHECK: %{{.+}}:2 = nd.reduce_window %{{.+}}, %{{.+}} init %{{.+}}, %{{.+}} window = [2, 3] {
// CHECK: } : (tensor<4x?xf32>, tensor<4x?xi8>, tensor<f32>, tensor<i8>) -> (tensor<3x?xf32>, tensor<3x?xi8>)
// CHECK: nd.reduce_window %{{.+}} init %{{.+}} window = [2, 3] strides = [1, 2] base_dilations = [3, 1] window_dilations = [2, 1] low = [0, -1] high = [1, 4] {
func.func @windows(%x: tensor<4x?xf32>, %n: tensor<4x?xi8>, %a: tensor<f32>, %b: tensor<i8>) {
  %y:2 = nd.reduce_window %x, %n init %a, %b window = [2, 3] {
  ^bb0(%p: tensor<f32>, %q: tensor<i8>, %r: tensor<f32>, %s: tensor<i8>):
    nd.yield %p, %s : tensor<f32>, tensor<i8>
  } : (tensor<4x?xf32>, tensor<4x?xi8>, tensor<f32>, tensor<i8>) -> (tensor<3x?xf32>, tensor<3x?xi8>)
  %z = nd.reduce_window %x init %a window = [2, 3] strides = [1, 2] base_dilations = [3, 1] window_dilations = [2, 1]
      low = [0, -1] high = [1, 4] {
  ^bb0(%p: tensor<f32>, %q: tensor<f32>):
    %m = nd.maximum %p, %q : tensor<f32>
    nd.yield %m : tensor<f32>
  } : (tensor<4x?xf32>, tensor<f32>) -> tensor<9x?xf32>
  return
}

// CHECK-LABEL: func.func @select_and_scatter
// CHECK: nd.select_and_scatter %{{.+}}, %{{.+}} init %{{.+}} window = [2] strides = [2] high = [1] select {
// CHECK: } scatter {
// CHECK: } : (tensor<5xf32>, tensor<3xf32>, tensor<f32>) -> tensor<5xf32>
func.func @select_and_scatter(%x: tensor<5xf32>, %s: tensor<3xf32>, %a: tensor<f32>) {
  %y = nd.select_and_scatter %x, %s init %a window = [2] strides = [2] high = [1] select {
  ^bb0(%p: tensor<f32>, %q: tensor<f32>):
    %c = nd.greater_equal %p, %q : tensor<f32>
    nd.yield %c : tensor<i1>
  } scatter {
  ^bb0(%p: tensor<f32>, %q: tensor<f32>):
    %t = nd.add %p, %q : tensor<f32>
    nd.yield %t : tensor<f32>
  } : (tensor<5xf32>, tensor<3xf32>, tensor<f32>) -> tensor<5xf32>
  return
}
