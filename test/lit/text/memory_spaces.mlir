// The memory space 0 is the default one, and an identity the default layout, also with symbols that it does not use.
// RUN: irc-opt %s | filecheck %s

// CHECK: func.func private @f(memref<4xf32>, memref<*xf32>, memref<4xf32, 1>, memref<4xf32, strided<[1]>>)
func.func private @f(memref<4xf32, 0>, memref<*xf32, 0>, memref<4xf32, 1>, memref<4xf32, strided<[1]>, 0>)

// CHECK: func.func private @g(memref<?xf32>, memref<4x?xf32, 1>)
func.func private @g(memref<?xf32, affine_map<(d0)[s0] -> (d0)>>, memref<4x?xf32, affine_map<(d0, d1) -> (d0, d1)>, 1>)
