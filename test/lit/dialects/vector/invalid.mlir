// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @load(%m: memref<4x4xf32>, %i: index) {
  // expected-error @+1 {{'vector.load' op requires 2 indices}}
  %0 = vector.load %m[%i] : memref<4x4xf32>, vector<4xf32>
  return
}

// -----

func.func @load_type(%m: memref<4xf32>, %i: index) {
  // expected-error @+1 {{'vector.load' op base and result element types should match}}
  %0 = vector.load %m[%i] : memref<4xf32>, vector<4xi32>
  return
}

// -----

func.func @store(%m: memref<4xf32>, %i: index, %v: vector<4xi32>) {
  // expected-error @+1 {{'vector.store' op base and valueToStore element type should match}}
  vector.store %v, %m[%i] : memref<4xf32>, vector<4xi32>
  return
}

// -----

func.func @maskedload(%m: memref<?xf32>, %i: index, %mask: vector<4xi1>, %v: vector<8xf32>) {
  // expected-error @+1 {{'vector.maskedload' op expected result shape to match mask shape}}
  %0 = vector.maskedload %m[%i], %mask, %v : memref<?xf32>, vector<4xi1>, vector<8xf32> into vector<8xf32>
  return
}

// -----

func.func @maskedstore(%m: memref<?xf32>, %i: index, %mask: vector<4xi1>, %v: vector<8xf32>) {
  // expected-error @+1 {{'vector.maskedstore' op expected valueToStore shape to match mask shape}}
  vector.maskedstore %m[%i], %mask, %v : memref<?xf32>, vector<4xi1>, vector<8xf32>
  return
}

// -----

func.func @transfer_bounds(%m: memref<?xf32>, %i: index, %x: f32) {
  // expected-error @+1 {{'vector.transfer_read' op expects the optional in_bounds attr of same rank as permutation_map results: 1 vs inBounds of size: 2}}
  %0 = vector.transfer_read %m[%i], %x {in_bounds = [true, true]} : memref<?xf32>, vector<4xf32>
  return
}

// -----

func.func @transfer_map(%m: memref<?x?xf32>, %i: index, %x: f32) {
  // expected-error @+1 {{'vector.transfer_read' op requires a permutation_map with input dims of the same rank as the source type}}
  %0 = vector.transfer_read %m[%i, %i], %x {permutation_map = affine_map<(d0) -> (d0)>} : memref<?x?xf32>, vector<4xf32>
  return
}

// -----

func.func @transfer_twice(%m: memref<?x?xf32>, %i: index, %x: f32) {
  // expected-error @+1 {{'vector.transfer_read' op requires a permutation_map that is a permutation (found one dim used more than once)}}
  %0 = vector.transfer_read %m[%i, %i], %x {permutation_map = affine_map<(d0, d1) -> (d0, d0)>} : memref<?x?xf32>, vector<4x4xf32>
  return
}

// -----

func.func @transfer_broadcast(%m: memref<?xf32>, %i: index, %v: vector<4x4xf32>) {
  // expected-error @+1 {{'vector.transfer_write' op should not have broadcast dimensions}}
  vector.transfer_write %v, %m[%i] {in_bounds = [true, true], permutation_map = affine_map<(d0) -> (0, d0)>} : vector<4x4xf32>, memref<?xf32>
  return
}

// -----

func.func @broadcast(%v: vector<4xf32>) {
  // expected-error @+1 {{'vector.broadcast' op dimension mismatch (4 vs. 8) at trailing dimension 0}}
  %0 = vector.broadcast %v : vector<4xf32> to vector<2x8xf32>
  return
}

// -----

func.func @fma(%v: vector<4xi32>) {
  // expected-error @+1 {{'vector.fma' op operand #0 must be vector of floating-point values, but got 'vector<4xi32>'}}
  %0 = vector.fma %v, %v, %v : vector<4xi32>
  return
}

// -----

func.func @reduction(%v: vector<4x4xf32>) {
  // expected-error @+1 {{'vector.reduction' op unsupported reduction rank: 2}}
  %0 = vector.reduction <add>, %v : vector<4x4xf32> into f32
  return
}

// -----

func.func @reduction_kind(%v: vector<4xf32>) {
  // expected-error @+1 {{'vector.reduction' op unsupported reduction type: 'f32' for kind 'and'}}
  %0 = vector.reduction <and>, %v : vector<4xf32> into f32
  return
}

// -----

func.func @reduction_word(%v: vector<4xf32>) {
  // expected-error @+1 {{got 'sum'}}
  %0 = vector.reduction <sum>, %v : vector<4xf32> into f32
  return
}

// -----

func.func @multi_reduction(%v: vector<4x8xf32>, %a: vector<4xf32>) {
  // expected-error @+1 {{'vector.multi_reduction' op destination type 'vector<4xf32>' is incompatible with source type 'vector<4x8xf32>'}}
  %0 = vector.multi_reduction <add>, %v, %a [0] : vector<4x8xf32> to vector<4xf32>
  return
}

// -----

func.func @outerproduct(%v: vector<4x4xf32>) {
  // expected-error @+1 {{'vector.outerproduct' op expected 1-d vector for operand #1}}
  %0 = vector.outerproduct %v, %v : vector<4x4xf32>, vector<4x4xf32>
  return
}

// -----

func.func @extract(%v: vector<4x8xf32>) {
  // expected-error @+1 {{'vector.extract' op expected position attribute #2 to be a non-negative integer smaller than the corresponding vector dimension}}
  %0 = vector.extract %v[0, 8] : f32 from vector<4x8xf32>
  return
}

// -----

func.func @extract_rank(%v: vector<4xf32>) {
  // expected-error @+1 {{'vector.extract' op expected position attribute of rank no greater than vector rank}}
  %0 = vector.extract %v[0, 0] : f32 from vector<4xf32>
  return
}

// -----

func.func @insert(%v: vector<4x8xf32>, %x: f32) {
  // expected-error @+1 {{'vector.insert' op expected 'vector<8xf32>' at a position of 1 indices, but got 'f32'}}
  %0 = vector.insert %x, %v [0] : f32 into vector<4x8xf32>
  return
}

// -----

func.func @extractelement(%v: vector<4x8xf32>, %i: index) {
  // expected-error @+1 {{'vector.extractelement' op unexpected >1 vector rank}}
  %0 = vector.extractelement %v[%i : index] : vector<4x8xf32>
  return
}

// -----

func.func @create_mask(%n: index) {
  // expected-error @+1 {{'vector.create_mask' op must specify an operand for each result vector dimension}}
  %0 = vector.create_mask %n : vector<4x8xi1>
  return
}

// -----

func.func @constant_mask() {
  // expected-error @+1 {{'vector.constant_mask' op array attr of size out of bounds of vector result dimension size}}
  %0 = vector.constant_mask [5] : vector<4xi1>
  return
}

// -----

func.func @shape_cast(%v: vector<4x8xf32>) {
  // expected-error @+1 {{'vector.shape_cast' op source/result number of elements must match}}
  %0 = vector.shape_cast %v : vector<4x8xf32> to vector<16xf32>
  return
}

// -----

func.func @bitcast(%v: vector<4xf32>) {
  // expected-error @+1 {{'vector.bitcast' op source/result bitwidth of the minor 1-D vectors must be equal}}
  %0 = vector.bitcast %v : vector<4xf32> to vector<4xf64>
  return
}

// -----

func.func @shuffle(%v: vector<4xf32>) {
  // expected-error @+1 {{'vector.shuffle' op mask index #2 out of range}}
  %0 = vector.shuffle %v, %v [0, 8] : vector<4xf32>, vector<4xf32>
  return
}

// -----

func.func @transpose(%v: vector<4x8xf32>) {
  // expected-error @+1 {{'vector.transpose' op dimension size mismatch}}
  %0 = vector.transpose %v, [1, 0] : vector<4x8xf32> to vector<4x8xf32>
  return
}

// -----

func.func @slice(%v: vector<4xf32>) {
  // expected-error @+1 {{'vector.extract_strided_slice' op expected sum(offsets, sizes) dimension 0 to be confined to [1, 5)}}
  %0 = vector.extract_strided_slice %v {offsets = [3], sizes = [2], strides = [1]} : vector<4xf32> to vector<2xf32>
  return
}

// -----

func.func @insert_slice(%s: vector<4xf32>, %v: vector<4x8xf32>) {
  // expected-error @+1 {{'vector.insert_strided_slice' op expected offsets of same size as destination vector rank}}
  %0 = vector.insert_strided_slice %s, %v {offsets = [0], strides = [1]} : vector<4xf32> into vector<4x8xf32>
  return
}

// -----

func.func @step() {
  // expected-error @+1 {{'vector.step' op result #0 must be vector of index values of ranks 1, but got 'vector<4xi32>'}}
  %0 = vector.step : vector<4xi32>
  return
}

// -----

func.func @contract_maps(%a: vector<4xf32>, %b: vector<4xf32>, %c: f32) {
  // expected-error @+1 {{'vector.contract' op expected an indexing map for each vector operand}}
  %0 = vector.contract {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["reduction"], kind = #vector.kind<add>} %a, %b, %c : vector<4xf32>, vector<4xf32> into f32
  return
}

// -----

func.func @contract_sizes(%a: vector<4xf32>, %b: vector<5xf32>, %c: f32) {
  // expected-error @+1 {{'vector.contract' op invalid size 5 of operand #1 along dimension 0 of the contraction, which is 4 elsewhere}}
  %0 = vector.contract {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"], kind = #vector.kind<add>} %a, %b, %c : vector<4xf32>, vector<5xf32> into f32
  return
}

// -----

func.func @unmaskable(%a: vector<4xf32>, %m: vector<4xi1>) {
  // expected-error @+1 {{'vector.mask' op expects a MaskableOpInterface within the mask region, got 'arith.addf'}}
  %0 = vector.mask %m { arith.addf %a, %a : vector<4xf32> } : vector<4xi1> -> vector<4xf32>
  return
}

// -----

func.func @odd(%a: vector<5xf32>) {
  // expected-error @+1 {{'vector.deinterleave' op expected an even number of elements along the last dimension}}
  %0, %1 = vector.deinterleave %a : vector<5xf32> -> vector<2xf32>
  return
}

// -----

func.func @positions(%a: vector<4xf32>) {
  // expected-error @+1 {{'vector.shuffle' op attribute 'mask' failed to satisfy constraint: 64-bit integer array attribute}}
  %0 = vector.shuffle %a, %a [0, f32] : vector<4xf32>, vector<4xf32>
  return
}

// -----

func.func @bounds(%m: memref<8xf32>, %i: index, %p: f32) {
  // expected-error @+1 {{'vector.transfer_read' op attribute 'in_bounds' failed to satisfy constraint: 1-bit boolean array attribute}}
  %0 = vector.transfer_read %m[%i], %p {in_bounds = [4]} : memref<8xf32>, vector<4xf32>
  return
}

// -----

func.func @map_and_mask(%m: memref<8x8xf32>, %i: index, %p: f32, %k: vector<4xi1>) {
  // expected-error @+1 {{'vector.transfer_read' op requires a permutation_map with result dims of the same rank as the vector type}}
  %0 = vector.transfer_read %m[%i, %i], %p, %k {permutation_map = affine_map<(d0, d1) -> (d0, d1)>} : memref<8x8xf32>, vector<4xf32>
  return
}

// -----

#rows = affine_map<(i, j, k) -> (i, i)>
#columns = affine_map<(i, j, k) -> (k, j)>
#result = affine_map<(i, j, k) -> (i, j)>
func.func @same_dimension_twice(%a: vector<4x4xf32>) {
  // expected-error @+1 {{'vector.contract' op expected indexing map 0 to be a projected permutation of its inputs}}
  %0 = vector.contract {indexing_maps = [#rows, #columns, #result], iterator_types = ["parallel", "parallel", "reduction"]} %a, %a, %a : vector<4x4xf32>, vector<4x4xf32> into vector<4x4xf32>
  return
}

// -----

func.func @nontemporal_load(%m: memref<8xf32>, %i: index) {
  // expected-error @+1 {{'vector.load' op attribute 'nontemporal' failed to satisfy constraint: bool attribute}}
  %v = vector.load %m[%i] {nontemporal = 2} : memref<8xf32>, vector<4xf32>
  return
}

// -----

func.func @nontemporal_store(%m: memref<8xf32>, %i: index, %v: vector<4xf32>) {
  // expected-error @+1 {{'vector.store' op attribute 'nontemporal' failed to satisfy constraint: bool attribute}}
  vector.store %v, %m[%i] {nontemporal = 2} : memref<8xf32>, vector<4xf32>
  return
}
