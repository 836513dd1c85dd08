// Constants of affine expressions have 64 bits and wrap where they are joined, as numbers do when the expression is computed;
// the least of them has no counterpart, so that a sign does not change it.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK-DAG: #map = affine_map<(d0) -> (d0 - -9223372036854775808)>
// CHECK-DAG: #map1 = affine_map<(d0) -> (d0 - 9223372036854775805)>
// CHECK-DAG: #map2 = affine_map<(d0) -> (d0 * -4)>
// CHECK-DAG: #map3 = affine_map<(d0)[s0] -> (d0 - s0 * -9223372036854775808)>
// CHECK-DAG: #map4 = affine_map<(d0) -> (-9223372036854775808)>

// CHECK: "a.b"() {f = #map}
"a.b"() {f = affine_map<(d0) -> (-9223372036854775807 - 1 + d0)>} : () -> ()
// CHECK: "a.b"() {f = #map}
"a.b"() {f = affine_map<(d0) -> (d0 - (-9223372036854775807 - 1))>} : () -> ()
// CHECK: "a.b"() {f = #map1}
"a.b"() {f = affine_map<(d0) -> (d0 + 9223372036854775807 + 4)>} : () -> ()
// CHECK: "a.b"() {f = #map2}
"a.b"() {f = affine_map<(d0) -> (d0 * 9223372036854775807 * 4)>} : () -> ()
// CHECK: "a.b"() {f = #map3}
"a.b"() {f = affine_map<(d0)[s0] -> (d0 + s0 * (-9223372036854775807 - 1))>} : () -> ()
// CHECK: "a.b"() {f = #map4}
"a.b"() {f = affine_map<(d0) -> (-9223372036854775807 - 1)>} : () -> ()
