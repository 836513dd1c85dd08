// Every op of bufferization is read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @f(%n: index, %t: tensor<?x4xf32>, %m: memref<?x4xf32>, %c: i1, %u: memref<*xf32>, %s: tensor<4xf32>) {
  %0 = bufferization.alloc_tensor(%n) : tensor<?x4xf32>
  %1 = bufferization.alloc_tensor() copy(%t) {memory_space = 1 : i64} : tensor<?x4xf32>
  %2 = bufferization.alloc_tensor(%n) size_hint=%n {foo} : tensor<?x4xf32>
  %3 = bufferization.clone %m : memref<?x4xf32> to memref<?x4xf32>
  bufferization.dealloc_tensor %0 : tensor<?x4xf32>
  %4 = bufferization.dealloc (%m, %3 : memref<?x4xf32>, memref<?x4xf32>) if (%c, %c) retain (%u : memref<*xf32>)
  bufferization.dealloc (%m : memref<?x4xf32>) if (%c)
  bufferization.dealloc
  %5 = bufferization.materialize_in_destination %t in %1 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x4xf32>
  bufferization.materialize_in_destination %t in restrict writable %m : (tensor<?x4xf32>, memref<?x4xf32>) -> ()
  %6 = bufferization.to_tensor %m restrict writable : memref<?x4xf32>
  %7 = bufferization.to_tensor %u : memref<*xf32>
  %8 = bufferization.to_memref %t : memref<?x4xf32>
  %9 = bufferization.to_memref %s read_only : memref<4xf32, strided<[?], offset: ?>>
  return
}

// CHECK-LABEL: func.func @f(
// CHECK: %0 = bufferization.alloc_tensor(%arg0) : tensor<?x4xf32>
// CHECK: %1 = bufferization.alloc_tensor() copy(%arg1) {memory_space = 1 : i64} : tensor<?x4xf32>
// CHECK: %2 = bufferization.alloc_tensor(%arg0) size_hint=%arg0 {foo} : tensor<?x4xf32>
// CHECK: %3 = bufferization.clone %arg2 : memref<?x4xf32> to memref<?x4xf32>
// CHECK: bufferization.dealloc_tensor %0 : tensor<?x4xf32>
// CHECK: %4 = bufferization.dealloc (%arg2, %3 : memref<?x4xf32>, memref<?x4xf32>) if (%arg3, %arg3) retain (%arg4 : memref<*xf32>)
// CHECK: bufferization.dealloc (%arg2 : memref<?x4xf32>) if (%arg3)
// CHECK: bufferization.dealloc
// CHECK: %5 = bufferization.materialize_in_destination %arg1 in %1 : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x4xf32>
// CHECK: bufferization.materialize_in_destination %arg1 in restrict writable %arg2 : (tensor<?x4xf32>, memref<?x4xf32>) -> ()
// CHECK: %6 = bufferization.to_tensor %arg2 restrict writable : memref<?x4xf32>
// CHECK: %7 = bufferization.to_tensor %arg4 : memref<*xf32>
// CHECK: %8 = bufferization.to_memref %arg1 : memref<?x4xf32>
// CHECK: %9 = bufferization.to_memref %arg5 read_only : memref<4xf32, strided<[?], offset: ?>>
