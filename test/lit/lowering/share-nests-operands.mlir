// Equal products are one function, of a left and a right matrix also where the first of them multiplies one by itself.
// RUN: irc-opt %s --share-nests | filecheck %s

// CHECK-LABEL: func.func @main(
// CHECK:         call @__shared(%arg0, %arg0, %arg2)
// CHECK:         call @__shared(%arg0, %arg1, %arg3)
// CHECK:       func.func private @__shared(
// CHECK:         linalg.matmul ins(%arg0, %arg1 : memref<48x48xf64>, memref<48x48xf64>) outs(%arg2 : memref<48x48xf64>)
func.func @main(%x: memref<48x48xf64>, %y: memref<48x48xf64>, %p: memref<48x48xf64>, %q: memref<48x48xf64>) {
  linalg.matmul ins(%x, %x : memref<48x48xf64>, memref<48x48xf64>) outs(%p : memref<48x48xf64>)
  linalg.matmul ins(%x, %y : memref<48x48xf64>, memref<48x48xf64>) outs(%q : memref<48x48xf64>)
  return
}
