// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @sizes(%n: index) {
  // expected-error @+1 {{'bufferization.alloc_tensor' op expected 1 dynamic sizes}}
  %0 = bufferization.alloc_tensor() : tensor<?xf32>
  return
}

// -----

func.func @copied_sizes(%n: index, %t: tensor<?xf32>) {
  // expected-error @+1 {{'bufferization.alloc_tensor' op dynamic sizes not needed when copying a tensor}}
  %0 = bufferization.alloc_tensor(%n) copy(%t) : tensor<?xf32>
  return
}

// -----

func.func @conditions(%a: memref<2xf32>, %c: i1) {
  // expected-error @+1 {{'bufferization.dealloc' op must have the same number of conditions as memrefs to deallocate}}
  bufferization.dealloc (%a : memref<2xf32>) if (%c, %c)
  return
}

// -----

func.func @retained(%a: memref<2xf32>) {
  // expected-error @+1 {{'bufferization.dealloc' op must have at least one memref to deallocate to have retained operands}}
  %0 = bufferization.dealloc retain (%a : memref<2xf32>)
  return
}

// -----

func.func @restricted(%t: tensor<?xf32>, %m: memref<?xf32>) {
  // expected-error @+1 {{'bufferization.materialize_in_destination' op 'restrict' must be set if dest is of memref type}}
  bufferization.materialize_in_destination %t in writable %m : (tensor<?xf32>, memref<?xf32>) -> ()
  return
}

// -----

func.func @shapes(%t: tensor<5xf32>, %u: tensor<4xf32>) {
  // expected-error @+1 {{'bufferization.materialize_in_destination' op source/destination shapes are incompatible}}
  %0 = bufferization.materialize_in_destination %t in %u : (tensor<5xf32>, tensor<4xf32>) -> tensor<4xf32>
  return
}
