// Integers in the syntax of operations have 64 bits unless the operation says otherwise; what does not fit is refused.
// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @size_of_a_slice(%t: tensor<?x4xf32>) {
  // expected-error @below {{integer value too large}}
  %0 = tensor.extract_slice %t[0, 3] [1, 99999999999999999999] [1, 1] : tensor<?x4xf32> to tensor<1x2xf32>
  return
}

// -----

func.func @offset_of_a_view(%m: memref<?xf32>) {
  // expected-error @below {{integer value too large}}
  %0 = memref.subview %m[-9223372036854775809] [1] [1] : memref<?xf32> to memref<1xf32>
  return
}

// -----

func.func @amount_of_padding(%t: tensor<2xf32>, %x: f32) {
  // expected-error @below {{integer value too large}}
  %0 = tensor.pad %t low[9223372036854775808] high[0] {
  ^bb0(%i: index):
    tensor.yield %x : f32
  } : tensor<2xf32> to tensor<?xf32>
  return
}

// -----

func.func @position(%v: vector<2xf32>) {
  // expected-error @below {{integer value too large}}
  %0 = vector.extract %v[99999999999999999999] : f32 from vector<2xf32>
  return
}

// -----

func.func @layout(%m: memref<?xf32>) {
  // expected-error @below {{integer value too large}}
  %0 = memref.reinterpret_cast %m to offset: [99999999999999999999], sizes: [1], strides: [1] : memref<?xf32> to memref<1xf32, strided<[1], offset: ?>>
  return
}

// -----

func.func @case_of_an_index(%i: index) {
  scf.index_switch %i
  // expected-error @below {{integer value too large}}
  case 99999999999999999999 { scf.yield } default { scf.yield }
  return
}

// -----

func.func @bound_of_forall() {
  // expected-error @below {{integer value too large}}
  scf.forall (%i) in (99999999999999999999) {
  }
  return
}

// -----

// Positions in memory have 32 bits.
llvm.func @position_in_memory(%p: !llvm.ptr) {
  // expected-error @below {{integer value too large}}
  %0 = llvm.getelementptr %p[2147483648] : (!llvm.ptr) -> !llvm.ptr, i8
  llvm.return
}

// -----

func.func @bound_of_a_loop() {
  // expected-error @below {{integer constant out of range for type 'index'}}
  affine.for %i = 0 to 9223372036854775808 {
  }
  return
}

// -----

func.func @step_of_a_loop() {
  // expected-error @below {{integer constant out of range for type 'index'}}
  affine.for %i = 0 to 5 step 9223372036854775808 {
  }
  return
}

// -----

func.func @index() {
  // expected-error @below {{integer constant out of range for type 'index'}}
  %0 = index.constant 9223372036854775808
  return
}

// -----

func.func @alignment(%m: memref<2xf32>) {
  // expected-error @below {{integer constant out of range for type 'i32'}}
  memref.assume_alignment %m, 4294967296 : memref<2xf32>
  return
}

// -----

// The numbers of cases have the range of what is switched on.
func.func @case_of_a_byte(%a: i8) {
  cf.br ^bb1
^bb1:
  // expected-error @below {{integer constant out of range for type 'i8'}}
  cf.switch %a : i8, [default: ^bb1, 256: ^bb1]
}

// -----

llvm.func @case_of_a_word(%a: i32) {
  llvm.br ^bb1
^bb1:
  // expected-error @below {{integer constant out of range for type 'i32'}}
  llvm.switch %a : i32, ^bb1 [4294967296: ^bb1]
}
