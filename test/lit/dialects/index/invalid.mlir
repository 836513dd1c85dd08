// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: i32) {
  // expected-error @+1 {{'index.casts' op operand type 'i32' and result type 'i64' are cast incompatible}}
  %0 = index.casts %x : i32 to i64
  return
}

// -----

func.func @f(%x: index) {
  // expected-error @+1 {{'index.castu' op operand type 'index' and result type 'index' are cast incompatible}}
  %0 = index.castu %x : index to index
  return
}

// -----

func.func @f(%x: f32) {
  // expected-error @+1 {{'index.casts' op operand #0 must be integer or index, but got 'f32'}}
  %0 = index.casts %x : f32 to index
  return
}

// -----

func.func @f(%x: index) {
  // expected-error @+1 {{expected one of eq, ne, slt, sle, sgt, sge, ult, ule, ugt, uge, got 'lt'}}
  %0 = index.cmp lt(%x, %x)
  return
}

// -----

func.func @f(%x: i32) {
  // expected-error @+1 {{use of value '%x' expects different type than prior uses: 'index' vs 'i32'}}
  %0 = index.add %x, %x
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{expected 'true' or 'false', got '1'}}
  %0 = index.bool.constant 1
  return
}

// -----

func.func @f() {
  // expected-error @+1 {{attribute 'value' failed to satisfy constraint: index attribute}}
  %0 = "index.constant"() {value = 1 : i32} : () -> index
  return
}
