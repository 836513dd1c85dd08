// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK: memref.global "private" constant @weights : memref<2xf32> = dense<[1.000000e+00, 2.000000e+00]>
memref.global "private" constant @weights : memref<2xf32> = dense<[1.0, 2.0]>
// CHECK: memref.global @scratch : memref<4xi32> = uninitialized
memref.global @scratch : memref<4xi32> = uninitialized
// CHECK: memref.global "private" @elsewhere : memref<4xi32>{{$}}
memref.global "private" @elsewhere : memref<4xi32>

// CHECK-LABEL: func.func @buffers
func.func @buffers(%n: index, %x: f32) {
  // CHECK: memref.alloc(%{{.*}}) {alignment = 64 : i64} : memref<?x4xf32>
  %0 = memref.alloc(%n) {alignment = 64 : i64} : memref<?x4xf32>
  // CHECK: memref.alloc(%{{.*}})[%{{.*}}] : memref<?xf32, affine_map<(d0)[s0] -> (d0 * s0)>>
  %1 = memref.alloc(%n)[%n] : memref<?xf32, affine_map<(d0)[s0] -> (d0 * s0)>>
  // CHECK: memref.alloca() : memref<8xf32>
  %2 = memref.alloca() : memref<8xf32>
  // CHECK: memref.store %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}] : memref<?x4xf32>
  memref.store %x, %0[%n, %n] : memref<?x4xf32>
  // CHECK: memref.load %{{.*}}[%{{.*}}, %{{.*}}] : memref<?x4xf32>
  %3 = memref.load %0[%n, %n] : memref<?x4xf32>
  // CHECK: memref.dim %{{.*}}, %{{.*}} : memref<?x4xf32>
  %4 = memref.dim %0, %n : memref<?x4xf32>
  // CHECK: memref.copy %{{.*}}, %{{.*}} : memref<8xf32> to memref<8xf32>
  memref.copy %2, %2 : memref<8xf32> to memref<8xf32>
  // CHECK: memref.dealloc %{{.*}} : memref<?x4xf32>
  memref.dealloc %0 : memref<?x4xf32>
  // CHECK: memref.get_global @weights : memref<2xf32>
  %5 = memref.get_global @weights : memref<2xf32>
  return
}

// CHECK-LABEL: func.func @views
func.func @views(%m: memref<16x8xf32>, %i: index, %bytes: memref<2048xi8>, %s: memref<1xindex>) {
  // CHECK: memref.subview %{{.*}}[%{{.*}}, 0] [4, 8] [1, 1] : memref<16x8xf32> to memref<4x8xf32, strided<[8, 1], offset: ?>>
  %0 = memref.subview %m[%i, 0] [4, 8] [1, 1] : memref<16x8xf32> to memref<4x8xf32, strided<[8, 1], offset: ?>>
  // CHECK: memref.subview %{{.*}}[2, 0] [1, 4] [1, 2] : memref<16x8xf32> to memref<4xf32, strided<[2], offset: 16>>
  %1 = memref.subview %m[2, 0] [1, 4] [1, 2] : memref<16x8xf32> to memref<4xf32, strided<[2], offset: 16>>
  // CHECK: memref.cast %{{.*}} : memref<16x8xf32> to memref<?x8xf32>
  %2 = memref.cast %m : memref<16x8xf32> to memref<?x8xf32>
  // CHECK: memref.cast %{{.*}} : memref<16x8xf32> to memref<16x8xf32, strided<[?, ?], offset: ?>>
  %3 = memref.cast %m : memref<16x8xf32> to memref<16x8xf32, strided<[?, ?], offset: ?>>
  // CHECK: memref.view %{{.*}}[%{{.*}}][%{{.*}}] : memref<2048xi8> to memref<?x4xf32>
  %4 = memref.view %bytes[%i][%i] : memref<2048xi8> to memref<?x4xf32>
  // CHECK: memref.view %{{.*}}[%{{.*}}][] : memref<2048xi8> to memref<4xf32>
  %5 = memref.view %bytes[%i][] : memref<2048xi8> to memref<4xf32>
  // CHECK: memref.reinterpret_cast %{{.*}} to offset: [%{{.*}}], sizes: [4, 4], strides: [%{{.*}}, 1] : memref<16x8xf32> to memref<4x4xf32, strided<[?, 1], offset: ?>>
  %6 = memref.reinterpret_cast %m to offset: [%i], sizes: [4, 4], strides: [%i, 1] : memref<16x8xf32> to memref<4x4xf32, strided<[?, 1], offset: ?>>
  // CHECK: memref.expand_shape %{{.*}} {{\[\[}}0, 1], [2]] output_shape [4, 4, 8] : memref<16x8xf32> into memref<4x4x8xf32>
  %7 = memref.expand_shape %m [[0, 1], [2]] output_shape [4, 4, 8] : memref<16x8xf32> into memref<4x4x8xf32>
  // CHECK: memref.collapse_shape %{{.*}} {{\[\[}}0, 1]] : memref<16x8xf32> into memref<128xf32>
  %8 = memref.collapse_shape %m [[0, 1]] : memref<16x8xf32> into memref<128xf32>
  // CHECK: memref.reshape %{{.*}}(%{{.*}}) : (memref<16x8xf32>, memref<1xindex>) -> memref<?xf32>
  %9 = memref.reshape %m(%s) : (memref<16x8xf32>, memref<1xindex>) -> memref<?xf32>
  // CHECK: memref.transpose %{{.*}} (d0, d1) -> (d1, d0) : memref<16x8xf32> to memref<8x16xf32, strided<[1, 8]>>
  %10 = memref.transpose %m (i, j) -> (j, i) : memref<16x8xf32> to memref<8x16xf32, strided<[1, 8]>>
  // CHECK: memref.extract_strided_metadata %{{.*}} : memref<16x8xf32> -> memref<f32>, index, index, index, index, index
  %b, %o, %s0, %s1, %t0, %t1 = memref.extract_strided_metadata %m : memref<16x8xf32> -> memref<f32>, index, index, index, index, index
  return
}

// What an attribute dictionary repeats wins.
// CHECK: memref.global "public" @h : memref<2xf32>
memref.global "private" @g : memref<2xf32> {sym_name = "h", sym_visibility = "public"}
