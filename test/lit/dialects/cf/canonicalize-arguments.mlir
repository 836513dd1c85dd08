// RUN: irc-opt %s --canonicalize --allow-unregistered-dialect | filecheck %s

// What a loop carries only for itself is not carried.
// CHECK-LABEL: func.func @carried_for_nothing
// CHECK-NEXT: %c0_i32 = arith.constant 0 : i32
// CHECK-NEXT: %c1_i32 = arith.constant 1 : i32
// CHECK-NEXT: cf.br ^bb1(%c0_i32 : i32)
// CHECK-NEXT: ^bb1(%0: i32):  // 2 preds: ^bb0, ^bb2
// CHECK-NEXT: %1 = arith.cmpi slt, %0, %arg0 : i32
// CHECK-NEXT: cf.cond_br %1, ^bb2, ^bb3
// CHECK-NEXT: ^bb2:  // pred: ^bb1
// CHECK-NEXT: "test.work"(%0) : (i32) -> ()
// CHECK-NEXT: %2 = arith.addi %0, %c1_i32 : i32
// CHECK-NEXT: cf.br ^bb1(%2 : i32)
// CHECK-NEXT: ^bb3:  // pred: ^bb1
// CHECK-NEXT: return %0 : i32
func.func @carried_for_nothing(%n: i32, %x: f32) -> i32 {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  cf.br ^head(%c0, %x : i32, f32)
^head(%i: i32, %a: f32):
  %more = arith.cmpi slt, %i, %n : i32
  cf.cond_br %more, ^body, ^exit
^body:
  "test.work"(%i) : (i32) -> ()
  %j = arith.addi %i, %c1 : i32
  %b = arith.addf %a, %a : f32
  cf.br ^head(%j, %b : i32, f32)
^exit:
  return %i : i32
}

// CHECK-LABEL: func.func @unused_argument
// CHECK-NEXT: cf.cond_br %arg0, ^bb1, ^bb2(%arg2 : f32)
// CHECK-NEXT: ^bb1:  // pred: ^bb0
// CHECK-NEXT: "test.a"() : () -> ()
// CHECK-NEXT: cf.br ^bb2(%arg1 : f32)
// CHECK-NEXT: ^bb2(%0: f32):  // 2 preds: ^bb0, ^bb1
// CHECK-NEXT: "test.b"() : () -> ()
// CHECK-NEXT: return %0 : f32
func.func @unused_argument(%c: i1, %x: f32, %y: f32) -> f32 {
  cf.cond_br %c, ^a(%x : f32), ^b(%y : f32)
^a(%u: f32):
  "test.a"() : () -> ()
  cf.br ^b(%x : f32)
^b(%v: f32):
  "test.b"() : () -> ()
  return %v : f32
}
