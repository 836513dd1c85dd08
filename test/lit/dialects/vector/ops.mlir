// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK-LABEL: func.func @memory
func.func @memory(%m: memref<4x?xf32>, %t: tensor<4x?xf32>, %i: index, %mask: vector<8xi1>, %other: vector<8xf32>,
                  %at: vector<8xi32>, %pad: f32) {
  // CHECK: vector.load %{{.*}}[%{{.*}}, %{{.*}}] : memref<4x?xf32>, vector<8xf32>
  %0 = vector.load %m[%i, %i] : memref<4x?xf32>, vector<8xf32>
  // CHECK: vector.store %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}] : memref<4x?xf32>, vector<8xf32>
  vector.store %0, %m[%i, %i] : memref<4x?xf32>, vector<8xf32>
  // CHECK: vector.maskedload %{{.*}}[%{{.*}}, %{{.*}}], %{{.*}}, %{{.*}} : memref<4x?xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  %1 = vector.maskedload %m[%i, %i], %mask, %other : memref<4x?xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  // CHECK: vector.maskedstore %{{.*}}[%{{.*}}, %{{.*}}], %{{.*}}, %{{.*}} : memref<4x?xf32>, vector<8xi1>, vector<8xf32>
  vector.maskedstore %m[%i, %i], %mask, %1 : memref<4x?xf32>, vector<8xi1>, vector<8xf32>
  // CHECK: vector.gather %{{.*}}[%{{.*}}, %{{.*}}] [%{{.*}}], %{{.*}}, %{{.*}} : memref<4x?xf32>, vector<8xi32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  %2 = vector.gather %m[%i, %i] [%at], %mask, %other : memref<4x?xf32>, vector<8xi32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  // CHECK: vector.transfer_read %{{.*}}[%{{.*}}, %{{.*}}], %{{.*}} {in_bounds = [true]} : memref<4x?xf32>, vector<8xf32>
  %3 = vector.transfer_read %m[%i, %i], %pad {in_bounds = [true]} : memref<4x?xf32>, vector<8xf32>
  // CHECK: vector.transfer_read %{{.*}}[%{{.*}}, %{{.*}}], %{{.*}}, %{{.*}} : memref<4x?xf32>, vector<8xf32>
  %4 = vector.transfer_read %m[%i, %i], %pad, %mask : memref<4x?xf32>, vector<8xf32>
  // CHECK: vector.transfer_read %{{.*}}[%{{.*}}, %{{.*}}], %{{.*}} {permutation_map = #{{.*}}} : tensor<4x?xf32>, vector<4x8xf32>
  %5 = vector.transfer_read %t[%i, %i], %pad {permutation_map = affine_map<(d0, d1) -> (d1, d0)>} : tensor<4x?xf32>, vector<4x8xf32>
  // CHECK: vector.transfer_write %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}] : vector<8xf32>, memref<4x?xf32>
  vector.transfer_write %3, %m[%i, %i] : vector<8xf32>, memref<4x?xf32>
  // CHECK: %{{.*}} = vector.transfer_write %{{.*}}, %{{.*}}[%{{.*}}, %{{.*}}], %{{.*}} {in_bounds = [true]} : vector<8xf32>, tensor<4x?xf32>
  %6 = vector.transfer_write %3, %t[%i, %i], %mask {in_bounds = [true]} : vector<8xf32>, tensor<4x?xf32>
  return
}

// CHECK-LABEL: func.func @arithmetic
func.func @arithmetic(%x: f32, %v: vector<4xf32>, %w: vector<4x8xf32>, %acc: vector<4xf32>) {
  // CHECK: vector.broadcast %{{.*}} : f32 to vector<4x8xf32>
  %0 = vector.broadcast %x : f32 to vector<4x8xf32>
  // CHECK: vector.splat %{{.*}} : vector<4xf32>
  %1 = vector.splat %x : vector<4xf32>
  // CHECK: vector.fma %{{.*}}, %{{.*}}, %{{.*}} : vector<4xf32>
  %2 = vector.fma %v, %v, %v : vector<4xf32>
  // CHECK: vector.reduction <add>, %{{.*}} : vector<4xf32> into f32
  %3 = vector.reduction <add>, %v : vector<4xf32> into f32
  // CHECK: vector.reduction <maximumf>, %{{.*}}, %{{.*}} fastmath<reassoc> : vector<4xf32> into f32
  %4 = vector.reduction <maximumf>, %v, %x fastmath<reassoc> : vector<4xf32> into f32
  // CHECK: vector.multi_reduction <add>, %{{.*}}, %{{.*}} [1] : vector<4x8xf32> to vector<4xf32>
  %5 = vector.multi_reduction <add>, %w, %acc [1] : vector<4x8xf32> to vector<4xf32>
  // CHECK: vector.outerproduct %{{.*}}, %{{.*}} : vector<4xf32>, vector<4xf32>
  %6 = vector.outerproduct %v, %v : vector<4xf32>, vector<4xf32>
  // CHECK: vector.outerproduct %{{.*}}, %{{.*}}, %{{.*}} {kind = #vector.kind<maxnumf>} : vector<4xf32>, vector<4xf32>
  %7 = vector.outerproduct %v, %v, %6 {kind = #vector.kind<maxnumf>} : vector<4xf32>, vector<4xf32>
  // CHECK: vector.outerproduct %{{.*}}, %{{.*}} : vector<4xf32>, f32
  %8 = vector.outerproduct %v, %x : vector<4xf32>, f32
  // CHECK: vector.print %{{.*}} : vector<4xf32>
  vector.print %v : vector<4xf32>
  // CHECK: vector.print %{{.*}} : f32 punctuation <comma>
  vector.print %x : f32 punctuation <comma>
  // CHECK: vector.print str "done"
  vector.print str "done"
  return
}

// CHECK-LABEL: func.func @masks
func.func @masks(%n: index) {
  // CHECK: vector.create_mask %{{.*}}, %{{.*}} : vector<4x8xi1>
  %0 = vector.create_mask %n, %n : vector<4x8xi1>
  // CHECK: vector.constant_mask [3, 2] : vector<4x8xi1>
  %1 = vector.constant_mask [3, 2] : vector<4x8xi1>
  // CHECK: vector.step : vector<4xindex>
  %2 = vector.step : vector<4xindex>
  return
}

// CHECK-LABEL: func.func @positions
func.func @positions(%v: vector<4xf32>, %w: vector<4x8xf32>, %i: index, %j: i32, %x: f32) {
  // CHECK: vector.extract %{{.*}}[0, %{{.*}}] : f32 from vector<4x8xf32>
  %0 = vector.extract %w[0, %i] : f32 from vector<4x8xf32>
  // CHECK: vector.extract %{{.*}}[3] : vector<8xf32> from vector<4x8xf32>
  %1 = vector.extract %w[3] : vector<8xf32> from vector<4x8xf32>
  // CHECK: vector.insert %{{.*}}, %{{.*}} [0, %{{.*}}] : f32 into vector<4x8xf32>
  %2 = vector.insert %x, %w [0, %i] : f32 into vector<4x8xf32>
  // CHECK: vector.extractelement %{{.*}}[%{{.*}} : i32] : vector<4xf32>
  %3 = vector.extractelement %v[%j : i32] : vector<4xf32>
  // CHECK: vector.insertelement %{{.*}}, %{{.*}}[%{{.*}} : i32] : vector<4xf32>
  %4 = vector.insertelement %x, %v[%j : i32] : vector<4xf32>
  // CHECK: vector.shuffle %{{.*}}, %{{.*}} [0, 5] : vector<4xf32>, vector<4xf32>
  %5 = vector.shuffle %v, %v [0, 5] : vector<4xf32>, vector<4xf32>
  // CHECK: vector.transpose %{{.*}}, [1, 0] : vector<4x8xf32> to vector<8x4xf32>
  %6 = vector.transpose %w, [1, 0] : vector<4x8xf32> to vector<8x4xf32>
  // CHECK: vector.shape_cast %{{.*}} : vector<4x8xf32> to vector<32xf32>
  %7 = vector.shape_cast %w : vector<4x8xf32> to vector<32xf32>
  // CHECK: vector.bitcast %{{.*}} : vector<4xf32> to vector<8xi16>
  %8 = vector.bitcast %v : vector<4xf32> to vector<8xi16>
  // CHECK: vector.extract_strided_slice %{{.*}} {offsets = [1], sizes = [2], strides = [1]} : vector<4x8xf32> to vector<2x8xf32>
  %9 = vector.extract_strided_slice %w {offsets = [1], sizes = [2], strides = [1]} : vector<4x8xf32> to vector<2x8xf32>
  // CHECK: vector.insert_strided_slice %{{.*}}, %{{.*}} {offsets = [0, 2], strides = [1]} : vector<4xf32> into vector<4x8xf32>
  %10 = vector.insert_strided_slice %v, %w {offsets = [0, 2], strides = [1]} : vector<4xf32> into vector<4x8xf32>
  return
}
