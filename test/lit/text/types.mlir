// Every builtin type is read and printed.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect --print-op-generic | filecheck %s

// CHECK: {v = tuple<>}
"t"() {v = tuple<>} : () -> ()
// CHECK: {v = tuple<i32, tuple<f32>>}
"t"() {v = tuple<i32, tuple<f32>>} : () -> ()
// CHECK: {v = none}
"t"() {v = none} : () -> ()
// CHECK: {v = vector<4x[8]xf32>}
"t"() {v = vector<4x[8]xf32>} : () -> ()
// CHECK: {v = memref<2x?xf32, strided<[?, 1], offset: 3>, 2>}
"t"() {v = memref<2x?xf32, strided<[?, 1], offset: 3>, 2>} : () -> ()
// CHECK: {v = memref<*xf32, 5>}
"t"() {v = memref<*xf32, 5>} : () -> ()
// CHECK: {v = tensor<4xf32, #foo.enc>}
"t"() {v = tensor<4xf32, #foo.enc>} : () -> ()
// CHECK: {v = () -> ()}
"t"() {v = () -> ()} : () -> ()
// CHECK: {v = (i32) -> ((f32) -> i1)}
"t"() {v = (i32) -> ((f32) -> i1)} : () -> ()
// CHECK: {v = complex<bf16>}
"t"() {v = complex<bf16>} : () -> ()
// CHECK: {v = !foo.t<a, [b]>}
"t"() {v = !foo.t<a, [b]>} : () -> ()
// CHECK: {v = vector<f32>}
"t"() {v = vector<f32>} : () -> ()
// CHECK: {v = tensor<*xi8>}
"t"() {v = tensor<*xi8>} : () -> ()
// CHECK: {v = memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>}
"t"() {v = memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>} : () -> ()
// CHECK: {v = ui3}
"t"() {v = ui3} : () -> ()
// CHECK: {v = memref<4xf32, 3>}
"t"() {v = memref<4xf32, affine_map<(d0) -> (d0)>, 3>} : () -> ()
// CHECK: {v = tensor<0x0x?xi1>}
"t"() {v = tensor<0x0x?xi1>} : () -> ()
// CHECK: {v = memref<?x?xf32, strided<[?, ?], offset: ?>, "gpu">}
"t"() {v = memref<?x?xf32, strided<[?, ?], offset: ?>, "gpu">} : () -> ()
