// RUN: irc-opt %s --canonicalize --allow-unregistered-dialect | filecheck %s

// Of a result that both arms take from outside, only the choice is left.
// CHECK-LABEL: func.func @chosen
// CHECK-NEXT: %0 = arith.select %arg0, %arg1, %arg2 : f32
// CHECK-NEXT: return %0 : f32
func.func @chosen(%c: i1, %x: f32, %y: f32) -> f32 {
  %r = scf.if %c -> f32 {
    scf.yield %x : f32
  } else {
    scf.yield %y : f32
  }
  return %r : f32
}

// What nobody uses is no result.
// CHECK-LABEL: func.func @partly_chosen
// CHECK-NEXT: %0 = arith.select %arg0, %arg1, %arg2 : f32
// CHECK-NEXT: %1 = scf.if %arg0 -> (f32) {
// CHECK-NEXT: %2 = "test.a"() : () -> f32
// CHECK-NEXT: scf.yield %2 : f32
// CHECK-NEXT: } else {
// CHECK-NEXT: %2 = "test.b"() : () -> f32
// CHECK-NEXT: scf.yield %2 : f32
// CHECK-NEXT: }
// CHECK-NEXT: return %0, %1 : f32, f32
func.func @partly_chosen(%c: i1, %x: f32, %y: f32) -> (f32, f32) {
  %r:3 = scf.if %c -> (f32, f32, f32) {
    %z = "test.a"() : () -> f32
    scf.yield %x, %z, %y : f32, f32, f32
  } else {
    %w = "test.b"() : () -> f32
    scf.yield %y, %w, %w : f32, f32, f32
  }
  return %r#0, %r#1 : f32, f32
}

// CHECK-LABEL: func.func @known_inside
// CHECK-NEXT: %true = arith.constant true
// CHECK-NEXT: %false = arith.constant false
// CHECK-NEXT: scf.if %arg0 {
// CHECK-NEXT: "test.use"(%true) : (i1) -> ()
// CHECK-NEXT: "test.a"() : () -> ()
// CHECK-NEXT: } else {
// CHECK-NEXT: "test.use"(%false) : (i1) -> ()
// CHECK-NEXT: "test.b"() : () -> ()
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @known_inside(%c: i1) {
  scf.if %c {
    "test.use"(%c) : (i1) -> ()
    scf.if %c {
      "test.a"() : () -> ()
    } else {
      "test.b"() : () -> ()
    }
  } else {
    "test.use"(%c) : (i1) -> ()
    scf.if %c {
      "test.a"() : () -> ()
    } else {
      "test.b"() : () -> ()
    }
  }
  return
}

// CHECK-LABEL: func.func @negated
// CHECK-NEXT: scf.if %arg0 {
// CHECK-NEXT: "test.b"() : () -> ()
// CHECK-NEXT: } else {
// CHECK-NEXT: "test.a"() : () -> ()
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @negated(%c: i1) {
  %true = arith.constant true
  %n = arith.xori %c, %true : i1
  scf.if %n {
    "test.a"() : () -> ()
  } else {
    "test.b"() : () -> ()
  }
  return
}

// CHECK-LABEL: func.func @empty_else
// CHECK-NEXT: scf.if %arg0 {
// CHECK-NEXT: "test.a"() : () -> ()
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @empty_else(%c: i1) {
  scf.if %c {
    "test.a"() : () -> ()
  } else {
  }
  return
}

// CHECK-LABEL: func.func @one_in_another
// CHECK-NEXT: %0 = arith.andi %arg0, %arg1 : i1
// CHECK-NEXT: %1 = scf.if %0 -> (f32) {
// CHECK-NEXT: %2 = "test.a"() : () -> f32
// CHECK-NEXT: scf.yield %2 : f32
// CHECK-NEXT: } else {
// CHECK-NEXT: scf.yield %arg2 : f32
// CHECK-NEXT: }
// CHECK-NEXT: return %1 : f32
func.func @one_in_another(%c: i1, %d: i1, %x: f32) -> f32 {
  %r = scf.if %c -> f32 {
    %q = scf.if %d -> f32 {
      %z = "test.a"() : () -> f32
      scf.yield %z : f32
    } else {
      scf.yield %x : f32
    }
    scf.yield %q : f32
  } else {
    scf.yield %x : f32
  }
  return %r : f32
}

// CHECK-LABEL: func.func @one_after_another
// CHECK-NEXT: %0:2 = scf.if %arg0 -> (f32, f32) {
// CHECK-NEXT: %1 = "test.a"() : () -> f32
// CHECK-NEXT: %2 = "test.c"(%1) : (f32) -> f32
// CHECK-NEXT: scf.yield %1, %2 : f32, f32
// CHECK-NEXT: } else {
// CHECK-NEXT: %1 = "test.b"() : () -> f32
// CHECK-NEXT: %2 = "test.d"(%1) : (f32) -> f32
// CHECK-NEXT: scf.yield %1, %2 : f32, f32
// CHECK-NEXT: }
// CHECK-NEXT: return %0#0, %0#1 : f32, f32
func.func @one_after_another(%c: i1) -> (f32, f32) {
  %r = scf.if %c -> f32 {
    %z = "test.a"() : () -> f32
    scf.yield %z : f32
  } else {
    %w = "test.b"() : () -> f32
    scf.yield %w : f32
  }
  %s = scf.if %c -> f32 {
    %z = "test.c"(%r) : (f32) -> f32
    scf.yield %z : f32
  } else {
    %w = "test.d"(%r) : (f32) -> f32
    scf.yield %w : f32
  }
  return %r, %s : f32, f32
}

// CHECK-LABEL: func.func @opposite_after_another
// CHECK-NEXT: scf.if %arg0 {
// CHECK-NEXT: "test.a"() : () -> ()
// CHECK-NEXT: } else {
// CHECK-NEXT: "test.b"() : () -> ()
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @opposite_after_another(%c: i1) {
  %true = arith.constant true
  %n = arith.xori %c, %true : i1
  scf.if %c {
    "test.a"() : () -> ()
  }
  scf.if %n {
    "test.b"() : () -> ()
  }
  return
}

// CHECK-LABEL: func.func @decided_switch
// CHECK-NEXT: %0 = "test.b"() : () -> f32
// CHECK-NEXT: return %0 : f32
func.func @decided_switch() -> f32 {
  %c1 = arith.constant 1 : index
  %r = scf.index_switch %c1 -> f32
  case 0 {
    %a = "test.a"() : () -> f32
    scf.yield %a : f32
  }
  case 1 {
    %a = "test.b"() : () -> f32
    scf.yield %a : f32
  }
  default {
    %a = "test.c"() : () -> f32
    scf.yield %a : f32
  }
  return %r : f32
}

// CHECK-LABEL: func.func @one_block
// CHECK-NEXT: %0 = "test.a"() : () -> f32
// CHECK-NEXT: return %0 : f32
func.func @one_block() -> f32 {
  %r = scf.execute_region -> f32 {
    %a = "test.a"() : () -> f32
    scf.yield %a : f32
  }
  return %r : f32
}

// CHECK-LABEL: func.func @several_blocks
// CHECK-NEXT: cf.cond_br %arg0, ^bb1, ^bb2
// CHECK-NEXT: ^bb1:  // pred: ^bb0
// CHECK-NEXT: %0 = "test.a"() : () -> f32
// CHECK-NEXT: cf.br ^bb3(%0 : f32)
// CHECK-NEXT: ^bb2:  // pred: ^bb0
// CHECK-NEXT: %1 = "test.b"() : () -> f32
// CHECK-NEXT: cf.br ^bb3(%1 : f32)
// CHECK-NEXT: ^bb3(%2: f32):  // 2 preds: ^bb1, ^bb2
// CHECK-NEXT: return %2 : f32
func.func @several_blocks(%c: i1) -> f32 {
  %r = scf.execute_region -> f32 {
    cf.cond_br %c, ^bb1, ^bb2
  ^bb1:
    %x = "test.a"() : () -> f32
    scf.yield %x : f32
  ^bb2:
    %y = "test.b"() : () -> f32
    scf.yield %y : f32
  }
  return %r : f32
}
