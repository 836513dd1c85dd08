// A value is known in the blocks and regions that its block dominates, not beside or after them.
// RUN: irc-opt %s --cse | filecheck %s

func.func @dominated(%c: i1, %a: f32) -> (f32, f32) {
  %x = arith.mulf %a, %a : f32
  cf.cond_br %c, ^l, ^r
^l:
  %y = arith.mulf %a, %a : f32
  %p = arith.addf %a, %a : f32
  cf.br ^end(%y, %p : f32, f32)
^r:
  %q = arith.addf %a, %a : f32
  cf.br ^end(%q, %q : f32, f32)
^end(%u: f32, %v: f32):
  %s = arith.addf %a, %a : f32
  %t = arith.mulf %a, %a : f32
  return %s, %t : f32, f32
}

func.func @arms(%c: i1, %a: f32) -> f32 {
  %r = scf.if %c -> (f32) {
    %x = arith.mulf %a, %a : f32
    scf.yield %x : f32
  } else {
    %y = arith.mulf %a, %a : f32
    scf.yield %y : f32
  }
  %z = arith.mulf %a, %a : f32
  %s = arith.addf %r, %z : f32
  return %s : f32
}

func.func @zeros() -> (f32, f32) {
  %a = arith.constant 0.0 : f32
  %b = arith.constant -0.0 : f32
  return %a, %b : f32, f32
}

// CHECK-LABEL: func.func @dominated(
// CHECK-NEXT:  %0 = arith.mulf %arg1, %arg1 : f32
// CHECK:       ^bb1:
// CHECK-NEXT:  %1 = arith.addf
// CHECK-NEXT:  cf.br ^bb3(%0, %1 : f32, f32)
// CHECK-NEXT:  ^bb2:
// CHECK-NEXT:  %2 = arith.addf
// CHECK:       ^bb3(%3
// CHECK-NEXT:  %5 = arith.addf
// CHECK-NEXT:  return %5, %0
// CHECK-LABEL: func.func @arms(
// CHECK-COUNT-3: arith.mulf
// CHECK-LABEL: func.func @zeros(
// CHECK:       return %cst, %cst_0
