// Numbers that do not fit where they are stored are refused where they stand, as MLIR refuses them.
// RUN: irc-opt %s --allow-unregistered-dialect --split-input-file --verify-diagnostics

// expected-error @below {{invalid dimension 9223372036854775808}}
"a.b"() {t = tensor<9223372036854775808xf32>} : () -> ()

// -----

// expected-error @below {{invalid dimension 99999999999999999999999}}
"a.b"() {t = tensor<2x99999999999999999999999xf32, 1>} : () -> ()

// -----

// expected-error @below {{invalid dimension 9223372036854775808}}
"a.b"() {t = vector<2x9223372036854775808xf32>} : () -> ()

// -----

// expected-error @below {{invalid dimension 9223372036854775808}}
"a.b"() {t = memref<9223372036854775808x?xf32>} : () -> ()

// -----

// expected-error @below {{expected a 64-bit signed integer or '?', got '9223372036854775808'}}
"a.b"() {t = memref<4xf32, strided<[9223372036854775808]>>} : () -> ()

// -----

// expected-error @below {{expected a 64-bit signed integer or '?'}}
"a.b"() {t = memref<4xf32, strided<[1], offset: -9223372036854775808>>} : () -> ()

// -----

// expected-error @below {{strides must not be zero}}
"a.b"() {t = strided<[1, 0]>} : () -> ()

// -----

// expected-error @below {{expected the number of strides to match the rank: 2 != 1}}
"a.b"() {t = memref<4xf32, strided<[1, 2]>>} : () -> ()

// -----

// expected-error @below {{memref layout mismatch between rank and affine map: 1 != 2}}
"a.b"() {t = memref<4xf32, affine_map<(d0, d1) -> (d0)>>} : () -> ()

// -----

// The identity of another rank is no identity.
// expected-error @below {{memref layout mismatch between rank and affine map: 2 != 1}}
"a.b"() {t = memref<4x4xf32, affine_map<(d0) -> (d0)>>} : () -> ()

// -----

// expected-error @below {{cannot have affine map for unranked memref type}}
"a.b"() {t = memref<*xf32, affine_map<(d0) -> (d0)>>} : () -> ()

// -----

// expected-error @below {{constant too large for index}}
"a.b"() {t = affine_map<(d0) -> (d0 + 9223372036854775808)>} : () -> ()

// -----

// expected-error @below {{integer constant out of range for type 'index'}}
"a.b"() {t = 9223372036854775808 : index} : () -> ()

// -----

// expected-error @below {{expected an integer of 32 bits as line number}}
"a.b"() : () -> () loc("a":4294967296:1)

// -----

// expected-error @below {{expected an unsigned 64-bit integer as the number of a distinct attribute}}
"a.b"() {t = distinct[18446744073709551616]<>} : () -> ()

// -----

// expected-error @below {{integer value too large}}
"a.b"() {t = !llvm.ptr<4294967296>} : () -> ()
