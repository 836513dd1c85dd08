// RUN: irc-opt %s --lower-affine | filecheck %s

// CHECK-LABEL: func.func @apply(
// CHECK: %[[SCALED:.+]] = arith.muli %arg0, %c3
// CHECK: %[[SUM:.+]] = arith.addi %[[SCALED]], %arg1
// CHECK: return %[[SUM]]
func.func @apply(%i: index, %n: index) -> index {
  %k = affine.apply affine_map<(d0)[s0] -> (d0 * 3 + s0)>(%i)[%n]
  return %k : index
}

// A remainder is never negative, and quotients are rounded down or up.
// CHECK-LABEL: func.func @quotients(
// CHECK: %[[REST:.+]] = arith.remsi %arg0, %c4
// CHECK: %[[BELOW:.+]] = arith.cmpi slt, %[[REST]], %c0
// CHECK: %[[MORE:.+]] = arith.addi %[[REST]], %c4
// CHECK: arith.select %[[BELOW]], %[[MORE]], %[[REST]]
// CHECK: arith.floordivsi %arg0, %c4
// CHECK: arith.ceildivsi %arg0, %c4
func.func @quotients(%i: index) -> (index, index, index) {
  %m = affine.apply affine_map<(d0) -> (d0 mod 4)>(%i)
  %f = affine.apply affine_map<(d0) -> (d0 floordiv 4)>(%i)
  %c = affine.apply affine_map<(d0) -> (d0 ceildiv 4)>(%i)
  return %m, %f, %c : index, index, index
}

// CHECK-LABEL: func.func @extrema(
// CHECK: %[[ONE:.+]] = arith.minsi %arg0, %arg1
// CHECK: arith.minsi %[[ONE]], %c16
// CHECK: arith.maxsi %arg0, %arg1
func.func @extrema(%i: index, %n: index) -> (index, index) {
  %a = affine.min affine_map<(d0)[s0] -> (d0, s0, 16)>(%i)[%n]
  %b = affine.max affine_map<(d0, d1) -> (d0, d1)>(%i, %n)
  return %a, %b : index, index
}
