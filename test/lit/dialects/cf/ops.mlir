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
// CHECK: ^bb2:  // pred: ^bb0
// CHECK: cf.br ^bb1(%arg1 : f32)
// CHECK: ^bb3(%1: f32, %2: f32):  // pred: ^bb1
// CHECK: return %2 : f32

func.func @switch(%n: i32, %l: i64, %x: f32) -> f32 {
  cf.switch %n : i32, [
    default: ^bb1(%x : f32),
    1: ^bb2,
    -2: ^bb3(%x, %n : f32, i32)
  ] {tag}
^bb1(%y: f32):
  cf.switch %l : i64, [
    default: ^bb2
  ]
^bb2:
  return %x : f32
^bb3(%a: f32, %b: i32):
  return %a : f32
}

// CHECK: cf.switch %arg0 : i32, [
// CHECK-NEXT: default: ^bb1(%arg2 : f32),
// CHECK-NEXT: 1: ^bb2,
// CHECK-NEXT: 4294967294: ^bb3(%arg2, %arg0 : f32, i32)
// CHECK-NEXT: ] {tag}
// CHECK: cf.switch %arg1 : i64, [
// CHECK-NEXT: default: ^bb2]
