// RUN: irc-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

// expected-error@+1 {{multiple memory spaces specified in memref type}}
"t"() {v = memref<2xf32, 1, 2>} : () -> ()

// -----
// expected-error@+1 {{expected memory space to be last in memref type}}
"t"() {v = memref<2xf32, 1, strided<[1]>>} : () -> ()

// -----
// expected-error@+1 {{unsupported memory space Attribute}}
"t"() {v = memref<2xf32, @a>} : () -> ()

// -----
// expected-error@+1 {{unsupported memory space Attribute}}
"t"() {v = memref<2xf32, #foo.bar>} : () -> ()

// -----
// expected-error@+1 {{invalid memref element type}}
"t"() {v = memref<2x!foo.bar>} : () -> ()

// -----
// expected-error@+1 {{invalid memref element type}}
"t"() {v = memref<*x!llvm.ptr>} : () -> ()

// -----
// expected-error@+1 {{invalid tensor element type}}
"t"() {v = tensor<*xnone>} : () -> ()

// -----
// expected-error@+1 {{vector elements must be int/index/float type}}
"t"() {v = vector<2x!llvm.ptr>} : () -> ()
