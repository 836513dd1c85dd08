// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @known_operands
// CHECK-DAG: %c0_i32 = arith.constant 0 : i32
// CHECK-DAG: %c-1_i32 = arith.constant -1 : i32
// CHECK: return %c0_i32, %c-1_i32, %arg0, %c0_i32, %arg0, %c0_i32
func.func @known_operands(%x: i32) -> (i32, i32, i32, i32, i32, i32) {
  %zero = arith.constant 0 : i32
  %ones = arith.constant -1 : i32
  %one = arith.constant 1 : i32
  %least = arith.constant -2147483648 : i32
  %0 = arith.muli %x, %zero : i32
  %1 = arith.ori %x, %ones : i32
  %2 = arith.maxsi %x, %least : i32
  %3 = arith.remsi %x, %one : i32
  %4 = arith.minui %x, %ones : i32
  %5 = arith.xori %x, %x : i32
  return %0, %1, %2, %3, %4, %5 : i32, i32, i32, i32, i32, i32
}

// CHECK-LABEL: func.func @cancelling
// CHECK-NEXT: return %arg0, %arg0, %arg0
func.func @cancelling(%x: i32, %y: i32) -> (i32, i32, i32) {
  %0 = arith.subi %x, %y : i32
  %1 = arith.addi %0, %y : i32
  %2 = arith.addi %y, %x : i32
  %3 = arith.subi %2, %y : i32
  %4 = arith.xori %y, %x : i32
  %5 = arith.xori %4, %y : i32
  return %1, %3, %5 : i32, i32, i32
}

// Elements of constants are computed one by one.
// CHECK-LABEL: func.func @elements
// CHECK-DAG: arith.constant dense<[8, 3]> : vector<2xi32>
// CHECK-DAG: arith.constant dense<[false, true]> : vector<2xi1>
// CHECK-DAG: arith.constant dense<[1, 5]> : vector<2xi32>
func.func @elements() -> (vector<2xi32>, vector<2xi1>, vector<2xi32>) {
  %a = arith.constant dense<[1, -2]> : vector<2xi32>
  %b = arith.constant dense<[7, 5]> : vector<2xi32>
  %c = arith.constant dense<[true, false]> : vector<2xi1>
  %0 = arith.addi %a, %b : vector<2xi32>
  %1 = arith.cmpi sgt, %b, %0 : vector<2xi32>
  %2 = arith.select %c, %a, %b : vector<2xi1>, vector<2xi32>
  return %0, %1, %2 : vector<2xi32>, vector<2xi1>, vector<2xi32>
}

// A flag is kept where neither step wraps, nor the constant that replaces both.
// CHECK-LABEL: func.func @constants_merge
// CHECK: %0 = arith.addi %arg0, %c25_i32 overflow<nsw, nuw> : i32
// CHECK: %1 = arith.addi %arg0, %c-25_i32 overflow<nsw> : i32
// CHECK: %2 = arith.subi %c59_i32, %arg0 : i32
// CHECK: %3 = arith.muli %arg0, %c714_i32 : i32
func.func @constants_merge(%x: i32) -> (i32, i32, i32, i32) {
  %a = arith.constant 17 : i32
  %b = arith.constant 42 : i32
  %0 = arith.subi %x, %a overflow<nsw, nuw> : i32
  %1 = arith.addi %0, %b overflow<nsw, nuw> : i32
  %2 = arith.addi %x, %a overflow<nsw, nuw> : i32
  %3 = arith.subi %2, %b overflow<nsw, nuw> : i32
  %4 = arith.subi %a, %x : i32
  %5 = arith.addi %4, %b overflow<nsw> : i32
  %6 = arith.muli %x, %a : i32
  %7 = arith.muli %6, %b : i32
  return %1, %3, %5, %7 : i32, i32, i32, i32
}

// CHECK-LABEL: func.func @casts
// CHECK: %0 = arith.extui %arg0 : i8 to i64
// CHECK: %1 = arith.trunci %arg0 : i8 to i4
// CHECK: %2 = arith.extsi %arg0 : i8 to i16
// CHECK: %3 = arith.index_cast %arg0 : i8 to index
// CHECK: return %0, %1, %2, %3, %arg0
func.func @casts(%x: i8) -> (i64, i4, i16, index, i8) {
  %0 = arith.extui %x : i8 to i32
  %1 = arith.extsi %0 : i32 to i64
  %2 = arith.trunci %0 : i32 to i4
  %3 = arith.extsi %x : i8 to i32
  %4 = arith.trunci %3 : i32 to i16
  %5 = arith.index_cast %3 : i32 to index
  %6 = arith.trunci %3 : i32 to i8
  return %1, %2, %4, %5, %6 : i64, i4, i16, index, i8
}

// The index that comes back through i32 has lost its upper bits.
// CHECK-LABEL: func.func @index_through_i32
// CHECK: arith.index_cast %0 : i32 to index
func.func @index_through_i32(%x: index) -> index {
  %0 = arith.index_cast %x : index to i32
  %1 = arith.index_cast %0 : i32 to index
  return %1 : index
}

// CHECK-LABEL: func.func @conditions
// CHECK: %0 = arith.cmpi sge, %arg0, %arg1 : i32
// CHECK: %1 = arith.cmpi sgt, %arg0, %c7_i32 : i32
// CHECK: %2 = arith.select %arg2, %arg1, %arg0 : i32
// CHECK: %3 = arith.extui %arg2 : i1 to i32
// CHECK: return %0, %1, %2, %3, %arg2, %arg1
func.func @conditions(%x: i32, %y: i32, %c: i1) -> (i1, i1, i32, i32, i1, i32) {
  %true = arith.constant true
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %seven = arith.constant 7 : i32
  %0 = arith.cmpi slt, %x, %y : i32
  %1 = arith.xori %0, %true : i1
  %2 = arith.cmpi slt, %seven, %x : i32
  %3 = arith.xori %c, %true : i1
  %4 = arith.select %3, %x, %y : i32
  %5 = arith.select %c, %one, %zero : i32
  %6 = arith.cmpi ne, %5, %zero : i32
  %7 = arith.cmpi eq, %x, %y : i32
  %8 = arith.select %7, %x, %y : i32
  return %1, %2, %4, %5, %6, %8 : i1, i1, i32, i32, i1, i32
}

// CHECK-LABEL: func.func @second_results
// CHECK: %0 = arith.addi %arg0, %arg1 : i32
// CHECK: %1 = arith.muli %arg0, %arg1 : i32
// CHECK: %low, %high = arith.mului_extended %arg0, %arg1 : i32
// CHECK: return %0, %1, %high
func.func @second_results(%x: i32, %y: i32) -> (i32, i32, i32) {
  %0:2 = arith.addui_extended %x, %y : i32, i1
  %1:2 = arith.mulsi_extended %x, %y : i32
  %2:2 = arith.mului_extended %x, %y : i32
  return %0#0, %1#0, %2#1 : i32, i32, i32
}

// A truncation folds where it is exact, so that no rounding mode matters.
// CHECK-LABEL: func.func @floats
// CHECK-DAG: [[HALF:%cst[_0-9]*]] = arith.constant 5.000000e-01 : f32
// CHECK-DAG: [[TENTH:%cst[_0-9]*]] = arith.constant 1.000000e-01 : f64
// CHECK: %0 = arith.truncf [[TENTH]] : f64 to f32
// CHECK: return [[HALF]], %0, %arg0, %arg0
func.func @floats(%x: f32) -> (f32, f32, f32, f32) {
  %half = arith.constant 0.5 : f64
  %tenth = arith.constant 0.1 : f64
  %inf = arith.constant 0x7F800000 : f32
  %0 = arith.truncf %half upward : f64 to f32
  %1 = arith.truncf %tenth : f64 to f32
  %2 = arith.minimumf %x, %inf : f32
  %3 = arith.negf %x : f32
  %4 = arith.negf %3 : f32
  return %0, %1, %2, %4 : f32, f32, f32, f32
}
