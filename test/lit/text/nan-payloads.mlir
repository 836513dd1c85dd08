// Bit patterns of NaNs stay as they are, also those of signaling ones, in every format and wherever they stand.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK: {a = 0x7C01 : f16, b = 0xFC01 : f16, c = 0x7F81 : bf16, d = 0x7F800001 : f32, e = 0xFFF0000000000001 : f64}
"t"() {a = 0x7C01 : f16, b = 0xFC01 : f16, c = 0x7F81 : bf16, d = 0x7F800001 : f32, e = 0xFFF0000000000001 : f64} : () -> ()
// CHECK: {a = 0xFD : f8E5M2, b = 0x7B : f8E4M3, c = 0x71 : f8E3M4, d = 0xFF : f8E4M3FN, e = 0x80 : f8E4M3FNUZ}
"t"() {a = 0xFD : f8E5M2, b = 0x7B : f8E4M3, c = 0x71 : f8E3M4, d = 0xFF : f8E4M3FN, e = 0x80 : f8E4M3FNUZ} : () -> ()
// CHECK: {a = dense<[0x7F800001, 1.000000e+00]> : tensor<2xf32>, b = dense<0x7F81> : tensor<2xbf16>}
"t"() {a = dense<[0x7F800001, 1.0]> : tensor<2xf32>, b = dense<0x7F81> : tensor<2xbf16>} : () -> ()
// CHECK: {a = array<f32: 0x7F800001, 0xFF800000>, b = dense<(0x7F800001,0xFFFFFFFF)> : tensor<1xcomplex<f32>>}
"t"() {a = array<f32: 0x7F800001, 0xFF800000>, b = dense<[(0x7F800001, 0xFFFFFFFF)]> : tensor<1xcomplex<f32>>} : () -> ()
