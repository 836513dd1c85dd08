// RUN: irc-opt %s --convert-to-llvm | filecheck %s

// Vectors are read with the alignment of their elements.
// CHECK-LABEL: llvm.func @read_and_write
// CHECK: %[[V:.+]] = llvm.load %{{.+}} {alignment = 4 : i64} : !llvm.ptr -> vector<8xf32>
// CHECK: %[[W:.+]] = llvm.intr.fma(%[[V]], %[[V]], %[[V]])
// CHECK: llvm.store %[[W]], %{{.+}} {alignment = 4 : i64} : vector<8xf32>, !llvm.ptr
func.func @read_and_write(%m: memref<?xf32>, %i: index) {
  %v = vector.load %m[%i] : memref<?xf32>, vector<8xf32>
  %w = vector.fma %v, %v, %v : vector<8xf32>
  vector.store %w, %m[%i] : memref<?xf32>, vector<8xf32>
  return
}

// A mask takes one comparison on 32-bit lanes.
// CHECK-LABEL: llvm.func @masked
// CHECK: llvm.intr.smax(%arg{{[0-9]+}}, %{{.+}}) : (i64, i64) -> i64
// CHECK: %[[N:.+]] = llvm.intr.smin
// CHECK: llvm.trunc %[[N]] : i64 to i32
// CHECK: %[[MASK:.+]] = llvm.icmp "slt" %{{.+}}, %{{.+}} : vector<8xi32>
// CHECK: llvm.intr.masked.load %{{.+}}, %[[MASK]], %{{.+}} {alignment = 4 : i32}
// CHECK: llvm.intr.masked.store %{{.+}}, %{{.+}}, %[[MASK]] {alignment = 4 : i32} : vector<8xf32>, vector<8xi1> into !llvm.ptr
func.func @masked(%m: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %z = arith.constant dense<0.0> : vector<8xf32>
  %mask = vector.create_mask %n : vector<8xi1>
  %v = vector.maskedload %m[%c0], %mask, %z : memref<?xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  vector.maskedstore %m[%c0], %mask, %v : memref<?xf32>, vector<8xi1>, vector<8xf32>
  return
}

// CHECK-LABEL: llvm.func @reductions
// CHECK: "llvm.intr.vector.reduce.fadd"(%arg1, %arg0) <{fastmathFlags = #llvm.fastmath<reassoc>}> : (f32, vector<8xf32>) -> f32
// CHECK: llvm.intr.vector.reduce.fmaximum(%arg0) : (vector<8xf32>) -> f32
func.func @reductions(%v: vector<8xf32>, %x: f32) -> (f32, f32) {
  %0 = vector.reduction <add>, %v, %x fastmath<reassoc> : vector<8xf32> into f32
  %1 = vector.reduction <maximumf>, %v : vector<8xf32> into f32
  return %0, %1 : f32, f32
}

// A vector of several dimensions is its rows, also across branches.
// CHECK-LABEL: llvm.func @rows
// CHECK: llvm.br ^bb1(%{{.+}}, %{{.+}} : vector<4xf32>, vector<4xf32>)
// CHECK: ^bb1(%[[A:.+]]: vector<4xf32>, %[[B:.+]]: vector<4xf32>):
// CHECK: llvm.intr.fma(%{{.+}}, %{{.+}}, %[[A]])
// CHECK: llvm.intr.fma(%{{.+}}, %{{.+}}, %[[B]])
func.func @rows(%x: vector<2xf32>, %y: vector<4xf32>, %m: memref<2x4xf32>) {
  %c0 = arith.constant 0 : index
  %z = arith.constant dense<0.0> : vector<2x4xf32>
  cf.br ^bb1(%z : vector<2x4xf32>)
^bb1(%acc: vector<2x4xf32>):
  %o = vector.outerproduct %x, %y, %acc : vector<2xf32>, vector<4xf32>
  vector.store %o, %m[%c0, %c0] : memref<2x4xf32>, vector<2x4xf32>
  return
}

// A transfer that may leave the buffer is masked by what is left of it.
// CHECK-LABEL: llvm.func @transfer
// CHECK: %[[LEFT:.+]] = llvm.sub %{{.+}}, %{{.+}} : i64
// CHECK: llvm.intr.smax(%[[LEFT]], %{{.+}})
// CHECK: llvm.intr.masked.load
func.func @transfer(%m: memref<?xf32>, %i: index, %pad: f32) -> vector<8xf32> {
  %v = vector.transfer_read %m[%i], %pad : memref<?xf32>, vector<8xf32>
  return %v : vector<8xf32>
}

// LLVM would pack bits; in memory a truth value takes a byte.
// CHECK-LABEL: llvm.func @bits
// CHECK: %[[B:.+]] = llvm.load %{{.+}} {alignment = 1 : i64} : !llvm.ptr -> vector<8xi8>
// CHECK: llvm.icmp "ne" %[[B]], %{{.+}} : vector<8xi8>
func.func @bits(%m: memref<8xi1>) -> vector<8xi1> {
  %c0 = arith.constant 0 : index
  %v = vector.load %m[%c0] : memref<8xi1>, vector<8xi1>
  return %v : vector<8xi1>
}

// What a mask is known to let through of one lane is that element, and nothing of none.
// CHECK-LABEL: llvm.func @one_lane
// CHECK: %[[X:.+]] = llvm.extractelement %{{.+}}[%{{.+}} : i32] : vector<8xf32>
// CHECK-NEXT: llvm.store %[[X]], %{{.+}} : f32, !llvm.ptr
// CHECK-NOT: store
// CHECK: llvm.return
func.func @one_lane(%m: memref<?xf32>, %v: vector<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = vector.create_mask %c1 : vector<8xi1>
  %none = vector.constant_mask [0] : vector<8xi1>
  vector.maskedstore %m[%c0], %one, %v : memref<?xf32>, vector<8xi1>, vector<8xf32>
  vector.maskedstore %m[%c0], %none, %v : memref<?xf32>, vector<8xi1>, vector<8xf32>
  return
}
