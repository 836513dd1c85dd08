// RUN: irc-opt %s --convert-to-llvm | filecheck %s

// A function may take each buffer as the pointer to its elements alone, as upstream's attribute says; its type tells
// the rest, an offset too.
// CHECK-LABEL: llvm.func @calls_bare(%arg0: !llvm.ptr, %arg1: !llvm.ptr, %arg2: i64
// CHECK: llvm.call @bare(%arg1, %{{.+}}) : (!llvm.ptr, f32) -> f32
// CHECK: llvm.func @bare(%arg0: !llvm.ptr {llvm.noalias}, %arg1: f32) -> f32 attributes {{{.*}}llvm.bareptr{{.*}}sym_visibility = "private"
// CHECK: %[[AT:.+]] = llvm.add
// CHECK: llvm.getelementptr inbounds %arg0[%{{.+}}]
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
