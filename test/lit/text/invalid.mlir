// RUN: irc-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

// expected-error@+1 {{integer constant out of range for type 'i8'}}
"t"() {v = 256 : i8} : () -> ()

// -----
// expected-error@+1 {{hexadecimal float constant out of range for type}}
"t"() {v = 0x12345 : f16} : () -> ()

// -----
// expected-error@+1 {{elements hex data size is invalid for provided type: tensor<3xi32>}}
"t"() {v = dense<"0x0102"> : tensor<3xi32>} : () -> ()

// -----
// expected-error@+1 {{expected a string of hexadecimal digits starting with 0x}}
"t"() {v = dense<"0x0g"> : tensor<1xi8>} : () -> ()

// -----
// expected-error@+1 {{tensor literal is invalid; ranks are not consistent between elements}}
"t"() {v = dense<[1, [2]]> : tensor<2xi32>} : () -> ()

// -----
// expected-error@+1 {{inferred shape of elements literal ([2]) does not match type ([3])}}
"t"() {v = dense<[1, 2]> : tensor<3xi32>} : () -> ()

// -----
// expected-error@+1 {{expected a pair (real, imaginary) as an element of type 'complex<f32>'}}
"t"() {v = dense<1.0> : tensor<2xcomplex<f32>>} : () -> ()

// -----
// expected-error@+1 {{a pair cannot be an element of type 'f32'}}
"t"() {v = dense<(1.0, 2.0)> : tensor<2xf32>} : () -> ()

// -----
// expected-error@+1 {{sparse index is out of bounds for 'tensor<3xi32>'}}
"t"() {v = sparse<[[3]], [1]> : tensor<3xi32>} : () -> ()

// -----
// expected-error@+1 {{expected as many sparse values as indices (2), got 1}}
"t"() {v = sparse<[[0], [1]], [1]> : tensor<3xi32>} : () -> ()

// -----
// expected-error@+1 {{expected integer or float type, got: 'none'}}
"t"() {v = array<none: 1>} : () -> ()

// -----
// expected-error@+1 {{referenced attribute does not match previous definition}}
"t"() {v = [distinct[0]<1 : i32>, distinct[0]<2 : i32>]} : () -> ()

// -----
// expected-error@+1 {{operation location alias '#nowhere' was never defined}}
"t"() : () -> () loc(#nowhere)

// -----
#a = 1 : i32
// expected-error@+1 {{redefinition of attribute alias id 'a'}}
#a = 2 : i32

// -----
"t"() {v = dense_resource<x> : tensor<1xi8>} : () -> ()
{-#
  dialect_resources: {
    builtin: {
// expected-error@+1 {{expected a string of hexadecimal digits that starts with the alignment}}
      x: "0x01"
    }
  }
#-}

// -----
// expected-error@+1 {{element type bitwidth must be a multiple of 8}}
"t"() {v = array<i3: 1>} : () -> ()

// -----
// expected-error@+1 {{elements literal type must have static shape}}
"t"() {v = dense<1> : memref<?xi32>} : () -> ()

// -----
// expected-error@+1 {{elements literal must be a shaped type}}
"t"() {v = dense<1> : i32} : () -> ()

// -----
// expected-error@+1 {{a string cannot stand among numbers}}
"t"() {v = dense<["a", "b"]> : tensor<2xi32>} : () -> ()

// -----
// expected-error@+1 {{expected identifier key for 'resource' entry}}
"t"() {v = dense_resource<1> : tensor<2xi32>} : () -> ()

// -----
// expected-error@+1 {{expected a number or a list, got ','}}
"t"() {v = sparse<, 1> : tensor<1xi32>} : () -> ()

// -----
// expected-error@+1 {{expected a number or a list, got '>'}}
"t"() {v = sparse<[], > : tensor<1xi32>} : () -> ()
