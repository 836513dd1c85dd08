// The memory space 0 is the default one.
// RUN: irc-opt %s | filecheck %s

// CHECK: func.func private @f(memref<4xf32>, memref<*xf32>, memref<4xf32, 1>, memref<4xf32, strided<[1]>>)
func.func private @f(memref<4xf32, 0>, memref<*xf32, 0>, memref<4xf32, 1>, memref<4xf32, strided<[1]>, 0>)
