// RUN: irc-opt %s --convert-to-llvm | filecheck %s

// A memref argument comes in parts, and what its type says is not read from them.
// CHECK-LABEL: llvm.func @load
// CHECK-SAME: (%arg0: !llvm.ptr, %arg1: !llvm.ptr, %arg2: i64, %arg3: i64, %arg4: i64, %arg5: i64, %arg6: i64, %arg7: i64, %arg8: i64) -> f32
// CHECK-SAME: attributes {irc.signature = (memref<4x8xf32>, index, index) -> f32}
// CHECK: %[[EIGHT:.+]] = llvm.mlir.constant(8 : i64) : i64
// CHECK: %[[ROW:.+]] = llvm.mul %arg7, %[[EIGHT]] overflow<nsw> : i64
// CHECK: %[[AT:.+]] = llvm.add %[[ROW]], %arg8 overflow<nsw> : i64
// CHECK: %[[P:.+]] = llvm.getelementptr inbounds %arg1[%[[AT]]] : (!llvm.ptr, i64) -> !llvm.ptr, f32
// CHECK: %[[X:.+]] = llvm.load %[[P]] : !llvm.ptr -> f32
// CHECK: llvm.return %[[X]] : f32
func.func @load(%m: memref<4x8xf32>, %i: index, %j: index) -> f32 {
  %x = memref.load %m[%i, %j] : memref<4x8xf32>
  return %x : f32
}

// Buffers are aligned to cache lines, and a result is a descriptor.
// CHECK-LABEL: llvm.func @alloc
// CHECK-SAME: -> !llvm.struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>
// CHECK: %[[A:.+]] = llvm.mlir.constant(64 : i64) : i64
// CHECK: %[[N:.+]] = llvm.mlir.constant(448 : i64) : i64
// CHECK: %[[P:.+]] = llvm.call @aligned_alloc(%[[A]], %[[N]]) : (i64, i64) -> !llvm.ptr
// CHECK: llvm.insertvalue %[[P]], %{{.+}}[0]
// CHECK: llvm.insertvalue %[[P]], %{{.+}}[1]
// CHECK: llvm.insertvalue %{{.+}}, %{{.+}}[3, 0]
// CHECK: llvm.insertvalue %{{.+}}, %{{.+}}[4, 0]
func.func @alloc() -> memref<100xf32> {
  %m = memref.alloc() : memref<100xf32>
  return %m : memref<100xf32>
}

// CHECK-LABEL: llvm.func @release
// CHECK: llvm.call @free(%arg0) : (!llvm.ptr) -> ()
func.func @release(%m: memref<?xf32>) {
  memref.dealloc %m : memref<?xf32>
  return
}

// Memory on the stack is set up once, where the function starts.
// CHECK-LABEL: llvm.func @stack
// CHECK: llvm.mlir.constant(16 : i64) : i64
// CHECK-NEXT: llvm.alloca %{{.+}} x f64 {alignment = 64 : i64} : (i64) -> !llvm.ptr
// CHECK: llvm.br
func.func @stack(%x: f64) {
  %c0 = arith.constant 0 : index
  cf.br ^bb1
^bb1:
  %m = memref.alloca() : memref<16xf64>
  memref.store %x, %m[%c0] : memref<16xf64>
  return
}

// A view moves the offset; nothing is computed that the types know.
// CHECK-LABEL: llvm.func @views
// CHECK: %[[START:.+]] = llvm.mul %arg7, %{{.+}} overflow<nsw> : i64
// CHECK: %[[AT:.+]] = llvm.add %[[START]], %arg7
// CHECK: llvm.getelementptr inbounds %arg1[%[[AT]]]
func.func @views(%m: memref<16x8xf32>, %i: index) -> f32 {
  %row = memref.subview %m[%i, 0] [1, 8] [1, 1] : memref<16x8xf32> to memref<8xf32, strided<[1], offset: ?>>
  %x = memref.load %row[%i] : memref<8xf32, strided<[1], offset: ?>>
  return %x : f32
}

// Block arguments carry the parts that the type leaves open: here the pointers and a size.
// CHECK-LABEL: llvm.func @branch
// CHECK: llvm.cond_br %{{.+}}, ^bb1(%arg0, %arg1, %arg3 : !llvm.ptr, !llvm.ptr, i64), ^bb1(%arg5, %arg6, %arg8 : !llvm.ptr, !llvm.ptr, i64)
// CHECK: ^bb1(%{{.+}}: !llvm.ptr, %{{.+}}: !llvm.ptr, %[[N:.+]]: i64):
// CHECK: llvm.return %[[N]] : i64
func.func @branch(%a: memref<?xf32>, %b: memref<?xf32>, %c: i1) -> index {
  %c0 = arith.constant 0 : index
  cf.cond_br %c, ^bb1(%a : memref<?xf32>), ^bb1(%b : memref<?xf32>)
^bb1(%m: memref<?xf32>):
  %n = memref.dim %m, %c0 : memref<?xf32>
  return %n : index
}

// CHECK-LABEL: llvm.func @switch
// CHECK: llvm.switch %arg5 : i32, ^bb1(%arg0, %arg1 : !llvm.ptr, !llvm.ptr) [
// CHECK-NEXT: 1: ^bb1(%{{.+}}, %{{.+}} : !llvm.ptr, !llvm.ptr),
// CHECK-NEXT: 4294967291: ^bb2
// CHECK-NEXT: ]
func.func @switch(%a: memref<4xf32>, %k: i32) -> f32 {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %b = memref.alloca() : memref<4xf32>
  cf.switch %k : i32, [
    default: ^bb1(%a : memref<4xf32>),
    1: ^bb1(%b : memref<4xf32>),
    -5: ^bb2
  ]
^bb1(%m: memref<4xf32>):
  %v = memref.load %m[%c0] : memref<4xf32>
  return %v : f32
^bb2:
  return %zero : f32
}

// Several results are packed in a struct, and calls unpack it.
// CHECK-LABEL: llvm.func @two
// CHECK-SAME: -> !llvm.struct<(i64, f32)>
// CHECK: %[[R:.+]] = llvm.call @two(%arg0, %arg1) : (i64, f32) -> !llvm.struct<(i64, f32)>
// CHECK: llvm.extractvalue %[[R]][1]
func.func @two(%n: index, %x: f32) -> (index, f32) {
  %m, %y = call @two(%n, %x) : (index, f32) -> (index, f32)
  return %m, %y : index, f32
}

// CHECK-LABEL: llvm.func @integers
// CHECK: llvm.sdiv
// CHECK: llvm.icmp "ne"
// CHECK: llvm.select
func.func @integers(%a: i32, %b: i32) -> i32 {
  %0 = arith.floordivsi %a, %b : i32
  return %0 : i32
}

// What is left of the math dialect is a call of the C library, lane by lane.
// CHECK-LABEL: llvm.func @library
// CHECK: llvm.extractelement
// CHECK: llvm.call @tanf(%{{.+}}) : (f32) -> f32
// CHECK: llvm.insertelement
// CHECK: llvm.extractelement
// CHECK: llvm.call @tanf
func.func @library(%v: vector<2xf32>) -> vector<2xf32> {
  %0 = math.tan %v : vector<2xf32>
  return %0 : vector<2xf32>
}

// A function of the program may have the name of one of the C library.
// CHECK-LABEL: llvm.func @sinhf
// CHECK: llvm.call @[[LIBRARY:sinhf_[0-9]+]](%arg0) : (f32) -> f32
func.func @sinhf(%x: f32) -> f32 {
  %0 = math.sinh %x : f32
  return %0 : f32
}

// CHECK-LABEL: llvm.func @print
// CHECK: %[[S:.+]] = llvm.mlir.addressof @str{{[_0-9]*}} : !llvm.ptr
// CHECK: llvm.call @printf(%[[S]], %arg0, %{{.+}}) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, i64, f64) -> i32
func.func @print(%n: index, %x: f32) {
  nd.print "step {}: {} (100 %)"(%n, %x) : index, f32
  return
}

// What constants add to the indices is added last: neighbours share the rest of their addresses.
// CHECK-LABEL: llvm.func @neighbours
// CHECK: %[[ROW:.+]] = llvm.mul %arg7, %{{.+}} overflow<nsw> : i64
// CHECK: %[[AT:.+]] = llvm.add %[[ROW]], %arg8 overflow<nsw> : i64
// CHECK: %[[HERE:.+]] = llvm.getelementptr inbounds %arg1[%[[AT]]] : (!llvm.ptr, i64) -> !llvm.ptr, f32
// CHECK: llvm.load %[[HERE]]
// CHECK-NEXT: %[[RIGHT:.+]] = llvm.getelementptr %[[HERE]][1] : (!llvm.ptr) -> !llvm.ptr, f32
// CHECK-NEXT: llvm.load %[[RIGHT]]
// CHECK-NEXT: %[[BELOW:.+]] = llvm.getelementptr %[[HERE]][7] : (!llvm.ptr) -> !llvm.ptr, f32
// CHECK-NEXT: llvm.load %[[BELOW]]
func.func @neighbours(%m: memref<4x8xf32>, %i: index, %j: index) -> (f32, f32, f32) {
  %c1 = arith.constant 1 : index
  %cm1 = arith.constant -1 : index
  %left = arith.addi %j, %cm1 : index
  %right = arith.addi %j, %c1 : index
  %below = arith.addi %i, %c1 : index
  %x = memref.load %m[%i, %j] : memref<4x8xf32>
  %y = memref.load %m[%i, %right] : memref<4x8xf32>
  %z = memref.load %m[%below, %left] : memref<4x8xf32>
  return %x, %y, %z : f32, f32, f32
}
