// Gathers, scatters and tiles are read and printed.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @tensors(%a: tensor<4x4x4xf32>, %i: tensor<2x3xindex>, %src: tensor<2x4x4xf32>, %x: tensor<128x256xf32>, %d: tensor<16x8x8x32xf32>, %f: f32, %n: index, %dd: tensor<?x?x8x32xf32>, %xx: tensor<?x?xf32>, %c: tensor<2x1xindex>) {
  %0 = tensor.bitcast %a : tensor<4x4x4xf32> to tensor<4x4x4xi32>
  %1 = tensor.gather %a[%c] gather_dims([0]) unique : (tensor<4x4x4xf32>, tensor<2x1xindex>) -> tensor<2x4x4xf32>
  %2 = tensor.scatter %src into %a[%c] scatter_dims([0]) unique : (tensor<2x4x4xf32>, tensor<4x4x4xf32>, tensor<2x1xindex>) -> tensor<4x4x4xf32>
  %3 = tensor.pack %x inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %d : tensor<128x256xf32> -> tensor<16x8x8x32xf32>
  %4 = tensor.pack %xx padding_value(%f : f32) outer_dims_perm = [0, 1] inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %dd : tensor<?x?xf32> -> tensor<?x?x8x32xf32>
  %5 = tensor.unpack %d outer_dims_perm = [0, 1] inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %x : tensor<16x8x8x32xf32> -> tensor<128x256xf32>
  %7 = tensor.splat %f[%n] : tensor<?xf32>
  %8 = tensor.concat dim(0) %a, %a : (tensor<4x4x4xf32>, tensor<4x4x4xf32>) -> tensor<8x4x4xf32>
  return
}

// CHECK-LABEL: func.func @tensors(
// CHECK: %0 = tensor.bitcast %arg0 : tensor<4x4x4xf32> to tensor<4x4x4xi32>
// CHECK: %gather = tensor.gather %arg0[%arg9] gather_dims([0]) unique : (tensor<4x4x4xf32>, tensor<2x1xindex>) -> tensor<2x4x4xf32>
// CHECK: %scatter = tensor.scatter %arg2 into %arg0[%arg9] scatter_dims([0]) unique : (tensor<2x4x4xf32>, tensor<4x4x4xf32>, tensor<2x1xindex>) -> tensor<4x4x4xf32>
// CHECK: %pack = tensor.pack %arg3 inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %arg4 : tensor<128x256xf32> -> tensor<16x8x8x32xf32>
// CHECK: %pack_0 = tensor.pack %arg8 padding_value(%arg5 : f32) outer_dims_perm = [0, 1] inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %arg7 : tensor<?x?xf32> -> tensor<?x?x8x32xf32>
// CHECK: %unpack = tensor.unpack %arg4 outer_dims_perm = [0, 1] inner_dims_pos = [0, 1] inner_tiles = [8, 32] into %arg3 : tensor<16x8x8x32xf32> -> tensor<128x256xf32>
// CHECK: %splat = tensor.splat %arg5[%arg6] : tensor<?xf32>
// CHECK: %concat = tensor.concat dim(0) %arg0, %arg0 : (tensor<4x4x4xf32>, tensor<4x4x4xf32>) -> tensor<8x4x4xf32>
