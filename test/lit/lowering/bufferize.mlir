// RUN: irc-opt %s --bufferize | filecheck %s

// The argument is only read, and what is computed from it is computed in one buffer, which is returned.
// CHECK-LABEL: func.func @chain
// CHECK-SAME: (%[[X:.+]]: memref<4xf32>) -> memref<4xf32> attributes {irc.signature = (tensor<4xf32>) -> tensor<4xf32>}
// CHECK: %[[B:.+]] = memref.alloc() : memref<4xf32>
// CHECK: linalg.exp ins(%[[X]] : memref<4xf32>) outs(%[[B]] : memref<4xf32>)
// CHECK: linalg.abs ins(%[[B]] : memref<4xf32>) outs(%[[B]] : memref<4xf32>)
// CHECK: return %[[B]]
func.func @chain(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %z = linalg.abs ins(%y : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %z : tensor<4xf32>
}

// A value that is read again later is not overwritten.
// CHECK-LABEL: func.func @needed
// CHECK: %[[B:.+]] = memref.alloc()
// CHECK: linalg.exp ins(%{{.+}}) outs(%[[B]] :
// CHECK: %[[C:.+]] = memref.alloc()
// CHECK: linalg.abs ins(%[[B]] : memref<4xf32>) outs(%[[C]] : memref<4xf32>)
// CHECK: linalg.add ins(%[[B]], %[[C]] :
func.func @needed(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %b = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %c = linalg.abs ins(%b : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %f = linalg.add ins(%b, %c : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %f : tensor<4xf32>
}

// A carried tensor has one buffer, into which the next value is computed.
// CHECK-LABEL: func.func @loop
// CHECK-SAME: %[[X:[a-z0-9]+]]: memref<4xf32>
// CHECK: %[[C:.+]] = memref.alloc()
// CHECK: memref.copy %[[X]], %[[C]]
// CHECK: scf.for {{.*}} {
// CHECK-NEXT: linalg.add ins(%[[C]], %[[X]] : memref<4xf32>, memref<4xf32>) outs(%[[C]] : memref<4xf32>)
// CHECK-NEXT: }
// CHECK-NEXT: return %[[C]]
func.func @loop(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.empty() : tensor<4xf32>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<4xf32>) {
    %s = linalg.add ins(%a, %x : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
    scf.yield %s : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// One branch leaves the value as it is, so the other writes over it.
// CHECK-LABEL: func.func @branch
// CHECK: %[[B:.+]] = memref.alloc()
// CHECK-NOT: memref.alloc
// CHECK: linalg.mul ins(%[[B]], %{{.+}}) outs(%[[B]] :
// CHECK-NOT: memref.copy
// CHECK: return %[[B]]
func.func @branch(%x: tensor<4xf32>, %c: i1) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.add ins(%x, %x : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %r = scf.if %c -> (tensor<4xf32>) {
    %f = linalg.mul ins(%y, %x : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
    scf.yield %f : tensor<4xf32>
  } else {
    scf.yield %y : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// The size of a dynamic tensor may change, so its buffer is carried; the one that is given up is freed.
// CHECK-LABEL: func.func @dynamic
// CHECK: scf.for {{.*}} iter_args(%[[A:.+]] = %{{.+}}) -> (memref<?xf32>) {
// CHECK: %[[N:.+]] = memref.alloc(%{{.+}}) : memref<?xf32>
// CHECK: memref.dealloc %[[A]]
// CHECK: scf.yield %[[N]]
func.func @dynamic(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<?xf32>) {
    %e = tensor.empty(%i) : tensor<?xf32>
    %z = arith.constant 0.0 : f32
    %s = linalg.fill ins(%z : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
    scf.yield %s : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}

// CHECK: memref.global "private" constant @__constant_2xf32 : memref<2xf32> = dense<[1.000000e+00, 2.000000e+00]>
func.func @constant() -> tensor<2xf32> {
  %c = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  return %c : tensor<2xf32>
}
