// Constants that give sizes, strides or types that there cannot be stay where they are.
// RUN: irc-opt %s --canonicalize | filecheck %s
// RUN: irc-opt %s --canonicalize | irc-opt | filecheck %s

// CHECK-LABEL: func.func @padding
func.func @padding(%t: tensor<4xf32>, %x: f32) -> tensor<?xf32> {
  // CHECK: tensor.pad %{{.*}} low[%{{.*}}] high[0]
  %c = arith.constant 9223372036854775807 : index
  %0 = tensor.pad %t low[%c] high[0] {
  ^bb0(%i: index):
    tensor.yield %x : f32
  } : tensor<4xf32> to tensor<?xf32>
  return %0 : tensor<?xf32>
}

// The least number stands for a dynamic entry in the lists of a slice.
// CHECK-LABEL: func.func @offset
func.func @offset(%t: tensor<16xf32>, %n: index) -> tensor<?xf32> {
  // CHECK: tensor.extract_slice %{{.*}}[0] [%{{.*}}] [%{{.*}}]
  %c = arith.constant -9223372036854775808 : index
  %0 = tensor.extract_slice %t[0] [%n] [%c] : tensor<16xf32> to tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHECK-LABEL: func.func @strides
func.func @strides(%m: memref<?x4xf32>) -> memref<1x1xf32, strided<[?, ?], offset: ?>> {
  // CHECK: memref.subview {{.*}} to memref<1x1xf32, strided<[?, 9223372036854775807], offset: ?>>
  %c = arith.constant 9223372036854775807 : index
  %0 = memref.subview %m[%c, %c] [1, 1] [%c, %c] : memref<?x4xf32> to memref<1x1xf32, strided<[?, ?], offset: ?>>
  return %0 : memref<1x1xf32, strided<[?, ?], offset: ?>>
}

// CHECK-LABEL: func.func @contradiction
func.func @contradiction(%t: tensor<4x?xf32>) -> tensor<2x0xf32> {
  // CHECK-COUNT-2: tensor.cast
  %0 = tensor.cast %t : tensor<4x?xf32> to tensor<?x?xf32>
  %1 = tensor.cast %0 : tensor<?x?xf32> to tensor<2x0xf32>
  return %1 : tensor<2x0xf32>
}
