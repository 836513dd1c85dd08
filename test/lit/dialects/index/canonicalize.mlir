// What folds is what 32 and 64 bits agree on.
// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @arithmetic
// CHECK-DAG: %idx5 = index.constant 5
// CHECK-DAG: %idx-3 = index.constant -3
// CHECK-DAG: %idx3 = index.constant 3
// CHECK: return %idx5, %idx-3, %idx3, %arg0, %arg0
func.func @arithmetic(%x: index) -> (index, index, index, index, index) {
  %0 = index.constant 0
  %1 = index.constant 1
  %2 = index.constant 2
  %3 = index.constant 3
  %7 = index.constant 7
  %m2 = index.constant -2
  %a = index.add %2, %3
  %b = index.ceildivs %7, %m2
  %c = index.shrs %7, %1
  %d = index.add %0, %x
  %e = index.mul %x, %1
  return %a, %b, %c, %d, %e : index, index, index, index, index
}

// The quotient of 2^32 by 2 is 0 in 32 bits.
// CHECK-LABEL: func.func @wide
// CHECK: index.divu %idx4294967296, %idx2
func.func @wide() -> index {
  %0 = index.constant 4294967296
  %1 = index.constant 2
  %2 = index.divu %0, %1
  return %2 : index
}

// CHECK-LABEL: func.func @compare
// CHECK-DAG: %true = index.bool.constant true
// CHECK-DAG: %idx4294967296 = index.constant 4294967296
// CHECK: %0 = index.cmp ult(%idx7, %idx4294967296)
// CHECK: return %true, %true, %0
func.func @compare(%x: index) -> (i1, i1, i1) {
  %0 = index.constant 7
  %1 = index.constant 4294967296
  %2 = index.constant 9
  %a = index.cmp sle(%x, %x)
  %b = index.cmp slt(%0, %2)
  %c = index.cmp ult(%0, %1)
  return %a, %b, %c : i1, i1, i1
}

// CHECK-LABEL: func.func @cast
// CHECK: %idx-1 = index.constant -1
// CHECK: return %idx-1
func.func @cast() -> index {
  %0 = arith.constant -1 : i8
  %1 = index.casts %0 : i8 to index
  return %1 : index
}

// A difference is zero where both sides are equal; its sign says nothing, since it may wrap.
// CHECK-LABEL: func.func @difference
// CHECK: %0 = index.sub %arg0, %arg1
// CHECK: %1 = index.cmp ne(%arg0, %arg1)
// CHECK: %2 = index.cmp slt(%0, %idx0)
// CHECK: return %1, %2
func.func @difference(%x: index, %y: index) -> (i1, i1) {
  %0 = index.constant 0
  %1 = index.sub %x, %y
  %2 = index.cmp ne(%1, %0)
  %3 = index.cmp slt(%1, %0)
  return %2, %3 : i1, i1
}

// CHECK-LABEL: func.func @bounded
// CHECK-DAG: %true = index.bool.constant true
// CHECK-DAG: %false = index.bool.constant false
// CHECK: %[[MAX:[0-9]+]] = index.maxs %arg0, %idx7
// CHECK: %[[CMP:[0-9]+]] = index.cmp slt(%[[MAX]], %idx33)
// CHECK: return %true, %false, %[[CMP]]
func.func @bounded(%x: index) -> (i1, i1, i1) {
  %0 = index.constant 7
  %1 = index.constant 33
  %2 = index.minu %x, %0
  %3 = index.cmp slt(%2, %1)
  %4 = index.maxs %x, %1
  %5 = index.cmp sle(%4, %0)
  %6 = index.maxs %x, %0
  %7 = index.cmp slt(%6, %1)
  return %3, %5, %7 : i1, i1, i1
}
