// RUN: irc-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{invalid array element type: '!llvm.metadata'}}
module attributes {x.y = !llvm.array<2 x metadata>} {}

// -----
// expected-error @+1 {{invalid array element type: '!llvm.vec<? x 2 x ptr>'}}
module attributes {x.y = !llvm.array<2 x vec<? x 2 x ptr>>} {}

// -----
// expected-error @+1 {{invalid LLVM structure element type: '!llvm.token'}}
module attributes {x.y = !llvm.struct<(token)>} {}

// -----
// expected-error @+1 {{invalid function result type: '!llvm.label'}}
module attributes {x.y = !llvm.func<label ()>} {}

// -----
// expected-error @+1 {{invalid function argument type: '!llvm.func<void ()>'}}
module attributes {x.y = !llvm.func<void (func<void ()>)>} {}

// -----
// expected-error @+1 {{invalid vector element type}}
module attributes {x.y = !llvm.vec<2 x metadata>} {}

// -----
// expected-error @+1 {{cannot use !llvm.vec for built-in primitives, use 'vector' instead}}
module attributes {x.y = !llvm.vec<2 x f32>} {}

// -----
// expected-error @+1 {{the number of vector elements must be positive}}
module attributes {x.y = !llvm.vec<0 x ptr>} {}

// -----
// expected-error @+1 {{expected '? x <integer> x <type>' or '<integer> x <type>'}}
module attributes {x.y = !llvm.vec<2 x 2 x ptr>} {}

// -----
// expected-error @+1 {{failed to parse parameter list for target extension type}}
module attributes {x.y = !llvm.target<"a", 1, i32>} {}

// -----
// expected-error @+1 {{unknown LLVM type: foo}}
module attributes {x.y = !llvm.struct<(foo)>} {}

// -----
// expected-error @+1 {{unknown type '!llvm.foo'}}
module attributes {x.y = !llvm.foo} {}

// -----
func.func @f(%v: !llvm.vec<2 x ptr>) {
  // expected-error @+1 {{operand #0 must be vector of any type values, but got '!llvm.vec<2 x ptr>'}}
  %0 = vector.extract %v[0] : !llvm.ptr from !llvm.vec<2 x ptr>
  return
}
