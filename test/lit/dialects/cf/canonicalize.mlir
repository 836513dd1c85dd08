// RUN: irc-opt %s --canonicalize --allow-unregistered-dialect | filecheck %s

// CHECK-LABEL: func.func @same_block
// CHECK: %0 = arith.select %arg0, %arg1, %arg2 : i32
// CHECK-NEXT: return %0
func.func @same_block(%c: i1, %x: i32, %y: i32) -> i32 {
  cf.cond_br %c, ^bb1(%x : i32), ^bb1(%y : i32)
^bb1(%r: i32):
  return %r : i32
}

// CHECK-LABEL: func.func @known_behind
// CHECK-DAG: %true = arith.constant true
// CHECK-DAG: %false = arith.constant false
// CHECK: "test.use"(%true)
// CHECK: "test.use"(%false)
func.func @known_behind(%c: i1) {
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  "test.use"(%c) : (i1) -> ()
  return
^bb2:
  "test.use"(%c) : (i1) -> ()
  return
}

// CHECK-LABEL: func.func @assertion
// CHECK-NEXT: return
func.func @assertion() {
  %true = arith.constant true
  cf.assert %true, "holds"
  return
}

// CHECK-LABEL: func.func @switch_on_constant
// CHECK-NEXT: return %arg1
func.func @switch_on_constant(%x: i32, %y: i32) -> i32 {
  %n = arith.constant -2 : i32
  cf.switch %n : i32, [
    default: ^bb1(%x : i32),
    -2: ^bb1(%y : i32)
  ]
^bb1(%r: i32):
  return %r : i32
}

// A case that does what the default does is none, and a block that only branches on is skipped.
// CHECK-LABEL: func.func @switch_cases
// CHECK: cf.switch %arg0 : i32, [
// CHECK-NEXT: default: ^bb1,
// CHECK-NEXT: 7: ^bb2
// CHECK-NEXT: ]
func.func @switch_cases(%n: i32) {
  cf.switch %n : i32, [
    default: ^bb1,
    5: ^bb1,
    7: ^bb3
  ]
^bb1:
  "test.one"() : () -> ()
  return
^bb2:
  "test.two"() : () -> ()
  return
^bb3:
  cf.br ^bb2
}

// Behind the case 42 the number is 42.
// CHECK-LABEL: func.func @switch_twice
// CHECK: "test.seen"() : () -> ()
// CHECK-NEXT: "test.two"() : () -> ()
// CHECK-NOT: cf.switch
func.func @switch_twice(%n: i32) {
  cf.switch %n : i32, [
    default: ^bb1,
    42: ^bb3
  ]
^bb1:
  "test.one"() : () -> ()
  return
^bb2:
  "test.two"() : () -> ()
  return
^bb3:
  "test.seen"() : () -> ()
  cf.switch %n : i32, [
    default: ^bb1,
    42: ^bb2
  ]
}
