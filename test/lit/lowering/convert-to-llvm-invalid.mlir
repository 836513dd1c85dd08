// RUN: irc-opt %s --convert-to-llvm --split-input-file --verify-diagnostics

func.func @f(%c: i1) {
  // expected-error @+1 {{failed to legalize operation 'scf.if'}}
  scf.if %c {
  }
  return
}

// -----

// expected-error @+1 {{type 'tensor<4xf32>' has no counterpart in LLVM}}
func.func @f(%t: tensor<4xf32>) {
  return
}

// -----

func.func @f(%a: memref<4x8xf32, strided<[16, 1]>>, %b: memref<4x8xf32>) {
  // expected-error @+1 {{a copy between views with gaps must be expanded to loops first}}
  memref.copy %a, %b : memref<4x8xf32, strided<[16, 1]>> to memref<4x8xf32>
  return
}

// -----

func.func @f(%m: memref<8x8xf32, strided<[1, 8]>>, %i: index) {
  // expected-error @+1 {{must be contiguous}}
  %v = vector.load %m[%i, %i] : memref<8x8xf32, strided<[1, 8]>>, vector<4xf32>
  return
}
