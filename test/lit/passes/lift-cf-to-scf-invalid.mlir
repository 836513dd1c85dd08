// What has no structured form is told at the branch.
// RUN: irc-opt %s --split-input-file --verify-diagnostics --lift-cf-to-scf

func.func @endless(%x: memref<f64>, %v: f64) {
  cf.br ^a
^a:
  memref.store %v, %x[] : memref<f64>
  // expected-error @+1 {{'cf.br' op is part of a loop that is never left: it has no structured form}}
  cf.br ^a
}

// -----

func.func @wide(%n: i128) {
  // expected-error @+1 {{'cf.switch' op on 'i128' does not fit an 'scf.index_switch'}}
  cf.switch %n : i128, [default: ^a, 1: ^b]
^a:
  cf.br ^b
^b:
  return
}
