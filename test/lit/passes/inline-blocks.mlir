// A function of several blocks goes where blocks may stand; mutual recursion is left, and so is what would grow too big.
// RUN: irc-opt %s --inline | filecheck %s
// RUN: irc-opt %s --inline=max-size=8 | filecheck %s --check-prefix=SMALL

func.func private @abs(%x: i32) -> i32 {
  %c0 = arith.constant 0 : i32
  %n = arith.cmpi slt, %x, %c0 : i32
  cf.cond_br %n, ^neg, ^pos
^neg:
  %m = arith.subi %c0, %x : i32
  return %m : i32
^pos:
  return %x : i32
}

func.func @main(%x: i32, %c: i1) -> i32 {
  %y = call @abs(%x) : (i32) -> i32
  %z = scf.if %c -> (i32) {
    %w = call @abs(%y) : (i32) -> i32
    scf.yield %w : i32
  } else {
    scf.yield %y : i32
  }
  return %z : i32
}

func.func @even(%n: i32) -> i32 {
  %r = call @odd(%n) : (i32) -> i32
  return %r : i32
}

func.func @odd(%n: i32) -> i32 {
  %r = call @even(%n) : (i32) -> i32
  return %r : i32
}

func.func @asks(%n: i32) -> i32 {
  %r = call @even(%n) : (i32) -> i32
  return %r : i32
}

// CHECK-LABEL: func.func @main(
// CHECK-NEXT:  cf.br ^bb1(%arg0 : i32)
// CHECK-NEXT:  ^bb1(%0: i32):
// CHECK-NEXT:  %c0_i32 = arith.constant 0 : i32
// CHECK-NEXT:  %1 = arith.cmpi slt, %0, %c0_i32 : i32
// CHECK-NEXT:  cf.cond_br %1, ^bb2, ^bb3
// CHECK-NEXT:  ^bb2:
// CHECK-NEXT:  %2 = arith.subi %c0_i32, %0 : i32
// CHECK-NEXT:  cf.br ^bb4(%2 : i32)
// CHECK-NEXT:  ^bb3:
// CHECK-NEXT:  cf.br ^bb4(%0 : i32)
// CHECK-NEXT:  ^bb4(%3: i32):
// CHECK-NEXT:  %4 = scf.if %arg1 -> (i32) {
// CHECK-NEXT:  %5 = func.call @abs(%3) : (i32) -> i32
// CHECK-LABEL: func.func @even(
// CHECK-NEXT:  call @odd(%arg0)
// CHECK-LABEL: func.func @odd(
// CHECK-NEXT:  call @even(%arg0)
// CHECK-LABEL: func.func @asks(
// CHECK-NEXT:  call @even(%arg0)

// SMALL-LABEL: func.func @main(
// SMALL-NEXT:  call @abs(%arg0)
