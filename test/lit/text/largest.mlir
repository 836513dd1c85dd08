// The largest numbers that fit are kept, sums and products of constants whose value would not fit stay as they are
// written, and constants that are joined wrap, as numbers do when the expression is computed.
// RUN: irc-opt %s --allow-unregistered-dialect --print-debuginfo | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect --print-debuginfo | irc-opt --allow-unregistered-dialect --print-debuginfo | filecheck %s

// CHECK-DAG: #map = affine_map<(d0) -> (d0 + 9223372036854775807)>
// CHECK-DAG: #map1 = affine_map<(d0) -> (9223372036854775807 + 9223372036854775807)>
// CHECK-DAG: #map2 = affine_map<(d0) -> (d0 - -9223372036854775808)>
// CHECK: "a.b"() {a = tensor<9223372036854775807x9223372036854775807xf32>, b = memref<4xf32, strided<[9223372036854775807], offset: -9223372036854775807>>}
// CHECK: "a.b"() {a = #map, b = #map1, c = #map2}
// CHECK: loc("a":4294967295:4294967295)
"a.b"() {a = tensor<9223372036854775807x9223372036854775807xf32>, b = memref<4xf32, strided<[9223372036854775807], offset: -9223372036854775807>>} : () -> ()
"a.b"() {a = affine_map<(d0) -> (d0 + 9223372036854775807)>, b = affine_map<(d0) -> (9223372036854775807 + 9223372036854775807)>, c = affine_map<(d0) -> (d0 + 9223372036854775807 + 1)>} : () -> ()
"a.b"() : () -> () loc("a":0xFFFFFFFF:4294967295)
