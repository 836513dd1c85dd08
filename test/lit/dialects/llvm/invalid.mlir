// RUN: irc-opt %s --split-input-file --verify-diagnostics

llvm.func @f(%x: i32, %y: i64) {
  // expected-error @+1 {{use of value '%y' expects different type than prior uses: 'i32' vs 'i64'}}
  %0 = llvm.add %x, %y : i32
  llvm.return
}

// -----

llvm.func @f(%x: f32) {
  // expected-error @+1 {{operand #0 must be signless integer or LLVM dialect-compatible vector of signless integer, but got 'f32'}}
  %0 = llvm.add %x, %x : f32
  llvm.return
}

// -----

llvm.func @f(%x: i32) {
  // expected-error @+1 {{expected one of the predicates eq, ne, slt}}
  %0 = llvm.icmp "lt" %x, %x : i32
  llvm.return
}

// -----

llvm.func @f(%x: i64) {
  // expected-error @+1 {{result type 'i32' must be larger than input type 'i64'}}
  %0 = llvm.sext %x : i64 to i32
  llvm.return
}

// -----

llvm.func @f(%x: i64) {
  // expected-error @+1 {{input type 'i64' and result type 'f32' must have the same number of bits}}
  %0 = llvm.bitcast %x : i64 to f32
  llvm.return
}

// -----

llvm.func @f() {
  // expected-error @+1 {{attribute '1.000000e+00 : f32' does not fit the result type 'i32'}}
  %0 = llvm.mlir.constant(1.0 : f32) : i32
  llvm.return
}

// -----

llvm.func @f(%s: !llvm.struct<(i32, f32)>) {
  // expected-error @+1 {{position out of bounds: 2 in '!llvm.struct<(i32, f32)>'}}
  %0 = llvm.extractvalue %s[2] : !llvm.struct<(i32, f32)>
  llvm.return
}

// -----

llvm.func @f(%p: !llvm.ptr, %i: i32) {
  // expected-error @+1 {{expected index 1 indexing a struct to be constant}}
  %0 = llvm.getelementptr %p[0, %i] : (!llvm.ptr, i32) -> !llvm.ptr, !llvm.struct<(i32, f32)>
  llvm.return
}

// -----

llvm.func @f(%p: !llvm.ptr) {
  // expected-error @+1 {{type 'f32' cannot be indexed (index #1)}}
  %0 = llvm.getelementptr %p[0, 1] : (!llvm.ptr) -> !llvm.ptr, f32
  llvm.return
}

// -----

llvm.func @f(%v: vector<4xf32>) {
  // expected-error @+1 {{mask element out of bounds}}
  %0 = llvm.shufflevector %v, %v [0, 8] : vector<4xf32>
  llvm.return
}

// -----

func.func @f(%x: index) {
  // expected-error @+1 {{operand #0 must be LLVM dialect-compatible type, but got 'index'}}
  "llvm.store"(%x, %x) : (index, index) -> ()
  return
}

// -----

llvm.func @g(i32) -> i32

llvm.func @f(%x: i64) {
  // expected-error @+1 {{operand type mismatch for operand 0: 'i64' != 'i32'}}
  %0 = llvm.call @g(%x) : (i64) -> i32
  llvm.return
}

// -----

llvm.func @f() {
  // expected-error @+1 {{'g' does not reference a symbol in the current scope}}
  llvm.call @g() : () -> ()
  llvm.return
}

// -----

llvm.func @printf(!llvm.ptr, ...) -> i32

llvm.func @f(%p: !llvm.ptr) {
  // expected-error @+1 {{missing var_callee_type attribute for vararg call}}
  %0 = llvm.call @printf(%p) : (!llvm.ptr) -> i32
  llvm.return
}

// -----

llvm.func @f() -> i32 {
  // expected-error @+1 {{expected 1 operand}}
  llvm.return
}

// -----

// expected-error @+1 {{requires an i8 array type of the length equal to that of the string attribute}}
llvm.mlir.global constant @s("abc") : !llvm.array<4 x i8>

// -----

llvm.func @f() {
  // expected-error @+1 {{must reference a global defined by 'llvm.mlir.global' or 'llvm.func'}}
  %0 = llvm.mlir.addressof @nothing : !llvm.ptr
  llvm.return
}

// -----

func.func @f(%v: vector<2x4xf32>) {
  // expected-error @+1 {{operand #0 must be floating point LLVM type or LLVM dialect-compatible vector}}
  %0 = llvm.fadd %v, %v : vector<2x4xf32>
  return
}

// -----

// expected-error @+1 {{struct without a body only allowed in a recursive struct}}
llvm.func @f(!llvm.struct<"name">)

// -----

// expected-error @+1 {{identifier already used for an enclosing struct}}
llvm.func @f(!llvm.struct<"name", (struct<"name", (i32)>)>)

// -----

// expected-error @+1 {{identified type already used with a different body}}
llvm.func @f(!llvm.struct<"name", (i32)>, !llvm.struct<"name", (i64)>)

// -----

// expected-error @+1 {{identified type already used with a different body}}
llvm.func @f(!llvm.struct<"name", (i32)>, !llvm.struct<"name", opaque>)

// -----

// expected-error @+1 {{external functions must have 'external' or 'extern_weak' linkage}}
llvm.func internal @f(i32)

// -----

// expected-error @+1 {{entry block argument types must match the function's parameters}}
"llvm.func"() <{sym_name = "f", function_type = !llvm.func<void (i32)>, linkage = #llvm.linkage<external>}> ({
^bb0(%x: i64):
  llvm.return
}) : () -> ()

// -----

llvm.func @atomic(%p: !llvm.ptr) {
  // expected-error @+1 {{'llvm.load' op expected alignment for atomic access}}
  %0 = llvm.load %p atomic monotonic : !llvm.ptr -> f32
  llvm.return
}

// -----

llvm.func @released(%p: !llvm.ptr) {
  // expected-error @+1 {{'llvm.load' op unsupported ordering 'release' or 'acq_rel'}}
  %0 = llvm.load %p atomic release {alignment = 4 : i64} : !llvm.ptr -> f32
  llvm.return
}

// -----

llvm.func @ordering(%p: !llvm.ptr) {
  // expected-error @+1 {{unknown ordering 'aquire'; did you mean 'acquire'?}}
  %0 = llvm.load %p atomic aquire {alignment = 4 : i64} : !llvm.ptr -> f32
  llvm.return
}

// -----

// expected-error @+1 {{attribute 'sym_name' occurs more than once in the attribute list}}
llvm.func @f() attributes {sym_name = "g"}

// -----

// expected-error @+1 {{attribute 'linkage' occurs more than once in the attribute list}}
llvm.mlir.global @g(1 : i32) {linkage = #llvm.linkage<internal>} : i32

// -----

// expected-error @+1 {{attribute 'global_type' occurs more than once in the attribute list}}
llvm.mlir.global external @g(1 : i32) {global_type = i64} : i32

// -----

// expected-error @+1 {{arguments may only have dialect attributes}}
llvm.func @f(i32 {foo})

// -----

// expected-error @+1 {{failed to construct function type: expected LLVM type for function results}}
llvm.func @f() -> index

// -----

llvm.func @beyond_the_members(%p: !llvm.ptr) {
  // expected-error @+1 {{'llvm.getelementptr' op index 1 indexing a struct is out of bounds}}
  %0 = llvm.getelementptr %p[0, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i32)>
  llvm.return
}
