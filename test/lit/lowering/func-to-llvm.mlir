// RUN: irc-opt %s --convert-to-llvm | filecheck %s

// A function may take each buffer as the pointer to its elements alone, as upstream's attribute says; its type tells
// the rest, an offset too.
// CHECK-LABEL: llvm.func @calls_bare(%arg0: !llvm.ptr, %arg1: !llvm.ptr, %arg2: i64
// CHECK: llvm.call @bare(%arg1, %{{.+}}) : (!llvm.ptr, f32) -> f32
// CHECK: llvm.func @bare(%arg0: !llvm.ptr {llvm.noalias}, %arg1: f32) -> f32 attributes {{{.*}}llvm.bareptr{{.*}}sym_visibility = "private"
// CHECK: llvm.getelementptr inbounds %arg0[12]
func.func @calls_bare(%m: memref<4x8xf32, strided<[8, 1], offset: 3>>) -> f32 {
  %x = arith.constant 2.0 : f32
  %r = func.call @bare(%m, %x) : (memref<4x8xf32, strided<[8, 1], offset: 3>>, f32) -> f32
  return %r : f32
}
func.func private @bare(%m: memref<4x8xf32, strided<[8, 1], offset: 3>> {llvm.noalias}, %x: f32) -> f32 attributes {llvm.bareptr} {
  %c1 = arith.constant 1 : index
  %y = memref.load %m[%c1, %c1] : memref<4x8xf32, strided<[8, 1], offset: 3>>
  %z = arith.addf %x, %y : f32
  return %z : f32
}

// What it returns of a buffer are the pointer that was allocated and that to the elements, unless the sizes are not known.
// CHECK-LABEL: llvm.func @returns_bare(%arg0: !llvm.ptr) -> !llvm.struct<(struct<(ptr, ptr)>, struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>)>
// CHECK: %[[NEW:.+]] = llvm.call @aligned_alloc
// CHECK: %[[HALF:.+]] = llvm.insertvalue %[[NEW]], %{{.+}}[0] : !llvm.struct<(ptr, ptr)>
// CHECK: llvm.insertvalue %[[NEW]], %[[HALF]][1] : !llvm.struct<(ptr, ptr)>
// CHECK-LABEL: llvm.func @asks
// CHECK: %[[BOTH:.+]] = llvm.call @returns_bare
// CHECK: %[[FIRST:.+]] = llvm.extractvalue %[[BOTH]][0]
// CHECK: llvm.extractvalue %[[FIRST]][0] : !llvm.struct<(ptr, ptr)>
// CHECK: %[[ELEMENTS:.+]] = llvm.extractvalue %[[FIRST]][1] : !llvm.struct<(ptr, ptr)>
// CHECK: llvm.getelementptr inbounds %[[ELEMENTS]][2]
func.func @returns_bare(%m: memref<4x8xf32>) -> (memref<2x2xf32>, memref<?xf32>) attributes {llvm.bareptr} {
  %c3 = arith.constant 3 : index
  %new = memref.alloc() : memref<2x2xf32>
  %other = memref.alloc(%c3) : memref<?xf32>
  return %new, %other : memref<2x2xf32>, memref<?xf32>
}
func.func @asks(%m: memref<4x8xf32>) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:2 = func.call @returns_bare(%m) : (memref<4x8xf32>) -> (memref<2x2xf32>, memref<?xf32>)
  %x = memref.load %r#0[%c1, %c0] : memref<2x2xf32>
  return %x : f32
}
