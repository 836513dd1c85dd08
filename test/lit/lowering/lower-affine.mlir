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

// Of several bounds the strictest counts.
// CHECK-LABEL: func.func @loop(
// CHECK: %[[START:.+]] = arith.maxsi %arg1, %c0
// CHECK: %[[PART:.+]] = arith.addi %arg1, %c8
// CHECK: %[[END:.+]] = arith.minsi %[[PART]], %arg2
// CHECK: %[[R:.+]] = scf.for %[[I:.+]] = %[[START]] to %[[END]] step %c2{{.*}} iter_args(%[[A:.+]] = %arg3) -> (f32) {
// CHECK:   %[[AT:.+]] = arith.addi %[[I]], %c3
// CHECK:   %[[X:.+]] = memref.load %arg0[%[[AT]]] : memref<?xf32>
// CHECK:   %[[S:.+]] = arith.addf %[[A]], %[[X]] : f32
// CHECK:   scf.yield %[[S]] : f32
// CHECK: return %[[R]] : f32
func.func @loop(%m: memref<?xf32>, %i: index, %n: index, %x: f32) -> f32 {
  %r = affine.for %j = max affine_map<(d0) -> (d0, 0)>(%i) to min affine_map<(d0)[s0] -> (d0 + 8, s0)>(%i)[%n] step 2
      iter_args(%a = %x) -> (f32) {
    %e = affine.load %m[%j + 3] : memref<?xf32>
    %s = arith.addf %a, %e : f32
    affine.yield %s : f32
  }
  return %r : f32
}

// All constraints are asked.
// CHECK-LABEL: func.func @condition(
// CHECK: %[[BELOW:.+]] = arith.cmpi sge, %{{.+}}, %c0{{.*}} : index
// CHECK: %[[LESS:.+]] = arith.addi %arg0, %c-3
// CHECK: %[[SAME:.+]] = arith.cmpi eq, %[[LESS]], %c0{{.*}} : index
// CHECK: %[[BOTH:.+]] = arith.andi %[[BELOW]], %[[SAME]] : i1
// CHECK: scf.if %[[BOTH]] -> (f32) {
// CHECK:   scf.yield %arg2 : f32
// CHECK: } else {
// CHECK:   scf.yield %arg3 : f32
func.func @condition(%i: index, %n: index, %x: f32, %y: f32) -> f32 {
  %r = affine.if affine_set<(d0)[s0] : (s0 - d0 - 1 >= 0, d0 - 3 == 0)>(%i)[%n] -> f32 {
    affine.yield %x : f32
  } else {
    affine.yield %y : f32
  }
  return %r : f32
}

// A reduction starts with the number that changes nothing; integers with a sign are relabelled for arith.
// CHECK-LABEL: func.func @reduction(
// CHECK: %[[END:.+]] = arith.minsi %arg1, %c50
// CHECK: %[[LEAST:.+]] = arith.constant -128 : i8
// CHECK: %[[INIT:.+]] = builtin.unrealized_conversion_cast %[[LEAST]] : i8 to si8
// CHECK: scf.parallel (%[[I:.+]], %[[J:.+]]) = (%{{.+}}, %{{.+}}) to (%{{.+}}, %[[END]]) step (%{{.+}}, %{{.+}}) init (%[[INIT]]) -> si8 {
// CHECK:   %[[X:.+]] = memref.load %arg0[%[[I]], %[[J]]] : memref<?x?xsi8>
// CHECK:   scf.reduce(%[[X]] : si8) {
// CHECK:     %[[MAX:.+]] = arith.maxsi %{{.+}}, %{{.+}} : i8
// CHECK:     %[[BACK:.+]] = builtin.unrealized_conversion_cast %[[MAX]] : i8 to si8
// CHECK:     scf.reduce.return %[[BACK]] : si8
func.func @reduction(%m: memref<?x?xsi8>, %n: index) -> si8 {
  %r = affine.parallel (%i, %j) = (0, 0) to (%n, min(%n, 50)) step (1, 4) reduce ("maxs") -> (si8) {
    %x = affine.load %m[%i, %j] : memref<?x?xsi8>
    affine.yield %x : si8
  }
  return %r : si8
}

// CHECK-LABEL: func.func @accesses(
// CHECK: %[[V:.+]] = vector.load %arg0[%arg1, %{{.+}}] : memref<4x8xf32>, vector<4xf32>
// CHECK: vector.store %[[V]], %arg0[%{{.+}}, %{{.+}}] : memref<4x8xf32>, vector<4xf32>
// CHECK: memref.prefetch %arg0[%arg1, %{{.+}}], write, locality<2>, instr : memref<4x8xf32>
// CHECK: memref.dma_start %arg0[%arg1, %{{.+}}], %arg0[%{{.+}}, %{{.+}}], %c3{{.*}}, %arg2[%{{.+}}] : memref<4x8xf32>, memref<4x8xf32>, memref<1xi32>
// CHECK: memref.dma_wait %arg2[%{{.+}}], %c3{{.*}} : memref<1xi32>
func.func @accesses(%m: memref<4x8xf32>, %i: index, %tag: memref<1xi32>) {
  %v = affine.vector_load %m[%i, 0] : memref<4x8xf32>, vector<4xf32>
  affine.vector_store %v, %m[%i + 1, 4] : memref<4x8xf32>, vector<4xf32>
  affine.prefetch %m[%i, 7], write, locality<2>, instr : memref<4x8xf32>
  %c3 = arith.constant 3 : index
  affine.dma_start %m[%i, 0], %m[%i + 1, 0], %tag[0], %c3 : memref<4x8xf32>, memref<4x8xf32>, memref<1xi32>
  affine.dma_wait %tag[0], %c3 : memref<1xi32>
  return
}

// CHECK-LABEL: func.func @taken_apart(
// CHECK: %[[FIRST:.+]] = arith.floordivsi %arg0, %arg2
// CHECK: arith.remsi %arg0, %arg2
// CHECK: return %[[FIRST]], %{{.+}} : index, index
func.func @taken_apart(%k: index, %m: index, %n: index) -> (index, index) {
  %i:2 = affine.delinearize_index %k into (%m, %n) : index, index
  return %i#0, %i#1 : index, index
}
