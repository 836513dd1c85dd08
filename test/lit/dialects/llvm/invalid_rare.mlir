// RUN: irc-opt %s --split-input-file --verify-diagnostics

llvm.func @f(i32) -> i32
llvm.func @no_landing_pad(%x: i32) {
  // expected-error @+1 {{'llvm.invoke' op first operation in unwind destination should be a llvm.landingpad operation}}
  %0 = llvm.invoke @f(%x) to ^bb1 unwind ^bb1 : (i32) -> i32
^bb1:
  llvm.return
}

// -----

llvm.func @p(...) -> i32
llvm.func @f(i32) -> i32
llvm.func @wrong_count(%x: i32) attributes {personality = @p} {
  // expected-error @+1 {{'llvm.invoke' op incorrect number of operands (2) for callee (expecting: 1)}}
  %0 = llvm.invoke @f(%x, %x) to ^bb1 unwind ^bb2 : (i32, i32) -> i32
^bb1:
  llvm.return
^bb2:
  %1 = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %1 : !llvm.struct<(ptr, i32)>
}

// -----

llvm.func @no_personality() {
  // expected-error @+1 {{llvm.landingpad needs to be in a function with a personality}}
  %0 = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.return
}

// -----

llvm.func @p(...) -> i32
llvm.func @no_clause() attributes {personality = @p} {
  // expected-error @+1 {{landingpad instruction expects at least one clause or cleanup attribute}}
  %0 = llvm.landingpad : !llvm.struct<(ptr, i32)>
  llvm.return
}

// -----

llvm.func @clause_kind(%a: !llvm.array<1 x i8>) {
  // expected-error @+1 {{a 'catch' is a pointer and a 'filter' an array}}
  %0 = llvm.landingpad (catch %a : !llvm.array<1 x i8>) : !llvm.struct<(ptr, i32)>
  llvm.return
}

// -----

llvm.func @p(...) -> i32
llvm.func @clause(%a: !llvm.ptr) attributes {personality = @p} {
  // expected-error @+1 {{clause #0 is not a known constant - null, addressof, bitcast}}
  %0 = llvm.landingpad (catch %a : !llvm.ptr) : !llvm.struct<(ptr, i32)>
  llvm.return
}

// -----

llvm.func @resume(%x: !llvm.struct<(ptr, i32)>) {
  // expected-error @+1 {{'llvm.resume' op expects landingpad value as operand}}
  llvm.resume %x : !llvm.struct<(ptr, i32)>
}

// -----

llvm.func @asm(%x: i32) {
  // expected-error @+1 {{unknown word 'itel'; did you mean 'intel'?}}
  llvm.inline_asm asm_dialect = itel "a", "b" %x : (i32) -> ()
  llvm.return
}

// -----

llvm.func @asm_number(%x: i32) {
  // expected-error @+1 {{attribute 'asm_dialect' failed to satisfy constraint: ATT (0) or Intel (1) asm dialect}}
  "llvm.inline_asm"(%x) <{asm_string = "a", constraints = "b", asm_dialect = 2 : i64}> : (i32) -> ()
  llvm.return
}

// -----

llvm.comdat @c {
  // expected-error @+1 {{attribute 'comdat' failed to satisfy constraint: LLVM Comdat Types}}
  "llvm.comdat_selector"() <{sym_name = "x", comdat = 9 : i64}> : () -> ()
}

// -----

llvm.func @expect(%x: i32, %f: f32) {
  // expected-error @+1 {{'llvm.intr.expect' op operand #0 must be signless integer, but got 'f32'}}
  %0 = llvm.intr.expect %f, %f : f32
  llvm.return
}

// -----

// expected-error @+1 {{expected 'maxRange', got 'least'}}
llvm.func @vscale() attributes {vscale_range = #llvm.vscale_range<minRange = 1 : i32, least = 2 : i32>}
