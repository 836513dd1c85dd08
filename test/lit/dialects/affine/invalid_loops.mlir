// RUN: irc-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

func.func @symbol(%n: index) {
  affine.for %i = 0 to 10 {
    // expected-error @+1 {{'affine.for' op operand cannot be used as a symbol}}
    affine.for %j = 0 to %i {
    }
  }
  return
}

// -----

func.func @dimension(%n: index) {
  affine.for %i = 0 to 10 {
    %k = arith.muli %i, %i : index
    // expected-error @+1 {{'affine.for' op operand cannot be used as a dimension id}}
    affine.for %j = 0 to affine_map<(d0) -> (d0)>(%k) {
    }
  }
  return
}

// -----

// The size of a buffer is no symbol where it depends on a loop.
func.func @size() {
  affine.for %i = 0 to 10 {
    %c0 = arith.constant 0 : index
    %m = memref.alloc(%i) : memref<?xf32>
    %n = memref.dim %m, %c0 : memref<?xf32>
    // expected-error @+1 {{'affine.for' op operand cannot be used as a symbol}}
    affine.for %j = 0 to %n {
    }
  }
  return
}

// -----

func.func @prefix(%n: index) {
  // expected-error @+1 {{lower loop bound affine map with multiple results requires 'max' prefix}}
  affine.for %i = affine_map<()[s0] -> (s0, 2)>()[%n] to 10 {
  }
  return
}

// -----

func.func @bound(%n: index) {
  // expected-error @+1 {{expected valid affine map representation for loop bounds}}
  affine.for %i = 0 to affine_set<(d0) : (d0 >= 0)>(%n) {
  }
  return
}

// -----

func.func @bound_dimensions(%n: index) {
  // expected-error @+1 {{dimension operand count and integer set or map dim count must match}}
  affine.for %i = 0 to affine_map<(d0) -> (d0)>(%n, %n) {
  }
  return
}

// -----

func.func @bound_symbols(%n: index) {
  // expected-error @+1 {{symbol operand count and affine map symbol count must match}}
  affine.for %i = 0 to affine_map<(d0)[s0] -> (d0)>(%n) {
  }
  return
}

// -----

func.func @step() {
  // expected-error @+1 {{expected step to be representable as a positive signed integer}}
  affine.for %i = 0 to 10 step -1 {
  }
  return
}

// -----

func.func @carried(%x: f32) {
  // expected-error @+1 {{mismatch between the number of loop-carried values and results}}
  %0:2 = affine.for %i = 0 to 10 iter_args(%a = %x) -> (f32, f32) {
    affine.yield %a : f32
  }
  return
}

// -----

func.func @yielded(%x: f32, %n: index) {
  affine.for %i = 0 to 10 iter_args(%a = %x) -> (f32) {
    // expected-error @+1 {{'affine.yield' op types mismatch between yield op and its parent}}
    affine.yield %n : index
  }
  return
}

// -----

func.func @yields_nothing(%x: f32, %n: index) {
  affine.for %i = 0 to 10 iter_args(%a = %x) -> (f32) {
    // expected-error @+1 {{'affine.yield' op parent of yield must have same number of results as the yield operands}}
    affine.yield
  }
  return
}

// -----

func.func @yields_elsewhere() {
  scf.execute_region {
    // expected-error @+1 {{'affine.yield' op only terminates affine.if/for/parallel regions}}
    affine.yield
  }
  return
}

// -----

func.func @no_variable() {
  // expected-error @+1 {{'affine.for' op expected body to have a single index argument for the induction variable}}
  "affine.for"() <{lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 0>, step = 1 : index, upperBoundMap = affine_map<() -> (3)>}> ({
    affine.yield
  }) : () -> ()
  return
}

// -----

func.func @no_body() {
  // expected-error @+1 {{'affine.for' op region #0 ('region') failed to verify constraint: region with 1 blocks}}
  "affine.for"() <{lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 0>, step = 1 : index, upperBoundMap = affine_map<() -> (3)>}> ({

  }) : () -> ()
  return
}

// -----

func.func @operands() {
  // expected-error @+1 {{'affine.for' op operand count and affine map dimension and symbol count must match}}
  "affine.for"() <{lowerBoundMap = affine_map<(d0) -> (d0)>, operandSegmentSizes = array<i32: 0, 0, 0>, step = 1 : index, upperBoundMap = affine_map<() -> (3)>}> ({
  ^bb0(%i: index):
    affine.yield
  }) : () -> ()
  return
}

// -----

func.func @carried_arguments(%x: f32) {
  // expected-error @+1 {{'affine.for' op different number of inits and region iter_args: 1 != 0}}
  %0 = "affine.for"(%x) <{lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 1>, step = 1 : index, upperBoundMap = affine_map<() -> (3)>}> ({
  ^bb0(%i: index):
    affine.yield %x : f32
  }) : (f32) -> f32
  return
}

// -----

func.func @carried_types(%x: f32) {
  // expected-error @+1 {{'affine.for' op 0-th init and 0-th region iter_arg have different type: 'f32' != 'i32'}}
  %0 = "affine.for"(%x) <{lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 1>, step = 1 : index, upperBoundMap = affine_map<() -> (3)>}> ({
  ^bb0(%i: index, %a: i32):
    affine.yield %x : f32
  }) : (f32) -> f32
  return
}

// -----

func.func @results(%x: f32) {
  // expected-error @+1 {{'affine.for' op 0-th init and 0-th result have different type: 'f32' != 'i32'}}
  %0 = "affine.for"(%x) <{lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 1>, step = 1 : index, upperBoundMap = affine_map<() -> (3)>}> ({
  ^bb0(%i: index, %a: f32):
    affine.yield %x : f32
  }) : (f32) -> i32
  return
}

// -----

func.func @ends() {
  // expected-error @+1 {{'affine.for' op expects regions to end with 'affine.yield', found 'test.op'}}
  "affine.for"() <{lowerBoundMap = affine_map<() -> (0)>, operandSegmentSizes = array<i32: 0, 0, 0>, step = 1 : index, upperBoundMap = affine_map<() -> (3)>}> ({
  ^bb0(%i: index):
    "test.op"() : () -> ()
  }) : () -> ()
  return
}

// -----

func.func @condition() {
  // expected-error @+1 {{'affine.if' op requires an integer set attribute named 'condition'}}
  "affine.if"() ({
    affine.yield
  }, {
  }) : () -> ()
  return
}

// -----

func.func @not_a_set(%n: index) {
  // expected-error @+1 {{expected an integer set}}
  affine.if affine_map<(d0) -> (d0)>(%n) {
  }
  return
}

// -----

func.func @condition_operands(%n: index) {
  // expected-error @+1 {{'affine.if' op operand count and condition integer set dimension and symbol count must match}}
  affine.if affine_set<(d0)[s0] : (d0 >= 0)>(%n) {
  }
  return
}

// -----

func.func @no_else(%n: index, %x: f32) {
  // expected-error @+1 {{'affine.if' op must have an else block if defining values}}
  %0 = affine.if affine_set<(d0) : (d0 >= 0)>(%n) -> f32 {
    affine.yield %x : f32
  }
  return
}

// -----

func.func @no_then() {
  // expected-error @+1 {{'affine.if' op region #0 ('thenRegion') failed to verify constraint: region with 1 blocks}}
  "affine.if"() ({
  }, {
  }) {condition = affine_set<() : (0 == 0)>} : () -> ()
  return
}

// -----

func.func @subscripts(%m: memref<4x4xf32>) {
  affine.for %i = 0 to 10 {
    // expected-error @+1 {{'affine.load' op affine map num results must equal memref rank}}
    %0 = affine.load %m[%i] : memref<4x4xf32>
  }
  return
}

// -----

func.func @index(%m: memref<4xf32>) {
  affine.for %i = 0 to 10 {
    %k = arith.muli %i, %i : index
    // expected-error @+1 {{'affine.load' op index must be a valid dimension or symbol identifier}}
    %0 = affine.load %m[%k] : memref<4xf32>
  }
  return
}

// -----

func.func @product(%m: memref<4xf32>) {
  affine.for %i = 0 to 10 {
    // expected-error @+1 {{non-affine expression: at least one of the multiply operands has to be a constant or symbolic}}
    %0 = affine.load %m[%i * %i] : memref<4xf32>
  }
  return
}

// -----

func.func @map_operands(%m: memref<4xf32>, %n: index) {
  // expected-error @+1 {{'affine.load' op expects as many subscripts as affine map inputs}}
  %0 = "affine.load"(%m, %n, %n) <{map = affine_map<(d0) -> (d0)>}> : (memref<4xf32>, index, index) -> f32
  return
}

// -----

func.func @loaded(%m: memref<4xf32>, %n: index) {
  // expected-error @+1 {{'affine.load' op result type must match element type of memref}}
  %0 = "affine.load"(%m, %n) <{map = affine_map<(d0) -> (d0)>}> : (memref<4xf32>, index) -> f64
  return
}

// -----

func.func @stored(%m: memref<4xf32>, %n: index) {
  // expected-error @+1 {{'affine.store' op value to store must have the same type as memref element type}}
  "affine.store"(%n, %m, %n) <{map = affine_map<(d0) -> (d0)>}> : (index, memref<4xf32>, index) -> ()
  return
}

// -----

func.func @vector_element(%m: memref<100xf32>, %n: index) {
  // expected-error @+1 {{'affine.vector_load' op requires memref and vector types of the same elemental type}}
  %0 = affine.vector_load %m[%n] : memref<100xf32>, vector<8xf64>
  return
}

// -----

func.func @no_vector(%m: memref<100xf32>, %n: index, %x: f32) {
  // expected-error @+1 {{'affine.vector_store' op operand #0 must be vector of any type values, but got 'f32'}}
  affine.vector_store %x, %m[%n] : memref<100xf32>, f32
  return
}

// -----

func.func @locality(%m: memref<100xf32>, %n: index) {
  // expected-error @+1 {{'affine.prefetch' op attribute 'localityHint' failed to satisfy constraint: 32-bit signless integer attribute whose minimum value is 0 whose maximum value is 3}}
  affine.prefetch %m[%n], read, locality<4>, data : memref<100xf32>
  return
}

// -----

func.func @groups(%n: index) {
  // expected-error @+1 {{'affine.parallel' op the number of region arguments (1) and the number of map groups for lower (2) and upper bound (1), and the number of steps (1) must all match}}
  affine.parallel (%i) = (0, 1) to (10) {
  }
  return
}

// -----

func.func @bounds() {
  // expected-error @+1 {{'affine.parallel' op the number of lower bounds (1) must match that of their groups}}
  "affine.parallel"() <{lowerBoundsGroups = dense<2> : tensor<1xi32>, lowerBoundsMap = affine_map<() -> (0)>, reductions = [], steps = [1], upperBoundsGroups = dense<1> : tensor<1xi32>, upperBoundsMap = affine_map<() -> (10)>}> ({
  ^bb0(%i: index):
    affine.yield
  }) : () -> ()
  return
}

// -----

func.func @reduction(%x: f32) {
  // expected-error @+1 {{invalid reduction value: "foo"}}
  %0 = affine.parallel (%i) = (0) to (10) reduce ("foo") -> f32 {
    affine.yield %x : f32
  }
  return
}

// -----

func.func @reduction_type(%x: i32) {
  // expected-error @+1 {{'affine.parallel' op result type cannot match reduction attribute}}
  %0 = affine.parallel (%i) = (0) to (10) reduce ("maxs") -> i32 {
    affine.yield %x : i32
  }
  return
}

// -----

func.func @reductions(%x: f32) {
  // expected-error @+1 {{'affine.parallel' op a reduction must be specified for each output}}
  %0:2 = affine.parallel (%i) = (0) to (10) reduce ("addf") -> (f32, f32) {
    affine.yield %x, %x : f32, f32
  }
  return
}

// -----

func.func @strides(%a: memref<64xf32>, %tag: memref<1xi32>, %n: index) {
  // expected-error @+1 {{expected two stride related operands}}
  affine.dma_start %a[%n], %a[%n], %tag[0], %n, %n : memref<64xf32>, memref<64xf32>, memref<1xi32>
  return
}

// -----

func.func @dma_target(%a: memref<64xf32>, %x: f32, %tag: memref<1xi32>, %n: index) {
  // expected-error @+1 {{'affine.dma_start' op expected DMA destination to be of memref type}}
  affine.dma_start %a[%n], %x[%n], %tag[0], %n : memref<64xf32>, f32, memref<1xi32>
  return
}

// -----

func.func @dma_index(%a: memref<64xf32>, %tag: memref<1xi32>, %n: index) {
  affine.for %i = 0 to 10 {
    %k = arith.muli %i, %i : index
    // expected-error @+1 {{'affine.dma_start' op dst index must be a valid dimension or symbol identifier}}
    affine.dma_start %a[%i], %a[%k], %tag[0], %n : memref<64xf32>, memref<64xf32>, memref<1xi32>
  }
  return
}

// -----

func.func @dma_map(%tag: memref<1xi32>, %n: index) {
  // expected-error @+1 {{'affine.dma_wait' op requires an affine map attribute named 'tag_map'}}
  "affine.dma_wait"(%tag, %n) : (memref<1xi32>, index) -> ()
  return
}

// -----

func.func @dma_operands(%tag: memref<1xi32>, %n: index) {
  // expected-error @+1 {{'affine.dma_wait' op incorrect number of operands}}
  "affine.dma_wait"(%tag) {tag_map = affine_map<(d0) -> (d0)>} : (memref<1xi32>) -> ()
  return
}

// -----

func.func @basis(%k: index) {
  // expected-error @+1 {{'affine.delinearize_index' op should return an index for each basis element}}
  %0 = affine.delinearize_index %k into (%k, %k) : index
  return
}
