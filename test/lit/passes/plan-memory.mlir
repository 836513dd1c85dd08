// RUN: irc-opt %s --plan-memory | filecheck %s

// The first and the third buffer are never needed at the same time.
// CHECK-LABEL: func.func @share
// CHECK: %[[ARENA:.+]] = memref.alloc() {alignment = 64 : i64} : memref<128xi8>
// CHECK: %[[A:.+]] = memref.view %[[ARENA]][%c0{{.*}}][] : memref<128xi8> to memref<4xf32>
// CHECK: %[[B:.+]] = memref.view %[[ARENA]][%c64{{.*}}][] : memref<128xi8> to memref<4xf32>
// CHECK: %[[C:.+]] = memref.view %[[ARENA]][%c0{{.*}}][] : memref<128xi8> to memref<4xf32>
// CHECK: memref.copy %{{.+}}, %[[A]]
// CHECK: memref.copy %[[A]], %[[B]]
// CHECK: memref.copy %[[B]], %[[C]]
// CHECK: memref.dealloc %[[ARENA]]
// CHECK-NEXT: return
func.func @share(%x: memref<4xf32>) {
  %a = memref.alloc() : memref<4xf32>
  memref.copy %x, %a : memref<4xf32> to memref<4xf32>
  %b = memref.alloc() : memref<4xf32>
  memref.copy %a, %b : memref<4xf32> to memref<4xf32>
  %c = memref.alloc() : memref<4xf32>
  memref.copy %b, %c : memref<4xf32> to memref<4xf32>
  memref.copy %c, %x : memref<4xf32> to memref<4xf32>
  return
}

// What a loop reads is needed until the loop ends: the buffer inside has another place.
// CHECK-LABEL: func.func @loop
// CHECK: memref.alloc() {alignment = 64 : i64} : memref<128xi8>
func.func @loop(%x: memref<4xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.alloc() : memref<4xf32>
  memref.copy %x, %a : memref<4xf32> to memref<4xf32>
  scf.for %i = %c0 to %n step %c1 {
    memref.copy %a, %x : memref<4xf32> to memref<4xf32>
    %b = memref.alloc() : memref<4xf32>
    memref.copy %x, %b : memref<4xf32> to memref<4xf32>
    memref.copy %b, %x : memref<4xf32> to memref<4xf32>
  }
  return
}

// A buffer that is returned belongs to the caller.
// CHECK-LABEL: func.func @returned
// CHECK: %[[A:.+]] = memref.alloc() : memref<4xf32>
// CHECK-NOT: memref.dealloc
// CHECK: return %[[A]]
func.func @returned() -> memref<4xf32> {
  %a = memref.alloc() : memref<4xf32>
  return %a : memref<4xf32>
}

// A buffer of unknown size, and one that a callee has allocated, are freed after their last use.
// CHECK-LABEL: func.func @dynamic
// CHECK: %[[R:.+]] = call @returned
// CHECK: %[[A:.+]] = memref.alloc(%{{.+}}) : memref<?xf32>
// CHECK: memref.store %{{.+}}, %[[A]]
// CHECK-NEXT: memref.dealloc %[[A]] : memref<?xf32>
// CHECK-NEXT: memref.load %[[R]]
// CHECK-NEXT: memref.dealloc %[[R]]
func.func @dynamic(%n: index, %v: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %r = call @returned() : () -> memref<4xf32>
  %a = memref.alloc(%n) : memref<?xf32>
  memref.store %v, %a[%c0] : memref<?xf32>
  %x = memref.load %r[%c0] : memref<4xf32>
  return %x : f32
}
