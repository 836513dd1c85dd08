// RUN: irc-opt %s --bufferize | filecheck %s

// A static tensor that branches pass has one buffer, which is written on the edge that is taken.
// CHECK-LABEL: func.func @choice
// CHECK-SAME: %[[X:[a-z0-9]+]]: memref<4xf32>, %[[Y:[a-z0-9]+]]: memref<4xf32>
// CHECK: %[[B:.+]] = memref.alloc()
// CHECK-NEXT: cf.cond_br %{{.+}}, ^[[YES:.+]], ^[[NO:.+]]
// CHECK-NEXT: ^[[NO]]:
// CHECK-NEXT: memref.copy %[[Y]], %[[B]]
// CHECK: ^[[YES]]:
// CHECK-NEXT: memref.copy %[[X]], %[[B]]
// CHECK: return %[[B]]
func.func @choice(%x: tensor<4xf32>, %y: tensor<4xf32>, %c: i1) -> tensor<4xf32> {
  cf.cond_br %c, ^out(%x : tensor<4xf32>), ^out(%y : tensor<4xf32>)
^out(%r: tensor<4xf32>):
  return %r : tensor<4xf32>
}

// Two arguments change places in a cycle. Behind it the one that is not returned is freed.
// CHECK-LABEL: func.func @swap
// CHECK: %[[A:.+]] = memref.alloc()
// CHECK-NEXT: %[[B:.+]] = memref.alloc()
// CHECK: %[[SAVED:.+]] = memref.alloc()
// CHECK-NEXT: memref.copy %[[A]], %[[SAVED]]
// CHECK-NEXT: memref.copy %[[B]], %[[A]]
// CHECK-NEXT: memref.copy %[[SAVED]], %[[B]]
// CHECK-NEXT: memref.dealloc %[[SAVED]]
// CHECK: memref.dealloc %[[B]]
// CHECK-NEXT: return %[[A]]
func.func @swap(%x: tensor<4xf32>, %y: tensor<4xf32>, %c: i1) -> tensor<4xf32> {
  cf.br ^again(%x, %y : tensor<4xf32>, tensor<4xf32>)
^again(%a: tensor<4xf32>, %b: tensor<4xf32>):
  cf.cond_br %c, ^again(%b, %a : tensor<4xf32>, tensor<4xf32>), ^out
^out:
  return %a : tensor<4xf32>
}

// A buffer whose size is known at run time only is handed on; on the path where it is not needed, it is freed.
// CHECK-LABEL: func.func @dynamic
// CHECK: linalg.exp {{.*}} outs(%[[S:.+]] :
// CHECK: cf.br ^[[ONE:.+]](%[[S]] : memref<?xf32>)
// CHECK-NEXT: ^[[ONE]](%[[A:.+]]: memref<?xf32>):
// CHECK-NEXT: return %[[A]]
// CHECK: memref.dealloc %[[S]]
// CHECK: return
func.func @dynamic(%x: tensor<?xf32>, %n: index, %c: i1) -> tensor<?xf32> {
  %e = tensor.empty(%n) : tensor<?xf32>
  %s = linalg.exp ins(%x : tensor<?xf32>) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  cf.cond_br %c, ^one(%s : tensor<?xf32>), ^two
^one(%a: tensor<?xf32>):
  return %a : tensor<?xf32>
^two:
  return %x : tensor<?xf32>
}

// It is copied where the blocks that follow still read it.
// CHECK-LABEL: func.func @read_later
// CHECK: linalg.exp {{.*}} outs(%[[S:.+]] :
// CHECK: memref.copy %[[S]], %[[C:.+]] :
// CHECK-NEXT: cf.br ^[[NEXT:.+]](%[[C]] : memref<?xf32>)
// CHECK-NEXT: ^[[NEXT]](%[[A:.+]]: memref<?xf32>):
// CHECK-NEXT: linalg.add ins(%[[A]], %[[S]] : {{.*}} outs(%[[A]] :
// CHECK-NEXT: memref.dealloc %[[S]]
// CHECK-NEXT: return %[[A]]
func.func @read_later(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %e = tensor.empty(%n) : tensor<?xf32>
  %s = linalg.exp ins(%x : tensor<?xf32>) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  cf.br ^next(%s : tensor<?xf32>)
^next(%a: tensor<?xf32>):
  %r = linalg.add ins(%a, %s : tensor<?xf32>, tensor<?xf32>) outs(%a : tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// Blocks need not stand in the order in which they run, and what is never reached goes away.
// CHECK-LABEL: func.func @order
// CHECK-NOT: linalg.abs
// CHECK: linalg.exp ins(%[[B:.+]] : memref<4xf32>) outs(%[[B]] :
// CHECK: return %[[B]]
// CHECK: linalg.sqrt ins(%{{.+}}) outs(%[[B]] :
func.func @order(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  cf.br ^first
^second:
  %b = linalg.exp ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %b : tensor<4xf32>
^nowhere(%u: tensor<4xf32>):
  %v = linalg.abs ins(%u : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  cf.br ^nowhere(%v : tensor<4xf32>)
^first:
  %a = linalg.sqrt ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  cf.br ^second
}
