// RUN: irc-opt %s --linalg-to-loops=vector-bits=0 | filecheck %s

// The sum is used as it is: it is not stored where nobody reads it, and not read back where somebody else does.
// CHECK-LABEL: func.func @forwarded
// CHECK-NOT: memref.alloc
// CHECK: %[[SUM:.+]] = scf.for
// CHECK-NOT: memref.store
// CHECK: %[[TWICE:.+]] = arith.addf %[[SUM]], %[[SUM]]
// CHECK: return %[[TWICE]]
func.func @forwarded(%v: memref<70xf32>, %start: f32) -> f32 {
  %m = memref.alloc() : memref<f32>
  linalg.fill ins(%start : f32) outs(%m : memref<f32>)
  linalg.reduce {arith.maximumf} ins(%v : memref<70xf32>) outs(%m : memref<f32>) dimensions = [0]
  %x = memref.load %m[] : memref<f32>
  %y = arith.addf %x, %x : f32
  memref.dealloc %m : memref<f32>
  return %y : f32
}

// CHECK-LABEL: func.func @stored_too
// CHECK: %[[SUM:.+]] = scf.for
// CHECK: memref.store %[[SUM]], %arg1[]
// CHECK-NOT: memref.load %arg1
// CHECK: return %[[SUM]]
func.func @stored_too(%v: memref<70xf32>, %m: memref<f32>, %start: f32) -> f32 {
  linalg.fill ins(%start : f32) outs(%m : memref<f32>)
  linalg.reduce {arith.maximumf} ins(%v : memref<70xf32>) outs(%m : memref<f32>) dimensions = [0]
  %x = memref.load %m[] : memref<f32>
  return %x : f32
}

// Something else may have been written in between.
// CHECK-LABEL: func.func @overwritten
// CHECK: memref.store %arg1, %arg0[]
// CHECK: memref.store
// CHECK: %[[X:.+]] = memref.load %arg0[]
// CHECK: return %[[X]]
func.func @overwritten(%m: memref<f32>, %a: f32, %n: memref<f32>) -> f32 {
  memref.store %a, %m[] : memref<f32>
  memref.store %a, %n[] : memref<f32>
  %x = memref.load %m[] : memref<f32>
  return %x : f32
}

// Nor does memory that others see by a view of their own go away.
// CHECK-LABEL: func.func @seen_elsewhere
// CHECK: memref.store %arg1, %{{.+}}[] : memref<f32>
// CHECK: memref.load %{{.+}}[%{{.+}}] : memref<1xf32>
func.func @seen_elsewhere(%arena: memref<64xi8>, %a: f32) -> (f32, f32) {
  %c0 = arith.constant 0 : index
  %m = memref.view %arena[%c0][] : memref<64xi8> to memref<f32>
  %n = memref.view %arena[%c0][] : memref<64xi8> to memref<1xf32>
  memref.store %a, %m[] : memref<f32>
  %x = memref.load %m[] : memref<f32>
  %y = memref.load %n[%c0] : memref<1xf32>
  return %x, %y : f32, f32
}
