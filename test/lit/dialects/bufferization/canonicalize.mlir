// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @tensor_of_buffer
// CHECK-NEXT: return %arg0 : tensor<?xf32>
func.func @tensor_of_buffer(%t: tensor<?xf32>) -> tensor<?xf32> {
  %m = bufferization.to_memref %t : memref<?xf32>
  %u = bufferization.to_tensor %m : memref<?xf32>
  return %u : tensor<?xf32>
}

// CHECK-LABEL: func.func @buffer_of_tensor
// CHECK-NEXT: %cast = memref.cast %arg0 : memref<?xf32> to memref<?xf32, strided<[?], offset: ?>>
// CHECK-NEXT: return %arg0, %cast : memref<?xf32>, memref<?xf32, strided<[?], offset: ?>>
func.func @buffer_of_tensor(%m: memref<?xf32>) -> (memref<?xf32>, memref<?xf32, strided<[?], offset: ?>>) {
  %t = bufferization.to_tensor %m : memref<?xf32>
  %a = bufferization.to_memref %t : memref<?xf32>
  %b = bufferization.to_memref %t : memref<?xf32, strided<[?], offset: ?>>
  return %a, %b : memref<?xf32>, memref<?xf32, strided<[?], offset: ?>>
}
