// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @transfers_in_bounds
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %c4 = arith.constant 4 : index
// CHECK-NEXT: %c5 = arith.constant 5 : index
// CHECK-NEXT: %0 = vector.transfer_read %arg0[%c0, %c4], %arg2 {in_bounds = [true, true]} : memref<4x8xf32>, vector<4x4xf32>
// CHECK-NEXT: vector.transfer_write %0, %arg0[%c0, %c5] {in_bounds = [true, false]} : vector<4x4xf32>, memref<4x8xf32>
// CHECK-NEXT: vector.transfer_write %0, %arg0[%arg1, %c0] {in_bounds = [false, true]} : vector<4x4xf32>, memref<4x8xf32>
// CHECK-NEXT: return %0 : vector<4x4xf32>
func.func @transfers_in_bounds(%m: memref<4x8xf32>, %i: index, %p: f32) -> vector<4x4xf32> {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c5 = arith.constant 5 : index
  %a = vector.transfer_read %m[%c0, %c4], %p : memref<4x8xf32>, vector<4x4xf32>
  vector.transfer_write %a, %m[%c0, %c5] : vector<4x4xf32>, memref<4x8xf32>
  vector.transfer_write %a, %m[%i, %c0] : vector<4x4xf32>, memref<4x8xf32>
  return %a : vector<4x4xf32>
}

// CHECK-LABEL: func.func @transfers_of_casts
// CHECK-NEXT: %0 = vector.transfer_read %arg0[%arg2, %arg2], %arg3 : memref<4x8xf32>, vector<4xf32>
// CHECK-NEXT: %1 = vector.transfer_write %0, %arg1[%arg2, %arg2] : vector<4xf32>, tensor<4x8xf32>
// CHECK-NEXT: %cast = tensor.cast %1 : tensor<4x8xf32> to tensor<?x?xf32>
// CHECK-NEXT: return %0, %cast : vector<4xf32>, tensor<?x?xf32>
func.func @transfers_of_casts(%m: memref<4x8xf32>, %t: tensor<4x8xf32>, %i: index, %p: f32) -> (vector<4xf32>, tensor<?x?xf32>) {
  %u = memref.cast %m : memref<4x8xf32> to memref<?x?xf32>
  %a = vector.transfer_read %u[%i, %i], %p : memref<?x?xf32>, vector<4xf32>
  %v = tensor.cast %t : tensor<4x8xf32> to tensor<?x?xf32>
  %w = vector.transfer_write %a, %v[%i, %i] : vector<4xf32>, tensor<?x?xf32>
  return %a, %w : vector<4xf32>, tensor<?x?xf32>
}

// CHECK-LABEL: func.func @accesses_of_casts
// CHECK-NEXT: %0 = vector.load %arg0[%arg1, %arg1] : memref<4x8xf32>, vector<4xf32>
// CHECK-NEXT: vector.store %0, %arg0[%arg1, %arg1] : memref<4x8xf32>, vector<4xf32>
// CHECK-NEXT: return %0 : vector<4xf32>
func.func @accesses_of_casts(%m: memref<4x8xf32>, %i: index) -> vector<4xf32> {
  %u = memref.cast %m : memref<4x8xf32> to memref<?x?xf32>
  %a = vector.load %u[%i, %i] : memref<?x?xf32>, vector<4xf32>
  vector.store %a, %u[%i, %i] : memref<?x?xf32>, vector<4xf32>
  return %a : vector<4xf32>
}

// CHECK-LABEL: func.func @parts_of_parts
// CHECK-NEXT: %0 = vector.extract %arg0[1, 0, 2] : f32 from vector<2x3x4xf32>
// CHECK-NEXT: return %0 : f32
func.func @parts_of_parts(%v: vector<2x3x4xf32>) -> f32 {
  %a = vector.extract %v[1] : vector<3x4xf32> from vector<2x3x4xf32>
  %b = vector.extract %a[0, 2] : f32 from vector<3x4xf32>
  return %b : f32
}

// CHECK-LABEL: func.func @parts_of_repetitions
// CHECK-NEXT: %0 = vector.broadcast %arg0 : f32 to vector<4xf32>
// CHECK-NEXT: %1 = vector.extract %arg1[1] : f32 from vector<4xf32>
// CHECK-NEXT: %2 = vector.extract %arg2[0, 1] : f32 from vector<1x4xf32>
// CHECK-NEXT: return %arg0, %0, %1, %arg1, %2 : f32, vector<4xf32>, f32, vector<4xf32>, f32
func.func @parts_of_repetitions(%x: f32, %v: vector<4xf32>, %w: vector<1x4xf32>) -> (f32, vector<4xf32>, f32, vector<4xf32>, f32) {
  %a = vector.broadcast %x : f32 to vector<2x4xf32>
  %b = vector.extract %a[0, 1] : f32 from vector<2x4xf32>
  %c = vector.extract %a[1] : vector<4xf32> from vector<2x4xf32>
  %d = vector.broadcast %v : vector<4xf32> to vector<2x4xf32>
  %e = vector.extract %d[0, 1] : f32 from vector<2x4xf32>
  %f = vector.extract %d[0] : vector<4xf32> from vector<2x4xf32>
  %g = vector.broadcast %w : vector<1x4xf32> to vector<3x4xf32>
  %h = vector.extract %g[2, 1] : f32 from vector<3x4xf32>
  return %b, %c, %e, %f, %h : f32, vector<4xf32>, f32, vector<4xf32>, f32
}

// CHECK-LABEL: func.func @parts_of_splats
// CHECK-NEXT: %0 = vector.broadcast %arg0 : f32 to vector<4xf32>
// CHECK-NEXT: return %arg0, %0 : f32, vector<4xf32>
func.func @parts_of_splats(%x: f32) -> (f32, vector<4xf32>) {
  %a = vector.splat %x : vector<2x4xf32>
  %b = vector.extract %a[0, 1] : f32 from vector<2x4xf32>
  %c = vector.extract %a[1] : vector<4xf32> from vector<2x4xf32>
  return %b, %c : f32, vector<4xf32>
}

// CHECK-LABEL: func.func @what_was_put_in
// CHECK-NEXT: %0 = vector.extract %arg1[2] : f32 from vector<4xf32>
// CHECK-NEXT: %1 = vector.extract %arg2[3] : f32 from vector<4xf32>
// CHECK-NEXT: return %arg0, %0, %1 : f32, f32, f32
func.func @what_was_put_in(%x: f32, %v: vector<4xf32>, %w: vector<4xf32>, %m: vector<2x4xf32>) -> (f32, f32, f32) {
  %a = vector.insert %x, %v [1] : f32 into vector<4xf32>
  %b = vector.extract %a[1] : f32 from vector<4xf32>
  %c = vector.extract %a[2] : f32 from vector<4xf32>
  %d = vector.insert %w, %m [1] : vector<4xf32> into vector<2x4xf32>
  %e = vector.extract %d[1, 3] : f32 from vector<2x4xf32>
  return %b, %c, %e : f32, f32, f32
}

// CHECK-LABEL: func.func @all_there_is
// CHECK-NEXT: %0 = vector.broadcast %arg0 : vector<4xf32> to vector<1x1x4xf32>
// CHECK-NEXT: return %0 : vector<1x1x4xf32>
func.func @all_there_is(%v: vector<4xf32>, %m: vector<1x1x4xf32>) -> vector<1x1x4xf32> {
  %b = vector.insert %v, %m [0, 0] : vector<4xf32> into vector<1x1x4xf32>
  return %b : vector<1x1x4xf32>
}

// CHECK-LABEL: func.func @constants
// CHECK-NEXT: %cst = arith.constant dense<[0.000000e+00, 0.000000e+00, 1.000000e+00, 0.000000e+00]> : vector<4xf32>
// CHECK-NEXT: %cst_0 = arith.constant dense<{{\[\[}}7, 8], [3, 4{{\]\]}}> : vector<2x2xi32>
// CHECK-NEXT: return %cst, %cst_0 : vector<4xf32>, vector<2x2xi32>
func.func @constants() -> (vector<4xf32>, vector<2x2xi32>) {
  %zero = arith.constant dense<0.0> : vector<4xf32>
  %one = arith.constant 1.0 : f32
  %a = vector.insert %one, %zero [2] : f32 into vector<4xf32>
  %m = arith.constant dense<[[1, 2], [3, 4]]> : vector<2x2xi32>
  %r = arith.constant dense<[7, 8]> : vector<2xi32>
  %b = vector.insert %r, %m [0] : vector<2xi32> into vector<2x2xi32>
  return %a, %b : vector<4xf32>, vector<2x2xi32>
}

// CHECK-LABEL: func.func @the_same_number
// CHECK-NEXT: %0 = vector.splat %arg0 : vector<2x4xf32>
// CHECK-NEXT: return %0 : vector<2x4xf32>
func.func @the_same_number(%x: f32) -> vector<2x4xf32> {
  %a = vector.splat %x : vector<2x4xf32>
  %b = vector.splat %x : vector<4xf32>
  %c = vector.insert %b, %a [1] : vector<4xf32> into vector<2x4xf32>
  return %c : vector<2x4xf32>
}

// CHECK-LABEL: func.func @repeated_twice
// CHECK-NEXT: %0 = vector.broadcast %arg0 : vector<4xf32> to vector<2x3x4xf32>
// CHECK-NEXT: return %0 : vector<2x3x4xf32>
func.func @repeated_twice(%v: vector<4xf32>) -> vector<2x3x4xf32> {
  %a = vector.broadcast %v : vector<4xf32> to vector<3x4xf32>
  %b = vector.broadcast %a : vector<3x4xf32> to vector<2x3x4xf32>
  return %b : vector<2x3x4xf32>
}

// CHECK-LABEL: func.func @orders
// CHECK-NEXT: %0 = vector.transpose %arg0, [1, 2, 0] : vector<2x3x4xf32> to vector<3x4x2xf32>
// CHECK-NEXT: %1 = vector.broadcast %arg1 : f32 to vector<3x2xf32>
// CHECK-NEXT: %2 = vector.splat %arg1 : vector<3x2xf32>
// CHECK-NEXT: return %0, %1, %2 : vector<3x4x2xf32>, vector<3x2xf32>, vector<3x2xf32>
func.func @orders(%v: vector<2x3x4xf32>, %x: f32) -> (vector<3x4x2xf32>, vector<3x2xf32>, vector<3x2xf32>) {
  %a = vector.transpose %v, [2, 0, 1] : vector<2x3x4xf32> to vector<4x2x3xf32>
  %b = vector.transpose %a, [2, 0, 1] : vector<4x2x3xf32> to vector<3x4x2xf32>
  %c = vector.broadcast %x : f32 to vector<2x3xf32>
  %d = vector.transpose %c, [1, 0] : vector<2x3xf32> to vector<3x2xf32>
  %e = vector.splat %x : vector<2x3xf32>
  %f = vector.transpose %e, [1, 0] : vector<2x3xf32> to vector<3x2xf32>
  return %b, %d, %f : vector<3x4x2xf32>, vector<3x2xf32>, vector<3x2xf32>
}

// CHECK-LABEL: func.func @shapes
// CHECK-NEXT: %0 = vector.broadcast %arg0 : f32 to vector<6xf32>
// CHECK-NEXT: return %0 : vector<6xf32>
func.func @shapes(%x: f32) -> vector<6xf32> {
  %c = vector.broadcast %x : f32 to vector<2x3xf32>
  %d = vector.shape_cast %c : vector<2x3xf32> to vector<6xf32>
  return %d : vector<6xf32>
}

// CHECK-LABEL: func.func @choices
// CHECK-NEXT: %0 = vector.interleave %arg0, %arg1 : vector<2xf32> -> vector<4xf32>
// CHECK-NEXT: return %arg0, %arg1, %0 : vector<2xf32>, vector<2xf32>, vector<4xf32>
func.func @choices(%v: vector<2xf32>, %w: vector<2xf32>) -> (vector<2xf32>, vector<2xf32>, vector<4xf32>) {
  %a = vector.shuffle %v, %w [0, 1] : vector<2xf32>, vector<2xf32>
  %b = vector.shuffle %v, %w [2, 3] : vector<2xf32>, vector<2xf32>
  %c = vector.shuffle %v, %w [0, 2, 1, 3] : vector<2xf32>, vector<2xf32>
  return %a, %b, %c : vector<2xf32>, vector<2xf32>, vector<4xf32>
}

// CHECK-LABEL: func.func @one_element
// CHECK-NEXT: %0 = vector.extract %arg0[0] : f32 from vector<1xf32>
// CHECK-NEXT: %1 = vector.extract %arg0[0] : f32 from vector<1xf32>
// CHECK-NEXT: %2 = arith.maximumf %1, %arg1 fastmath<nnan> : f32
// CHECK-NEXT: %3 = vector.extract %arg2[0] : i32 from vector<1xi32>
// CHECK-NEXT: %4 = arith.minui %3, %arg3 : i32
// CHECK-NEXT: return %0, %2, %4 : f32, f32, i32
func.func @one_element(%v: vector<1xf32>, %x: f32, %w: vector<1xi32>, %y: i32) -> (f32, f32, i32) {
  %a = vector.reduction <add>, %v : vector<1xf32> into f32
  %b = vector.reduction <maximumf>, %v, %x fastmath<nnan> : vector<1xf32> into f32
  %c = vector.reduction <minui>, %w, %y : vector<1xi32> into i32
  return %a, %b, %c : f32, f32, i32
}

// CHECK-LABEL: func.func @written_back
// CHECK-NEXT: return %arg0 : tensor<4x8xf32>
func.func @written_back(%t: tensor<4x8xf32>, %i: index, %p: f32) -> tensor<4x8xf32> {
  %c0 = arith.constant 0 : index
  %v = vector.transfer_read %t[%c0, %c0], %p : tensor<4x8xf32>, vector<4x8xf32>
  %w = vector.transfer_write %v, %t[%c0, %c0] : vector<4x8xf32>, tensor<4x8xf32>
  return %w : tensor<4x8xf32>
}
