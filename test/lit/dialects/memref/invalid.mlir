// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @alloc() {
  // expected-error @+1 {{'memref.alloc' op dimension operand count does not equal memref dynamic dimension count}}
  %0 = memref.alloc() : memref<?xf32>
  return
}

// -----

func.func @alloc_symbols(%n: index) {
  // expected-error @+1 {{'memref.alloc' op symbol operand count does not equal memref symbol count: expected 0, got 1}}
  %0 = memref.alloc()[%n] : memref<4xf32>
  return
}

// -----

func.func @alignment() {
  // expected-error @+1 {{'memref.alloca' op attribute 'alignment' failed to satisfy constraint: 64-bit signless integer attribute whose minimum value is 0}}
  %0 = memref.alloca() {alignment = -8 : i64} : memref<4xf32>
  return
}

// -----

func.func @load(%m: memref<4x4xf32>, %i: index) {
  // expected-error @+1 {{'memref.load' op incorrect number of indices for load}}
  %0 = memref.load %m[%i] : memref<4x4xf32>
  return
}

// -----

func.func @store(%m: memref<4x4xf32>, %i: index, %x: f32) {
  // expected-error @+1 {{'memref.store' op store index operand count not equal to memref rank}}
  memref.store %x, %m[%i] : memref<4x4xf32>
  return
}

// -----

func.func @store_type(%m: memref<4xf32>, %i: index, %x: f64) {
  // expected-error @+1 {{'memref.store' op failed to verify that type of 'value' matches element type of 'memref'}}
  "memref.store"(%x, %m, %i) : (f64, memref<4xf32>, index) -> ()
  return
}

// -----

func.func @copy(%a: memref<4xf32>, %b: memref<5xf32>) {
  // expected-error @+1 {{'memref.copy' op requires the same shape for all operands}}
  memref.copy %a, %b : memref<4xf32> to memref<5xf32>
  return
}

// -----

func.func @copy_type(%a: memref<4xf32>, %b: memref<4xf64>) {
  // expected-error @+1 {{'memref.copy' op requires the same element type for all operands}}
  memref.copy %a, %b : memref<4xf32> to memref<4xf64>
  return
}

// -----

func.func @dim(%a: memref<f32>, %i: index) {
  // expected-error @+1 {{'memref.dim' op operand #0 must be non-0-ranked.memref of any type values or unranked.memref of any type values, but got 'memref<f32>'}}
  %0 = memref.dim %a, %i : memref<f32>
  return
}

// -----

func.func @cast(%a: memref<4xf32>) {
  // expected-error @+1 {{'memref.cast' op operand type 'memref<4xf32>' and result type 'memref<?xf64>' are cast incompatible}}
  %0 = memref.cast %a : memref<4xf32> to memref<?xf64>
  return
}

// -----

func.func @cast_layout(%a: memref<4x4xf32>) {
  // expected-error @+1 {{are cast incompatible}}
  %0 = memref.cast %a : memref<4x4xf32> to memref<4x4xf32, strided<[8, 1]>>
  return
}

// -----

func.func @subview_layout(%m: memref<16x8xf32>) {
  // expected-error @+1 {{'memref.subview' op expected result type to be 'memref<4x4xf32, strided<[8, 1], offset: 8>>' or a rank-reduced version. (mismatch of result layout)}}
  %0 = memref.subview %m[1, 0] [4, 4] [1, 1] : memref<16x8xf32> to memref<4x4xf32, strided<[8, 1]>>
  return
}

// -----

func.func @subview_sizes(%m: memref<16x8xf32>) {
  // expected-error @+1 {{or a rank-reduced version. (mismatch of result sizes)}}
  %0 = memref.subview %m[0, 0] [4, 4] [1, 1] : memref<16x8xf32> to memref<4x5xf32, strided<[8, 1]>>
  return
}

// -----

func.func @subview_space(%m: memref<16xf32, 1>) {
  // expected-error @+1 {{'memref.subview' op different memory spaces specified for base memref type 'memref<16xf32, 1>' and subview memref type 'memref<4xf32, strided<[1]>>'}}
  %0 = memref.subview %m[0] [4] [1] : memref<16xf32, 1> to memref<4xf32, strided<[1]>>
  return
}

// -----

func.func @view(%m: memref<16xf32>, %i: index) {
  // expected-error @+1 {{'memref.view' op operand #0 must be 1D memref of 8-bit signless integer values, but got 'memref<16xf32>'}}
  %0 = memref.view %m[%i][] : memref<16xf32> to memref<4xf32>
  return
}

// -----

func.func @view_sizes(%m: memref<16xi8>, %i: index) {
  // expected-error @+1 {{'memref.view' op incorrect number of size operands for type}}
  %0 = memref.view %m[%i][] : memref<16xi8> to memref<?xf32>
  return
}

// -----

func.func @reinterpret(%m: memref<16xf32>) {
  // expected-error @+1 {{'memref.reinterpret_cast' op expected result type with size = 4 instead of 5 in dim = 0}}
  %0 = memref.reinterpret_cast %m to offset: [0], sizes: [4], strides: [1] : memref<16xf32> to memref<5xf32, strided<[1]>>
  return
}

// -----

func.func @reinterpret_offset(%m: memref<16xf32>) {
  // expected-error @+1 {{'memref.reinterpret_cast' op expected result type with offset = 2 instead of 0}}
  %0 = memref.reinterpret_cast %m to offset: [2], sizes: [4], strides: [1] : memref<16xf32> to memref<4xf32, strided<[1]>>
  return
}

// -----

func.func @collapse(%m: memref<4x4xf32, strided<[8, 1]>>) {
  // expected-error @+1 {{'memref.collapse_shape' op invalid source layout map or collapsing non-contiguous dims}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x4xf32, strided<[8, 1]>> into memref<16xf32>
  return
}

// -----

func.func @expand(%m: memref<4xf32, strided<[2]>>) {
  // expected-error @+1 {{'memref.expand_shape' op expected expanded type to be 'memref<2x2xf32, strided<[4, 2]>>' but found 'memref<2x2xf32>'}}
  %0 = memref.expand_shape %m [[0, 1]] output_shape [2, 2] : memref<4xf32, strided<[2]>> into memref<2x2xf32>
  return
}

// -----

func.func @transpose(%m: memref<4x8xf32>) {
  // expected-error @+1 {{'memref.transpose' op result type 'memref<8x4xf32>' is not equivalent to the canonical transposed input type 'memref<8x4xf32, strided<[1, 8]>>'}}
  %0 = memref.transpose %m (i, j) -> (j, i) : memref<4x8xf32> to memref<8x4xf32>
  return
}

// -----

func.func @get_global() {
  // expected-error @+1 {{'memref.get_global' op 'nothing' does not reference a valid global memref}}
  %0 = memref.get_global @nothing : memref<2xf32>
  return
}

// -----

// expected-error @+1 {{'memref.global' op type should be static shaped memref, but got 'memref<?xf32>'}}
memref.global @dynamic : memref<?xf32>

// -----

memref.global @g : memref<2xf32>

func.func @get_global_type() {
  // expected-error @+1 {{'memref.get_global' op result type 'memref<3xf32>' does not match type 'memref<2xf32>' of the global memref @g}}
  %0 = memref.get_global @g : memref<3xf32>
  return
}

// -----

func.func @atomic_kind(%m: memref<4xf32>, %i: index, %x: i32) {
  // expected-error @+1 {{unknown kind 'addg'; did you mean 'addi'?}}
  %0 = memref.atomic_rmw addg %x, %m[%i] : (i32, memref<4xf32>) -> i32
  return
}

// -----

func.func @atomic_type(%m: memref<4xi32>, %i: index, %x: i32) {
  // expected-error @+1 {{'memref.atomic_rmw' op with kind 'addf' expects a floating-point type}}
  %0 = memref.atomic_rmw addf %x, %m[%i] : (i32, memref<4xi32>) -> i32
  return
}

// -----

func.func @realloc_size(%m: memref<4xf32>) {
  // expected-error @+1 {{'memref.realloc' op missing dimension operand for result type 'memref<?xf32>'}}
  %0 = memref.realloc %m : memref<4xf32> to memref<?xf32>
  return
}

// -----

func.func @alignment(%m: memref<4xf32>) {
  // expected-error @+1 {{'memref.assume_alignment' op alignment must be power of 2}}
  memref.assume_alignment %m, 12 : memref<4xf32>
  return
}

// -----

func.func @alignment(%m: memref<8xf32>) {
  // expected-error @+1 {{'memref.realloc' op attribute 'alignment' failed to satisfy constraint: 64-bit signless integer attribute whose minimum value is 0}}
  %0 = memref.realloc %m {alignment = -1} : memref<8xf32> to memref<16xf32>
  return
}

// -----

func.func @stride_of_a_unit_dimension(%m: memref<8x1xf32>) {
  // expected-error @+1 {{'memref.subview' op expected result type to be 'memref<4x1xf32, strided<[1, 16]>>' or a rank-reduced version. (mismatch of result layout)}}
  %0 = memref.subview %m[0, 0] [4, 1] [1, 16] : memref<8x1xf32> to memref<4x1xf32, strided<[1, 1]>>
  return
}

// -----

func.func @nontemporal_load(%m: memref<8xf32>, %i: index) {
  // expected-error @+1 {{'memref.load' op attribute 'nontemporal' failed to satisfy constraint: bool attribute}}
  %x = memref.load %m[%i] {nontemporal = 2} : memref<8xf32>
  return
}
