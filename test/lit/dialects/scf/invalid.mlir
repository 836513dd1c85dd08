// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%n: index, %a: f32) {
  // expected-error @+1 {{yielded values: type mismatch at position 0: expected 'f32', got 'index'}}
  %0 = scf.for %i = %n to %n step %n iter_args(%x = %a) -> (f32) {
    scf.yield %i : index
  }
  return
}

// -----

func.func @f(%c: i1) {
  // expected-error @+1 {{must have an else block if defining values}}
  %0 = scf.if %c -> (i1) {
    scf.yield %c : i1
  }
  return
}

// -----

func.func @f(%n: index, %a: f32) {
  // expected-error @+1 {{expected 1 types for the iter_args, got 0}}
  %0 = scf.for %i = %n to %n step %n iter_args(%x = %a) {
    scf.yield %x : f32
  }
  return
}

// -----

func.func @f(%a: f32) {
  // expected-error @+1 {{expects the 'before' region to terminate with 'scf.condition'}}
  %0 = scf.while (%x = %a) : (f32) -> f32 {
    scf.yield %x : f32
  } do {
  ^bb0(%y: f32):
    scf.yield %y : f32
  }
  return
}

// -----

func.func @reduced(%a: index, %x: f32) {
  // expected-error @+1 {{'scf.parallel' op expects number of results: 1 to be the same as number of reductions: 0, with the types of the initial values}}
  %0 = scf.parallel (%i) = (%a) to (%a) step (%a) init (%x) -> f32 {
    scf.reduce
  }
  return
}

// -----

func.func @mapped(%n: index) {
  // expected-error @+1 {{'scf.forall' op mapping attribute size must match op rank}}
  scf.forall (%i) in (%n) {
  } {mapping = []}
  return
}

// -----

func.func @in_parallel(%n: index, %t: tensor<4xf32>) {
  scf.forall (%i) in (%n) {
    // expected-error @+1 {{'scf.forall.in_parallel' op expected only tensor.parallel_insert_slice ops, got 'arith.addi'}}
    scf.forall.in_parallel {
      %0 = arith.addi %n, %n : index
    }
  }
  return
}

// -----

func.func @step(%a: index) {
  %zero = arith.constant 0 : index
  // expected-error @+1 {{'scf.parallel' op constant step operand must be positive}}
  scf.parallel (%i) = (%a) to (%a) step (%zero) {
    scf.reduce
  }
  return
}

// -----

func.func @output(%n: index, %t: tensor<4xf32>) {
  scf.forall (%i) in (%n) {
    // expected-error @+1 {{'scf.forall.in_parallel' op may only insert into an output block argument}}
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %t into %t[0] [4] [1] : tensor<4xf32> into tensor<4xf32>
    }
  }
  return
}

// -----

func.func @case_without_terminator(%n: index) {
  // expected-error @+1 {{'scf.index_switch' op expects each region to end with 'scf.yield'}}
  scf.index_switch %n
  case 0 {
  }
  default {
  }
  return
}
