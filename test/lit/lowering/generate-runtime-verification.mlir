// RUN: irc-opt %s --generate-runtime-verification | FileCheck %s

// An index is compared as an unsigned number, so that a negative one is too large.
// CHECK-LABEL: func.func @extract(
// CHECK: %[[SIZE:.+]] = tensor.dim %arg0, %{{.*}}
// CHECK-NEXT: %[[IN:.+]] = arith.cmpi ult, %arg1, %[[SIZE]] : index
// CHECK-NEXT: cf.assert %[[IN]], "'tensor.extract' op index is out of bounds for dimension 0"
// CHECK-NEXT: tensor.extract
func.func @extract(%t: tensor<?x4xf32>, %i: index) -> f32 {
  %c3 = arith.constant 3 : index
  %e = tensor.extract %t[%i, %c3] : tensor<?x4xf32>
  return %e : f32
}

// What types and constants show to hold is not checked.
// CHECK-LABEL: func.func @known(
// CHECK-NOT: cf.assert
// CHECK: return
func.func @known(%t: tensor<4xf32>, %n: index) -> (f32, tensor<2xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.extract %t[%c1] : tensor<4xf32>
  %s = tensor.extract_slice %t[1] [2] [2] : tensor<4xf32> to tensor<2xf32>
  %l = scf.for %i = %c0 to %n step %c1 iter_args(%a = %e) -> (f32) {
    scf.yield %a : f32
  }
  %c = tensor.cast %t : tensor<4xf32> to tensor<?xf32>
  return %l, %s, %c : f32, tensor<2xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @slice(
// CHECK: cf.assert %{{.*}}, "'tensor.extract_slice' op takes elements beyond the end of dimension 0"
// CHECK-NEXT: tensor.extract_slice
func.func @slice(%t: tensor<?xf32>, %i: index, %n: index) -> tensor<?xf32> {
  %s = tensor.extract_slice %t[%i] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  return %s : tensor<?xf32>
}

// CHECK-LABEL: func.func @insert(
// CHECK: cf.assert %{{.*}}, "'tensor.insert_slice' op takes elements beyond the end of dimension 0"
// CHECK: cf.assert %{{.*}}, "the sizes of 'tensor.insert_slice' op are not those of its source, along dimension 0"
// CHECK-NEXT: tensor.insert_slice
func.func @insert(%s: tensor<?xf32>, %t: tensor<8xf32>, %n: index) -> tensor<8xf32> {
  %u = tensor.insert_slice %s into %t[0] [%n] [1] : tensor<?xf32> into tensor<8xf32>
  return %u : tensor<8xf32>
}

// CHECK-LABEL: func.func @reshape(
// CHECK: %[[PRODUCT:.+]] = arith.muli %arg1, %arg2 : index
// CHECK: arith.cmpi eq, %{{.*}}, %[[PRODUCT]]
// CHECK-NEXT: cf.assert
// CHECK-NEXT: tensor.expand_shape
func.func @reshape(%t: tensor<?xf32>, %n: index, %m: index) -> tensor<?x?xf32> {
  %e = tensor.expand_shape %t [[0, 1]] output_shape [%n, %m] : tensor<?xf32> into tensor<?x?xf32>
  return %e : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @memory(
// CHECK: cf.assert %{{.*}}, "'memref.load' op index is out of bounds for dimension 0"
// CHECK-NEXT: memref.load
// CHECK: cf.assert %{{.*}}, "'memref.store' op index is out of bounds for dimension 0"
// CHECK-NEXT: memref.store
// CHECK: cf.assert %{{.*}}, "dimension 0 of 'memref.cast' op is not of size 4"
// CHECK-NEXT: memref.cast
func.func @memory(%m: memref<?xf32>, %i: index, %j: index) -> memref<4xf32> {
  %x = memref.load %m[%i] : memref<?xf32>
  memref.store %x, %m[%j] : memref<?xf32>
  %c = memref.cast %m : memref<?xf32> to memref<4xf32>
  return %c : memref<4xf32>
}

// CHECK-LABEL: func.func @loop(
// CHECK: cf.assert %{{.*}}, "'scf.for' op expects a positive step"
// CHECK: cf.assert %{{.*}}, "the induction variable of 'scf.for' op overflows in the last step"
// CHECK-NEXT: scf.for
func.func @loop(%n: index, %step: index) {
  %c0 = arith.constant 0 : index
  scf.for %i = %c0 to %n step %step {
  }
  return
}

// Operands that share a loop have one size along it.
// CHECK-LABEL: func.func @structured(
// CHECK: cf.assert %{{.*}}, "the sizes of the operands do not agree"
// CHECK: linalg.matmul
func.func @structured(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>, %c: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<?x?xf32>, tensor<?x?xf32>) outs(%c : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// A map that adds loops must not lead beyond the operand.
// CHECK-LABEL: func.func @windows(
// CHECK: cf.assert %{{.*}}, "'linalg.conv_1d' op reaches elements beyond the end of dimension 0"
// CHECK-NEXT: linalg.conv_1d
func.func @windows(%x: memref<?xf32>, %k: memref<?xf32>, %y: memref<?xf32>) {
  linalg.conv_1d ins(%x, %k : memref<?xf32>, memref<?xf32>) outs(%y : memref<?xf32>)
  return
}

// CHECK-LABEL: func.func @buffers(
// CHECK: cf.assert %{{.*}}, "dimension 0 of the buffers of 'memref.copy' op does not agree"
// CHECK-NEXT: memref.copy
// CHECK: cf.assert %{{.*}}, "'vector.store' op takes elements beyond the end of dimension 0"
// CHECK: vector.store
// CHECK: cf.assert %{{.*}}, "'memref.view' op shows bytes beyond the end of the buffer"
// CHECK: memref.view
func.func @buffers(%x: memref<?xf32>, %y: memref<?xf32>, %b: memref<64xi8>, %v: vector<4xf32>, %i: index) {
  memref.copy %x, %y : memref<?xf32> to memref<?xf32>
  vector.store %v, %x[%i] : memref<?xf32>, vector<4xf32>
  %w = memref.view %b[%i][] : memref<64xi8> to memref<4xf32>
  return
}
