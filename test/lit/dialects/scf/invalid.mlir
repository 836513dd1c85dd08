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
