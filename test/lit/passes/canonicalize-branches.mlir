// Branches that are decided at compile time, blocks that one branch leads to, and blocks that none does.
// RUN: irc-opt %s --canonicalize | filecheck %s

func.func @decided(%x: i32) -> i32 {
  %true = arith.constant true
  cf.cond_br %true, ^a(%x : i32), ^b
^a(%y: i32):
  cf.br ^c(%y : i32)
^b:
  %k = arith.constant 3 : i32
  cf.br ^c(%k : i32)
^c(%r: i32):
  return %r : i32
}

func.func @same_place(%c: i1, %x: i32) -> i32 {
  cf.cond_br %c, ^a(%x : i32), ^a(%x : i32)
^a(%r: i32):
  return %r : i32
}

func.func @other_value(%c: i1, %x: i32, %y: i32) -> i32 {
  cf.cond_br %c, ^a(%x : i32), ^a(%y : i32)
^a(%r: i32):
  return %r : i32
}

func.func @known(%c: i1, %x: i32, %y: i32) -> i32 {
  cf.cond_br %c, ^a, ^b
^a:
  cf.cond_br %c, ^c, ^d
^b:
  return %y : i32
^c:
  return %x : i32
^d:
  %z = arith.addi %x, %y : i32
  return %z : i32
}

func.func @unreachable_cycle(%x: i32) -> i32 {
  return %x : i32
^a(%i: i32):
  %j = arith.addi %i, %x : i32
  cf.br ^b(%j : i32)
^b(%k: i32):
  cf.br ^a(%k : i32)
}

func.func @forwarding(%c: i1, %d: i1, %x: i32, %y: i32) -> i32 {
  cf.cond_br %c, ^a, ^b
^a:
  %z = arith.addi %x, %y : i32
  cf.br ^f(%z : i32)
^b:
  %w = arith.subi %x, %y : i32
  cf.br ^f(%w : i32)
^f(%i: i32):
  cf.br ^e(%i, %x : i32, i32)
^e(%j: i32, %k: i32):
  %r = arith.muli %j, %k : i32
  cf.cond_br %d, ^e(%r, %k : i32, i32), ^end
^end:
  return %r : i32
}

func.func @endless(%x: i32) -> i32 {
  cf.br ^a
^a:
  cf.br ^b
^b:
  cf.br ^a
}

// CHECK-LABEL: func.func @decided(
// CHECK-NEXT:  return %arg0 : i32
// CHECK-LABEL: func.func @same_place(
// CHECK-NEXT:  return %arg1 : i32
// CHECK-LABEL: func.func @other_value(
// CHECK-NEXT:  %0 = arith.select %arg0, %arg1, %arg2 : i32
// CHECK-NEXT:  return %0 : i32
// CHECK-LABEL: func.func @known(
// CHECK-NEXT:  cf.cond_br %arg0, ^bb1, ^bb2
// CHECK-NEXT:  ^bb1:
// CHECK-NEXT:  return %arg1 : i32
// CHECK-NEXT:  ^bb2:
// CHECK-NEXT:  return %arg2 : i32
// CHECK-NEXT:  }
// CHECK-LABEL: func.func @unreachable_cycle(
// CHECK-NEXT:  return %arg0 : i32
// CHECK-NEXT:  }
// CHECK-LABEL: func.func @forwarding(
// CHECK:       arith.addi
// CHECK-NEXT:  cf.br ^bb[[LOOP:[0-9]+]](%0, %arg2 : i32, i32)
// CHECK:       arith.subi
// CHECK-NEXT:  cf.br ^bb[[LOOP]](%1, %arg2 : i32, i32)
// CHECK-NEXT:  ^bb[[LOOP]](
// CHECK-LABEL: func.func @endless(
// CHECK-NEXT:  cf.br ^bb1
// CHECK-NEXT:  ^bb1:
// CHECK-NEXT:  cf.br ^bb1
// CHECK-NEXT:  }
