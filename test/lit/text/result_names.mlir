// Results and block arguments have the names that upstream gives them; several values of one name are told apart.
// RUN: irc-opt %s | filecheck %s

#map = affine_map<(d0) -> (d0)>
func.func @f(%m: memref<4x4xf32>, %t: tensor<4xf32>, %v: vector<4xf32>, %t2: tensor<4x4xf32>) -> tensor<4xf32> {
  %a:6 = memref.extract_strided_metadata %m : memref<4x4xf32> -> memref<f32>, index, index, index, index, index
  %b = memref.alloc() : memref<4xf32>
  %c = memref.alloc() : memref<4xf32>
  %d, %e = vector.deinterleave %v : vector<4xf32> -> vector<2xf32>
  %r = linalg.reduce { arith.addf } ins(%t2 : tensor<4x4xf32>) outs(%t : tensor<4xf32>) dimensions = [0]
  %g = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%t : tensor<4xf32>) outs(%r : tensor<4xf32>) {
  ^bb0(%x: f32, %y: f32):
    %c0 = arith.constant 0 : index
    %z = arith.addf %x, %y : f32
    linalg.yield %z : f32
  } -> tensor<4xf32>
  %mm = linalg.map ins(%t, %t : tensor<4xf32>, tensor<4xf32>) outs(%t : tensor<4xf32>) (%x: f32, %y: f32) { %z = arith.addf %x, %x : f32 linalg.yield %z : f32 }
  memref.dealloc %b : memref<4xf32>
  %k = index.add %a#5, %a#2
  return %g : tensor<4xf32>
}

// CHECK: module {
// CHECK-NEXT: func.func @f(%arg0: memref<4x4xf32>, %arg1: tensor<4xf32>, %arg2: vector<4xf32>, %arg3: tensor<4x4xf32>) -> tensor<4xf32> {
// CHECK-NEXT: %base_buffer, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %arg0 : memref<4x4xf32> -> memref<f32>, index, index, index, index, index
// CHECK-NEXT: %alloc = memref.alloc() : memref<4xf32>
// CHECK-NEXT: %alloc_0 = memref.alloc() : memref<4xf32>
// CHECK-NEXT: %res1, %res2 = vector.deinterleave %arg2 : vector<4xf32> -> vector<2xf32>
// CHECK-NEXT: %reduced = linalg.reduce { arith.addf } ins(%arg3 : tensor<4x4xf32>) outs(%arg1 : tensor<4xf32>) dimensions = [0]
// CHECK-NEXT: %0 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg1 : tensor<4xf32>) outs(%reduced : tensor<4xf32>) {
// CHECK-NEXT: ^bb0(%in: f32, %out: f32):
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %2 = arith.addf %in, %out : f32
// CHECK-NEXT: linalg.yield %2 : f32
// CHECK-NEXT: } -> tensor<4xf32>
// CHECK-NEXT: %mapped = linalg.map ins(%arg1, %arg1 : tensor<4xf32>, tensor<4xf32>) outs(%arg1 : tensor<4xf32>)
// CHECK-NEXT: (%in: f32, %in_1: f32) {
// CHECK-NEXT: %2 = arith.addf %in, %in : f32
// CHECK-NEXT: linalg.yield %2 : f32
// CHECK-NEXT: }
// CHECK-NEXT: memref.dealloc %alloc : memref<4xf32>
// CHECK-NEXT: %1 = index.add %strides#1, %sizes#0
// CHECK-NEXT: return %0 : tensor<4xf32>
// CHECK-NEXT: }
// CHECK-NEXT: }
