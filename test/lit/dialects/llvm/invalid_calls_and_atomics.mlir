// RUN: irc-opt %s --split-input-file --verify-diagnostics

llvm.func @call_no_pointer(%f: i64, %x: i32) {
  // expected-error @+1 {{'llvm.call' op indirect call expects a pointer as callee: 'i64'}}
  %0 = llvm.call %f(%x) : i64, (i32) -> i32
  llvm.return
}

// -----

llvm.func @call_types(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{expected indirect call to have 2 trailing types}}
  %0 = llvm.call %p(%x) : (i32) -> i32
  llvm.return
}

// -----

llvm.func @call_direct_types(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{expected direct call to have 1 trailing type}}
  llvm.call @f(%x) : !llvm.ptr, (i32) -> ()
  llvm.return
}

// -----

llvm.func @call_results(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{expected function with 0 or 1 result}}
  %0:2 = llvm.call %p(%x) : !llvm.ptr, (i32) -> (i32, i32)
  llvm.return
}

// -----

llvm.func @call_nothing(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.call' op must have either a `callee` attribute or at least an operand}}
  "llvm.call"() : () -> ()
  llvm.return
}

// -----

llvm.func @call_fixed(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.call' op expected var_callee_type to be a variadic function type}}
  %0 = llvm.call %p(%x) vararg(!llvm.func<i32 (i32)>) : !llvm.ptr, (i32) -> i32
  llvm.return
}

// -----

llvm.func @call_parameters(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.call' op expected var_callee_type to have at most 1 parameters}}
  %0 = llvm.call %p(%x) vararg(!llvm.func<i32 (i32, i32, ...)>) : !llvm.ptr, (i32) -> i32
  llvm.return
}

// -----

llvm.func @alloca_types(%n: i64) {
  // expected-error @+1 {{expected trailing function type with one argument and one result}}
  %0 = llvm.alloca %n x i32 : (i64, i64) -> !llvm.ptr
  llvm.return
}

// -----

llvm.func @weights(%c: i1) {
  // expected-error @+1 {{expected '[', got '1'}}
  llvm.cond_br %c weights(1), ^a, ^a
  llvm.return
}

// -----

llvm.func @rmw_ordering(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.atomicrmw' op expected at least 'monotonic' ordering}}
  %0 = llvm.atomicrmw add %p, %x unordered : !llvm.ptr, i32
  llvm.return
}

// -----

llvm.func @rmw_integer(%p: !llvm.ptr, %x: f32) {
  // expected-error @+1 {{'llvm.atomicrmw' op expected LLVM IR integer type}}
  %0 = llvm.atomicrmw add %p, %x monotonic : !llvm.ptr, f32
  llvm.return
}

// -----

llvm.func @rmw_width(%p: !llvm.ptr, %x: i128) {
  // expected-error @+1 {{'llvm.atomicrmw' op expected LLVM IR integer type}}
  %0 = llvm.atomicrmw add %p, %x monotonic : !llvm.ptr, i128
  llvm.return
}

// -----

llvm.func @rmw_float(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.atomicrmw' op expected LLVM IR floating point type}}
  %0 = llvm.atomicrmw fadd %p, %x monotonic : !llvm.ptr, i32
  llvm.return
}

// -----

llvm.func @rmw_exchange(%p: !llvm.ptr, %x: i3) {
  // expected-error @+1 {{'llvm.atomicrmw' op unexpected LLVM IR type for 'xchg' bin_op}}
  %0 = llvm.atomicrmw xchg %p, %x monotonic : !llvm.ptr, i3
  llvm.return
}

// -----

llvm.func @rmw_word(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{unknown operation 'addd'}}
  %0 = llvm.atomicrmw addd %p, %x monotonic : !llvm.ptr, i32
  llvm.return
}

// -----

llvm.func @rmw_number(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{attribute 'bin_op' failed to satisfy constraint}}
  %0 = "llvm.atomicrmw"(%p, %x) <{bin_op = 77 : i64, ordering = 2 : i64}> : (!llvm.ptr, i32) -> i32
  llvm.return
}

// -----

llvm.func @cmpxchg_success(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.cmpxchg' op ordering must be at least 'monotonic'}}
  %0 = llvm.cmpxchg %p, %x, %x unordered monotonic : !llvm.ptr, i32
  llvm.return
}

// -----

llvm.func @cmpxchg_failure(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.cmpxchg' op failure ordering cannot be 'release' or 'acq_rel'}}
  %0 = llvm.cmpxchg %p, %x, %x seq_cst release : !llvm.ptr, i32
  llvm.return
}

// -----

llvm.func @cmpxchg_width(%p: !llvm.ptr, %x: i3) {
  // expected-error @+1 {{'llvm.cmpxchg' op unexpected LLVM IR type}}
  %0 = llvm.cmpxchg %p, %x, %x seq_cst acquire : !llvm.ptr, i3
  llvm.return
}

// -----

llvm.func @cmpxchg_result(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{'llvm.cmpxchg' op failed to verify that result #0 has an LLVM struct type consisting of the type of operand #2 and a bool}}
  %0 = "llvm.cmpxchg"(%p, %x, %x) <{success_ordering = 4 : i64, failure_ordering = 2 : i64}> : (!llvm.ptr, i32, i32) -> !llvm.struct<(i32, i32)>
  llvm.return
}

// -----

llvm.func @fence_ordering() {
  // expected-error @+1 {{'llvm.fence' op can be given only acquire, release, acq_rel, and seq_cst orderings}}
  llvm.fence monotonic
  llvm.return
}

// -----

llvm.func @fence_word() {
  // expected-error @+1 {{unknown ordering 'seq'}}
  llvm.fence seq
  llvm.return
}

// -----

llvm.func @cast_of_number(%p: !llvm.ptr, %x: i32) {
  // expected-error @+1 {{operand #0 must be LLVM pointer type or LLVM dialect-compatible vector of LLVM pointer type, but got 'i32'}}
  %0 = llvm.addrspacecast %x : i32 to !llvm.ptr
  llvm.return
}

// -----

// expected-error @+1 {{unknown attribute '#llvm.unknown_thing'}}
module attributes {t.a = #llvm.unknown_thing<any>} {}

// -----

// expected-error @+1 {{expected one of none, non-leaf, all, reserved, got 'bad'}}
module attributes {t.a = #llvm.framePointerKind<bad>} {}
