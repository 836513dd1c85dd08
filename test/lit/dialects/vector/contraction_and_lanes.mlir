// Contractions, masks, lanes and scalable vectors are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

#map = affine_map<(m, n, k) -> (m, k)>
#map1 = affine_map<(m, n, k) -> (k, n)>
#map2 = affine_map<(m, n, k) -> (m, n)>
func.func @f(%a: vector<4x8xf32>, %b: vector<8x16xf32>, %c: vector<4x16xf32>, %ma: vector<4x8xi1>, %mb: vector<4x16x8xi1>, %m: memref<16xf32>, %i: index, %v: vector<16xf32>, %vm: vector<16xi1>, %vi: vector<16xi32>, %t: tensor<16xf32>, %sv: vector<[4]xf32>, %mm : memref<4x4xf32>, %x: vector<f32>, %f32: f32, %b8: vector<8xf32>, %acc: f32) {
  %0 = vector.contract {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>} %a, %b, %c : vector<4x8xf32>, vector<8x16xf32> into vector<4x16xf32>
  %1 = vector.contract {indexing_maps = [affine_map<(i)->(i)>, affine_map<(i)->(i)>, affine_map<(i)->()>], iterator_types = ["reduction"], kind = #vector.kind<maximumf>} %b8, %b8, %acc : vector<8xf32>, vector<8xf32> into f32
  %2 = vector.mask %vm { vector.reduction <add>, %v : vector<16xf32> into f32 } : vector<16xi1> -> f32
  %3 = vector.mask %vm, %v { vector.transfer_read %m[%i], %f32 : memref<16xf32>, vector<16xf32> } : vector<16xi1> -> vector<16xf32>
  vector.mask %vm { vector.transfer_write %v, %m[%i] : vector<16xf32>, memref<16xf32> } : vector<16xi1>
  vector.mask %vm { } : vector<16xi1>
  %4 = vector.mask %mb { vector.contract {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>} %a, %b, %c : vector<4x8xf32>, vector<8x16xf32> into vector<4x16xf32> } : vector<4x16x8xi1> -> vector<4x16xf32>
  %5 = vector.interleave %v, %v : vector<16xf32> -> vector<32xf32>
  %6, %7 = vector.deinterleave %v : vector<16xf32> -> vector<8xf32>
  %8 = vector.type_cast %mm : memref<4x4xf32> to memref<vector<4x4xf32>>
  %9:2 = vector.scan <add>, %a, %b8 {inclusive = true, reduction_dim = 0} : vector<4x8xf32>, vector<8xf32>
  vector.scatter %m[%i][%vi], %vm, %v : memref<16xf32>, vector<16xi32>, vector<16xi1>, vector<16xf32>
  vector.compressstore %m[%i], %vm, %v : memref<16xf32>, vector<16xi1>, vector<16xf32>
  %10 = vector.expandload %m[%i], %vm, %v : memref<16xf32>, vector<16xi1>, vector<16xf32> into vector<16xf32>
  %11 = vector.flat_transpose %v {rows = 4 : i32, columns = 4 : i32} : vector<16xf32> -> vector<16xf32>
  %12 = vector.matrix_multiply %v, %v {lhs_rows = 4 : i32, lhs_columns = 4 : i32, rhs_columns = 4 : i32} : (vector<16xf32>, vector<16xf32>) -> vector<16xf32>
  %13 = vector.scalable.insert %b8, %sv[0] : vector<8xf32> into vector<[4]xf32>
  %14 = vector.scalable.extract %sv[0] : vector<4xf32> from vector<[4]xf32>
  %15 = vector.vscale
  %16 = vector.from_elements %f32, %f32 : vector<2xf32>
  %17 = vector.warp_execute_on_lane_0(%i)[32] args(%v : vector<16xf32>) -> (f32) {
  ^bb0(%arg0: vector<16xf32>):
    vector.yield %f32 : f32
  }
  vector.warp_execute_on_lane_0(%i)[32] {
    vector.print %f32 : f32
  }
  return
}

// CHECK: #map = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK: #map1 = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK: #map2 = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK: #map3 = affine_map<(d0) -> (d0)>
// CHECK: #map4 = affine_map<(d0) -> ()>
// CHECK-LABEL: func.func @f(
// CHECK: %0 = vector.contract {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>} %arg0, %arg1, %arg2 : vector<4x8xf32>, vector<8x16xf32> into vector<4x16xf32>
// CHECK: %1 = vector.contract {indexing_maps = [#map3, #map3, #map4], iterator_types = ["reduction"], kind = #vector.kind<maximumf>} %arg15, %arg15, %arg16 : vector<8xf32>, vector<8xf32> into f32
// CHECK: %2 = vector.mask %arg8 { vector.reduction <add>, %arg7 : vector<16xf32> into f32 } : vector<16xi1> -> f32
// CHECK: %3 = vector.mask %arg8, %arg7 { vector.transfer_read %arg5[%arg6], %arg14 : memref<16xf32>, vector<16xf32> } : vector<16xi1> -> vector<16xf32>
// CHECK: vector.mask %arg8 { vector.transfer_write %arg7, %arg5[%arg6] : vector<16xf32>, memref<16xf32> } : vector<16xi1>
// CHECK: vector.mask %arg8 { vector.yield } : vector<16xi1>
// CHECK: %4 = vector.mask %arg4 { vector.contract {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>} %arg0, %arg1, %arg2 : vector<4x8xf32>, vector<8x16xf32> into vector<4x16xf32> } : vector<4x16x8xi1> -> vector<4x16xf32>
// CHECK: %5 = vector.interleave %arg7, %arg7 : vector<16xf32> -> vector<32xf32>
// CHECK: %res1, %res2 = vector.deinterleave %arg7 : vector<16xf32> -> vector<8xf32>
// CHECK: %6 = vector.type_cast %arg12 : memref<4x4xf32> to memref<vector<4x4xf32>>
// CHECK: %dest, %accumulated_value = vector.scan <add>, %arg0, %arg15 {inclusive = true, reduction_dim = 0 : i64} : vector<4x8xf32>, vector<8xf32>
// CHECK: vector.scatter %arg5[%arg6] [%arg9], %arg8, %arg7 : memref<16xf32>, vector<16xi32>, vector<16xi1>, vector<16xf32>
// CHECK: vector.compressstore %arg5[%arg6], %arg8, %arg7 : memref<16xf32>, vector<16xi1>, vector<16xf32>
// CHECK: %7 = vector.expandload %arg5[%arg6], %arg8, %arg7 : memref<16xf32>, vector<16xi1>, vector<16xf32> into vector<16xf32>
// CHECK: %8 = vector.flat_transpose %arg7 {columns = 4 : i32, rows = 4 : i32} : vector<16xf32> -> vector<16xf32>
// CHECK: %9 = vector.matrix_multiply %arg7, %arg7 {lhs_columns = 4 : i32, lhs_rows = 4 : i32, rhs_columns = 4 : i32} : (vector<16xf32>, vector<16xf32>) -> vector<16xf32>
// CHECK: %10 = vector.scalable.insert %arg15, %arg11[0] : vector<8xf32> into vector<[4]xf32>
// CHECK: %11 = vector.scalable.extract %arg11[0] : vector<4xf32> from vector<[4]xf32>
// CHECK: %vscale = vector.vscale
// CHECK: %12 = vector.from_elements %arg14, %arg14 : vector<2xf32>
// CHECK: %13 = vector.warp_execute_on_lane_0(%arg6)[32] args(%arg7 : vector<16xf32>) -> (f32) {
// CHECK: ^bb0(%arg17: vector<16xf32>):
// CHECK: vector.yield %arg14 : f32
// CHECK: vector.warp_execute_on_lane_0(%arg6)[32] {
// CHECK: vector.print %arg14 : f32
