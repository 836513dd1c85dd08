// Locations and affine maps stand where they are used, without names.
// RUN: irc-opt %s --mlir-print-debuginfo --mlir-print-local-scope --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --print-debuginfo --print-local-scope --allow-unregistered-dialect | irc-opt --print-debuginfo --print-local-scope --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --print-local-scope --allow-unregistered-dialect | filecheck %s --check-prefix=WITHOUT

// CHECK-NOT: #{{loc|map|set}}
// CHECK: func.func @f(%arg0: index loc("n"("file":3:4))) -> index {
// CHECK-NEXT: %0 = affine.apply affine_map<(d0) -> (d0 + 1)>(%arg0) loc(callsite("callee" at "caller":5:6))
// CHECK-NEXT: affine.if affine_set<(d0) : (d0 >= 0)>(%arg0) {
// CHECK-NEXT: } loc(unknown)
// CHECK-NEXT: "t.maps"() {maps = [affine_map<(d0) -> (d0 * 2)>], where = loc("x":1:2)} : () -> () loc("x":1:2)
// CHECK-NOT: #{{loc|map|set}}

// WITHOUT: func.func @f(%arg0: index) -> index {
// WITHOUT-NEXT: affine.apply affine_map<(d0) -> (d0 + 1)>(%arg0){{$}}
func.func @f(%n: index loc("n"("file":3:4))) -> index {
  %0 = affine.apply affine_map<(d0) -> (d0 + 1)>(%n) loc(callsite("callee" at "caller":5:6))
  affine.if affine_set<(d0) : (d0 >= 0)>(%n) {
  } loc(unknown)
  "t.maps"() {maps = [affine_map<(d0) -> (d0 * 2)>], where = loc("x":1:2)} : () -> () loc("x":1:2)
  return %0 : index
}
