// Branches with and without operands, and assertions.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @branches(%c: i1, %x: f32) -> f32 {
  cf.cond_br %c, ^bb1(%x : f32), ^bb2
^bb1(%y: f32):
  cf.assert %c, "must hold"
  cf.br ^bb3(%y, %y : f32, f32)
^bb2:
  cf.br ^bb1(%x : f32)
^bb3(%a: f32, %b: f32):
  return %b : f32
}

// CHECK: func.func @branches(%arg0: i1, %arg1: f32) -> f32 {
// CHECK: cf.cond_br %arg0, ^bb1(%arg1 : f32), ^bb2
// CHECK: ^bb1(%0: f32):  // 2 preds: ^bb0, ^bb2
// CHECK: cf.assert %arg0, "must hold"
// CHECK: cf.br ^bb3(%0, %0 : f32, f32)
// CHECK: ^bb2:  // 1 pred: ^bb0
// CHECK: cf.br ^bb1(%arg1 : f32)
// CHECK: ^bb3(%1: f32, %2: f32):  // 1 pred: ^bb1
// CHECK: return %2 : f32
