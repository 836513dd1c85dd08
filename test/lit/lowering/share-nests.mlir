// RUN: irc-opt %s --share-nests | filecheck %s

// Equal products that take a while are one function.
// CHECK-LABEL: func.func @twice
// CHECK: call @[[F:.+]](%arg0, %arg1, %arg2)
// CHECK: call @[[F]](%arg1, %arg0, %arg2)
// CHECK-NOT: linalg
// CHECK: return
func.func @twice(%a: memref<64x64xf32>, %b: memref<64x64xf32>, %c: memref<64x64xf32>) {
  linalg.matmul ins(%a, %b : memref<64x64xf32>, memref<64x64xf32>) outs(%c : memref<64x64xf32>)
  linalg.matmul ins(%b, %a : memref<64x64xf32>, memref<64x64xf32>) outs(%c : memref<64x64xf32>)
  return
}

// So are other ops that do the same; constants go with them, other values are handed over.
// CHECK-LABEL: func.func @updates
// CHECK: call @[[G:.+]](%arg0, %arg1, %arg3)
// CHECK: call @[[G]](%arg1, %arg2, %arg3)
// CHECK-NOT: call
// CHECK: linalg.generic
// CHECK: return
// CHECK: func.func private @[[F]](%{{.+}}: memref<64x64xf32>, %{{.+}}: memref<64x64xf32>, %{{.+}}: memref<64x64xf32>)
// CHECK: linalg.matmul
// CHECK: func.func private @[[G]](%{{.+}}: memref<1024xf32>, %{{.+}}: memref<1024xf32>, %{{.+}}: f32)
// CHECK: arith.constant 5.000000e-01 : f32
// CHECK: linalg.generic
func.func @updates(%a: memref<1024xf32>, %b: memref<1024xf32>, %c: memref<1024xf32>, %rate: f32) {
  %half = arith.constant 0.5 : f32
  %third = arith.constant 0.25 : f32
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%a : memref<1024xf32>) outs(%b : memref<1024xf32>) {
  ^bb0(%x: f32, %y: f32):
    %0 = arith.mulf %x, %half : f32
    %1 = arith.mulf %0, %rate : f32
    linalg.yield %1 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%b : memref<1024xf32>) outs(%c : memref<1024xf32>) {
  ^bb0(%x: f32, %y: f32):
    %0 = arith.mulf %x, %half : f32
    %1 = arith.mulf %0, %rate : f32
    linalg.yield %1 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%b : memref<1024xf32>) outs(%c : memref<1024xf32>) {
  ^bb0(%x: f32, %y: f32):
    %0 = arith.mulf %x, %third : f32
    %1 = arith.mulf %0, %rate : f32
    linalg.yield %1 : f32
  }
  return
}
