// How often all calls of a shared function together are made is said, where it is known: the loop around one counts.
// RUN: irc-opt %s --share-nests | filecheck %s

// CHECK-LABEL: func.func @repeated
// CHECK-LABEL: func.func @sometimes
// CHECK: func.func private @__shared({{.*}}) attributes {irc.calls = 11 : i64, llvm.bareptr, passthrough = ["noinline"]}
// CHECK: func.func private @__shared_0({{.*}}: memref<?x?xf32>) attributes {passthrough = ["noinline"]}
func.func @repeated(%a: memref<32x32xf64>, %b: memref<32x32xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c10 = arith.constant 10 : index
  linalg.matmul ins(%a, %a : memref<32x32xf64>, memref<32x32xf64>) outs(%b : memref<32x32xf64>)
  scf.for %i = %c0 to %c10 step %c1 {
    linalg.matmul ins(%a, %b : memref<32x32xf64>, memref<32x32xf64>) outs(%b : memref<32x32xf64>)
  }
  return
}
func.func @sometimes(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    linalg.matmul ins(%a, %a : memref<?x?xf32>, memref<?x?xf32>) outs(%b : memref<?x?xf32>)
    linalg.matmul ins(%a, %a : memref<?x?xf32>, memref<?x?xf32>) outs(%b : memref<?x?xf32>)
  }
  return
}
