// Of several layouts of a memref the last counts; an identity is none.
// RUN: irc-opt %s | filecheck %s

// CHECK: @f(memref<2xf32>, memref<2xf32, 3>, memref<2xf32>, memref<2xf32, strided<[1]>>)
func.func private @f(memref<2xf32, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>>,
                     memref<2xf32, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, 3>,
                     memref<2xf32, affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0) -> (d0)>>,
                     memref<2xf32, affine_map<(d0) -> (d0)>, strided<[1]>>)

// CHECK: @elements(memref<2xmemref<*xf32>>, memref<*xmemref<2xf32>>)
func.func private @elements(memref<2xmemref<*xf32>>, memref<*xmemref<2xf32>>)
