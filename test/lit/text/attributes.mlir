// Every builtin attribute is read and printed.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect --print-op-generic | filecheck %s

// Integers of any width and sign; hexadecimal digits are the bits.
// CHECK: {v = 1 : i8}
"t"() {v = 1 : i8} : () -> ()
// CHECK: {v = -1 : si4}
"t"() {v = -1 : si4} : () -> ()
// CHECK: {v = 255 : ui8}
"t"() {v = 255 : ui8} : () -> ()
// CHECK: {v = 5 : index}
"t"() {v = 5 : index} : () -> ()
// CHECK: {v = true}
"t"() {v = true} : () -> ()
// CHECK: {v = 123456789012345678901234567890 : i128}
"t"() {v = 123456789012345678901234567890 : i128} : () -> ()
// CHECK: {v = -1 : i8}
"t"() {v = 0xFF : i8} : () -> ()

// Floats of every format; what decimal digits do not say exactly is printed as bits.
// CHECK: {v = 1.500000e+00 : f16}
"t"() {v = 1.5 : f16} : () -> ()
// CHECK: {v = 0x7FC0 : bf16}
"t"() {v = 0x7FC0 : bf16} : () -> ()
// CHECK: {v = 0xFF800000 : f32}
"t"() {v = 0xFF800000 : f32} : () -> ()
// CHECK: {v = 1.000000e-300 : f64}
"t"() {v = 1.0e-300 : f64} : () -> ()
// CHECK: {v = 1.500000e+00 : f80}
"t"() {v = 1.5 : f80} : () -> ()
// CHECK: {v = 0.100000000000000005551115123125782702 : f128}
"t"() {v = 0.1 : f128} : () -> ()
// CHECK: {v = 1.000000e+00 : tf32}
"t"() {v = 1.0 : tf32} : () -> ()
// CHECK: {v = 0x7F : f8E4M3FN}
"t"() {v = 0x7F : f8E4M3FN} : () -> ()
// CHECK: {v = -0.000000e+00 : f32}
"t"() {v = -0.0 : f32} : () -> ()
// CHECK: {v = 3.40282347E+38 : f32}
"t"() {v = 3.4028235e38 : f32} : () -> ()
// CHECK: {v = 1.000000e+300 : f64}
"t"() {v = 1.0e300 : f64} : () -> ()

// Pairs are complex numbers.
// CHECK: {v = dense<(1.000000e+00,2.000000e+00)> : tensor<2xcomplex<f32>>}
"t"() {v = dense<(1.0, 2.0)> : tensor<2xcomplex<f32>>} : () -> ()
// CHECK: {v = dense<[(1,2), (3,4)]> : tensor<2xcomplex<i32>>}
"t"() {v = dense<[(1, 2), (3, 4)]> : tensor<2xcomplex<i32>>} : () -> ()
// CHECK: {v = dense<(1.000000e+00,-2.000000e+00)> : tensor<1xcomplex<f16>>}
"t"() {v = dense<[(1.0, -2.0)]> : tensor<1xcomplex<f16>>} : () -> ()
// CHECK: {v = dense<(0.000000e+00,1.000000e+00)> : tensor<complex<f64>>}
"t"() {v = dense<(0.0, 1.0)> : tensor<complex<f64>>} : () -> ()

// Elements: nested lists, a splat, bytes.
// CHECK: {v = dense<[true, false, true]> : tensor<3xi1>}
"t"() {v = dense<[true, false, true]> : tensor<3xi1>} : () -> ()
// CHECK: {v = dense<{{\[\[}}1, 2], [3, 4]]> : tensor<2x2xi4>}
"t"() {v = dense<[[1, 2], [3, 4]]> : tensor<2x2xi4>} : () -> ()
// CHECK: {v = dense<[1.500000e+00, 2.500000e+00]> : tensor<2xf80>}
"t"() {v = dense<[1.5, 2.5]> : tensor<2xf80>} : () -> ()
// CHECK: {v = dense<[1, -1]> : tensor<2xi128>}
"t"() {v = dense<[1, -1]> : tensor<2xi128>} : () -> ()
// CHECK: {v = dense<> : tensor<0x3xf32>}
"t"() {v = dense<> : tensor<0x3xf32>} : () -> ()
// CHECK: {v = dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>}
"t"() {v = dense<"0x0000803F00000040"> : tensor<2xf32>} : () -> ()
// CHECK: {v = dense<[1, -61072]> : tensor<2xi17>}
"t"() {v = dense<[1, 70000]> : tensor<2xi17>} : () -> ()
// CHECK: {v = dense<[true, false, true]> : tensor<3xi1>}
"t"() {v = dense<"0x05"> : tensor<3xi1>} : () -> ()
// CHECK: {v = dense<1> : vector<4xindex>}
"t"() {v = dense<1> : vector<4xindex>} : () -> ()
// CHECK: {v = dense<0x7FC00000> : tensor<2xf32>}
"t"() {v = dense<0x7FC00000> : tensor<2xf32>} : () -> ()
// CHECK: {v = dense<true> : tensor<9xi1>}
"t"() {v = dense<"0xFF"> : tensor<9xi1>} : () -> ()
// CHECK: {v = dense<0> : tensor<i32>}
"t"() {v = dense<0> : tensor<i32>} : () -> ()
// CHECK: {v = dense<{{\[\[}}[1], [2]]]> : tensor<1x2x1xi64>}
"t"() {v = dense<[[[1], [2]]]> : tensor<1x2x1xi64>} : () -> ()

// Strings, with a type or without, and as elements.
// CHECK: {v = dense<["x", "y z"]> : tensor<2x!foo.s>}
"t"() {v = dense<["x", "y z"]> : tensor<2x!foo.s>} : () -> ()
// CHECK: {v = "text" : i32}
"t"() {v = "text" : i32} : () -> ()
// CHECK: {v = "q\22\\\0A\09"}
"t"() {v = "q\22\5C\0A\t"} : () -> ()

// Positions and values of the elements that are not zero.
// CHECK: {v = sparse<{{\[\[}}0, 0], [1, 2]], [1, 5]> : tensor<3x4xi32>}
"t"() {v = sparse<[[0, 0], [1, 2]], [1, 5]> : tensor<3x4xi32>} : () -> ()
// CHECK: {v = sparse<0, 1> : tensor<1xi64>}
"t"() {v = sparse<0, 1> : tensor<1xi64>} : () -> ()
// CHECK: {v = sparse<> : tensor<2xf32>}
"t"() {v = sparse<> : tensor<2xf32>} : () -> ()
// CHECK: {v = sparse<0, -2.000000e+00> : tensor<1x1x1xf16>}
"t"() {v = sparse<[[0, 0, 0]], [-2.0]> : tensor<1x1x1xf16>} : () -> ()

// Arrays, dense arrays and dictionaries.
// CHECK: {v = array<i1: true, false>}
"t"() {v = array<i1: true, false>} : () -> ()
// CHECK: {v = array<f32: 1.000000e+00, -0.000000e+00>}
"t"() {v = array<f32: 1.0, -0.0>} : () -> ()
// CHECK: {v = array<f64>}
"t"() {v = array<f64>} : () -> ()
// CHECK: {v = array<i8: -1, 2>}
"t"() {v = array<i8: -1, 2>} : () -> ()
// CHECK: {v = []}
"t"() {v = []} : () -> ()
// CHECK: {v = [1, 1.000000e+00, "a", unit, i32, @s, [true]]}
"t"() {v = [1, 1.0, "a", unit, i32, @s, [true]]} : () -> ()
// CHECK: {v = {}}
"t"() {v = {}} : () -> ()
// CHECK: {v = {"a b" = 1 : i32, c}}
"t"() {v = {"a b" = 1 : i32, c}} : () -> ()

// References to symbols.
// CHECK: {v = @a::@b}
"t"() {v = @a::@b} : () -> ()
// CHECK: {v = @"x y"}
"t"() {v = @"x y"} : () -> ()
// CHECK: {v = @a::@"1"}
"t"() {v = @a::@"1"} : () -> ()

// Attributes of dialects that are not known.
// CHECK: {v = #foo.bar<"x", [1, 2]>}
"t"() {v = #foo.bar<"x", [1, 2]>} : () -> ()
// CHECK: {v = #foo<raw text>}
"t"() {v = #foo<raw text>} : () -> ()
// CHECK: {v = #foo.x : i32}
"t"() {v = #foo.x : i32} : () -> ()
