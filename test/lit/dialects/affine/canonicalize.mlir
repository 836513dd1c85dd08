// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-DAG: #[[BOUND:.+]] = affine_map<(d0)[s0] -> (d0 * 2 + s0)>
// CHECK-DAG: #[[LEAST:.+]] = affine_map<(d0) -> (15, d0 + 4)>
// CHECK-DAG: #[[MERGED:.+]] = affine_map<()[s0, s1] -> (4, 7, s1 + 3, s0)>
// CHECK-DAG: #[[SET:.+]] = affine_set<()[s0] : (s0 * 2 - 6 >= 0)>

// CHECK-LABEL: func.func @constants()
// CHECK-DAG: %[[SEVEN:.*]] = arith.constant 7 : index
// CHECK-DAG: %[[TWO:.*]] = arith.constant 2 : index
// CHECK-DAG: %[[SIXTEEN:.*]] = arith.constant 16 : index
// CHECK: return %[[SEVEN]], %[[TWO]], %[[SIXTEEN]]
func.func @constants() -> (index, index, index) {
  %two = arith.constant 2 : index
  %three = arith.constant 3 : index
  %0 = affine.apply affine_map<(d0)[s0] -> (d0 * 2 + s0)>(%two)[%three]
  %1 = affine.min affine_map<(d0) -> (d0, 16)>(%two)
  %2 = affine.max affine_map<(d0) -> (d0, 16)>(%two)
  return %0, %1, %2 : index, index, index
}

// CHECK-LABEL: func.func @identity(
// CHECK-SAME: %[[I:.*]]: index, %[[N:.*]]: index
// CHECK: return %[[I]], %[[N]]
func.func @identity(%i: index, %n: index) -> (index, index) {
  %0 = affine.apply affine_map<(d0) -> (d0)>(%i)
  %1 = affine.min affine_map<()[s0] -> (s0)>()[%n]
  return %0, %1 : index, index
}

// A division by a symbol that is not positive has no value.
// CHECK-LABEL: func.func @divided
// CHECK: affine.apply
func.func @divided(%i: index) -> index {
  %zero = arith.constant 0 : index
  %five = arith.constant 5 : index
  %0 = affine.apply affine_map<(d0)[s0] -> (d0 floordiv s0)>(%five)[%zero]
  return %0 : index
}

// Maps take in what computes their operands; constants and operands given twice go away, and what may be a symbol is one.
// CHECK-LABEL: func.func @composed(
// CHECK: affine.for %[[I:.+]] = 0 to %arg1 {
// CHECK:   affine.for %[[J:.+]] = #[[BOUND]](%[[I]])[%arg1] to 90 {
// CHECK:     %[[X:.+]] = affine.load %arg0[%[[I]] * 2 + symbol(%arg1) + 5] : memref<?xf32>
// CHECK:     affine.store %[[X]], %arg0[%[[J]] * 2] : memref<?xf32>
func.func @composed(%m: memref<?xf32>, %n: index) {
  %five = arith.constant 5 : index
  %end = arith.constant 90 : index
  affine.for %i = 0 to %n {
    %0 = affine.apply affine_map<(d0, d1) -> (d0 * 2 + d1)>(%i, %n)
    affine.for %j = affine_map<(d0) -> (d0)>(%0) to %end {
      %x = affine.load %m[%0 + symbol(%five)] : memref<?xf32>
      %1 = affine.apply affine_map<(d0, d1, d2) -> (d0 + d2)>(%j, %i, %j)
      affine.store %x, %m[%1] : memref<?xf32>
    }
  }
  return
}

// What the variables of loops can be decides quotients, remainders and bounds.
// CHECK-LABEL: func.func @ranges(
// CHECK: affine.for %[[I:.+]] = 0 to 16 {
// CHECK:   affine.for %[[J:.+]] = 0 to 64 step 4 {
// CHECK:     affine.store %arg1, %arg0[%[[I]]] : memref<64xf32>
// CHECK:     affine.store %arg1, %arg0[1] : memref<64xf32>
// CHECK:     affine.for %{{.+}} = 0 to min #[[LEAST]](%[[I]]) {
func.func @ranges(%m: memref<64xf32>, %f: f32) {
  affine.for %i = 0 to 16 {
    affine.for %j = 0 to 64 step 4 {
      affine.store %f, %m[%i mod 16] : memref<64xf32>
      affine.store %f, %m[(%j + 1) mod 4] : memref<64xf32>
      affine.for %k = max affine_map<(d0) -> (0, d0 - 16, -3)>(%i) to min affine_map<(d0) -> (15, d0 + 4, 20)>(%i) {
        affine.store %f, %m[%k] : memref<64xf32>
      }
    }
  }
  return
}

// Extrema of extrema are one, of different numbers in the order of their factors.
// CHECK-LABEL: func.func @extrema_merged(
// CHECK: %[[MIN:.+]] = affine.min #[[MERGED]]()[%arg1, %arg0]
// CHECK: return %[[MIN]], %arg0
func.func @extrema_merged(%i: index, %n: index) -> (index, index) {
  %four = arith.constant 4 : index
  %0 = affine.min affine_map<(d0)[s0] -> (d0 + 3, 7, s0)>(%i)[%n]
  %1 = affine.min affine_map<(d0, d1)[s0] -> (d0, d1, s0, d1)>(%0, %n)[%four]
  %2 = affine.max affine_map<(d0)[s0] -> (s0, d0)>(%i)[%i]
  return %1, %2 : index, index
}

// CHECK-LABEL: func.func @empty_loops(
// CHECK-NOT: affine.for
// CHECK: return %arg1, %arg1, %arg0
func.func @empty_loops(%x: f32, %y: f32, %n: index, %m: memref<4xf32>) -> (f32, f32, f32) {
  affine.for %i = 4 to 4 {
    affine.store %x, %m[%i - 4] : memref<4xf32>
  }
  %0 = affine.for %i = 0 to %n iter_args(%a = %y) -> (f32) {
    affine.yield %a : f32
  }
  %1 = affine.for %i = 0 to 5 iter_args(%a = %x) -> (f32) {
    affine.yield %y : f32
  }
  %2 = affine.for %i = 5 to 5 iter_args(%a = %x) -> (f32) {
    affine.yield %y : f32
  }
  return %0, %1, %2 : f32, f32, f32
}

// A loop that may not run gives what it starts with then, and values that change places do so each time.
// CHECK-LABEL: func.func @kept_loops(
// CHECK-COUNT-2: affine.for
func.func @kept_loops(%x: f32, %y: f32, %n: index) -> (f32, f32, f32) {
  %0 = affine.for %i = 0 to %n iter_args(%a = %x) -> (f32) {
    affine.yield %y : f32
  }
  %1:2 = affine.for %i = 0 to 3 iter_args(%a = %x, %b = %y) -> (f32, f32) {
    affine.yield %b, %a : f32, f32
  }
  return %0, %1#0, %1#1 : f32, f32, f32
}

// CHECK-LABEL: func.func @conditions(
// CHECK-NEXT: affine.store %arg1, %arg0[0] : memref<4xf32>
// CHECK-NEXT: affine.store %arg1, %arg0[2] : memref<4xf32>
// CHECK-NEXT: affine.if #[[SET]]()[%arg2] {
// CHECK-NEXT:   affine.store %arg1, %arg0[3] : memref<4xf32>
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @conditions(%m: memref<4xf32>, %f: f32, %n: index) {
  %seven = arith.constant 7 : index
  affine.if affine_set<(d0) : (d0 - 7 == 0, 1 >= 0)>(%seven) {
    affine.store %f, %m[0] : memref<4xf32>
  }
  affine.if affine_set<(d0)[s0] : (d0 - 8 >= 0, s0 >= 0)>(%seven)[%n] {
    affine.store %f, %m[1] : memref<4xf32>
  } else {
    affine.store %f, %m[2] : memref<4xf32>
  }
  %0 = affine.apply affine_map<(d0) -> (d0 * 2 - 5)>(%n)
  affine.if affine_set<(d0) : (d0 - 1 >= 0)>(%0) {
    affine.store %f, %m[3] : memref<4xf32>
  } else {
  }
  return
}

// CHECK-LABEL: func.func @parallel(
// CHECK: affine.parallel (%{{.+}}) = (symbol(%arg0) * 2) to (10) {
func.func @parallel(%n: index, %m: memref<?xf32>, %f: f32) {
  %ten = arith.constant 10 : index
  %0 = affine.apply affine_map<(d0) -> (d0 * 2)>(%n)
  affine.parallel (%i) = (%0) to (%ten) {
    affine.store %f, %m[%i] : memref<?xf32>
  }
  return
}
