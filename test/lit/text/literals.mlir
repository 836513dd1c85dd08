// Elements of any shaped type; one value of a sparse literal stands for all; equal strings are one.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK: #map = affine_map<(d0) -> (d0 + 16)>
// CHECK: [dense<1> : memref<2xi32>, dense<[1, 2]> : memref<2xi32, 3>, sparse<0, 1> : memref<2xi32>]
"t"() {v = [dense<1> : memref<2xi32>, dense<[1, 2]> : memref<2xi32, 3>, sparse<0, 1> : memref<2xi32>]} : () -> ()
// CHECK: dense_resource<x> : tensor<?xi32>
"t"() {v = dense_resource<x> : tensor<?xi32>} : () -> ()
// CHECK{LITERAL}: [sparse<[[0], [1]], 7> : tensor<3xi32>, sparse<[[0], [1]], "a"> : tensor<3x!x.s>]
"t"() {v = [sparse<[[0], [1]], 7> : tensor<3xi32>, sparse<[[0], [1]], "a"> : tensor<3x!x.s>]} : () -> ()
// CHECK{LITERAL}: sparse<[[0], [1]], [1, 2]> : tensor<3xi32>
"t"() {v = sparse<[[0], [1]], "0x0100000002000000"> : tensor<3xi32>} : () -> ()
// CHECK: dense<"a"> : tensor<2x!x.s>
"t"() {v = dense<["a", "a"]> : tensor<2x!x.s>} : () -> ()
// CHECK: [array<index: 1, -2>, array<i24: 3>, array<i1: true>]
"t"() {v = [array<index: 1, -2>, array<i24: 3>, array<i1: true>]} : () -> ()
// CHECK: {v = {m = #map}}
"t"() {v = {m = affine_map<(d0) -> (d0 + 0x10)>}} : () -> ()
