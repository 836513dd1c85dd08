// RUN: irc-opt %s --scf-to-cf | filecheck %s

// A header compares, the body steps the counter and jumps back; carried values are arguments of the header, and the results.
// CHECK-LABEL: func.func @for
// CHECK: cf.br ^[[HEADER:bb[0-9]+]](%[[LOW:.+]], %{{.+}} : index, f32)
// CHECK: ^[[HEADER]](%[[I:.+]]: index, %[[A:.+]]: f32):
// CHECK: %[[C:.+]] = arith.cmpi slt, %[[I]], %{{.+}} : index
// CHECK: cf.cond_br %[[C]], ^[[BODY:bb[0-9]+]], ^[[END:bb[0-9]+]]{{$}}
// CHECK: ^[[BODY]]:
// CHECK: %[[B:.+]] = arith.addf %[[A]], %[[A]] : f32
// CHECK: %[[NEXT:.+]] = arith.addi %[[I]], %{{.+}} : index
// CHECK: cf.br ^[[HEADER]](%[[NEXT]], %[[B]] : index, f32)
// CHECK: ^[[END]]:
// CHECK: return %[[A]] : f32
func.func @for(%n: index, %x: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (f32) {
    %b = arith.addf %a, %a : f32
    scf.yield %b : f32
  }
  return %r : f32
}

// What is known to run needs no header: the body compares, and what it yields are the results.
// CHECK-LABEL: func.func @runs
// CHECK: cf.br ^[[BODY:bb[0-9]+]](%{{.+}}, %arg0 : index, f32)
// CHECK-NEXT: ^[[BODY]](%[[I:.+]]: index, %[[A:.+]]: f32):
// CHECK: %[[B:.+]] = arith.addf %[[A]], %[[A]] : f32
// CHECK: %[[NEXT:.+]] = arith.addi %[[I]], %{{.+}} : index
// CHECK: %[[C:.+]] = arith.cmpi slt, %[[NEXT]], %{{.+}} : index
// CHECK: cf.cond_br %[[C]], ^[[BODY]](%[[NEXT]], %[[B]] : index, f32), ^[[END:bb[0-9]+]]
// CHECK-NEXT: ^[[END]]:
// CHECK-NEXT: return %[[B]] : f32
func.func @runs(%x: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c5 step %c2 iter_args(%a = %x) -> (f32) {
    %b = arith.addf %a, %a : f32
    scf.yield %b : f32
  }
  return %r : f32
}

// Values that change places do so when the next step begins.
// CHECK-LABEL: func.func @swaps
// CHECK: ^[[BODY:bb[0-9]+]](%[[I:.+]]: index, %[[A:.+]]: f32, %[[B:.+]]: f32):
// CHECK: cf.cond_br %{{.+}}, ^[[BODY]](%{{.+}}, %[[B]], %[[A]] : index, f32, f32), ^[[END:bb[0-9]+]]
// CHECK: return %[[B]], %[[A]] : f32, f32
func.func @swaps(%x: f32, %y: f32) -> (f32, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %r:2 = scf.for %i = %c0 to %c5 step %c1 iter_args(%a = %x, %b = %y) -> (f32, f32) {
    scf.yield %b, %a : f32, f32
  }
  return %r#0, %r#1 : f32, f32
}

// CHECK-LABEL: func.func @if
// CHECK: cf.cond_br %arg0, ^[[THEN:bb[0-9]+]], ^[[ELSE:bb[0-9]+]]
// CHECK: ^[[THEN]]:
// CHECK: cf.br ^[[END:bb[0-9]+]](%arg1 : f32)
// CHECK: ^[[ELSE]]:
// CHECK: cf.br ^[[END]](%arg2 : f32)
// CHECK: ^[[END]](%[[R:.+]]: f32):
// CHECK: return %[[R]]
func.func @if(%c: i1, %x: f32, %y: f32) -> f32 {
  %r = scf.if %c -> (f32) {
    scf.yield %x : f32
  } else {
    scf.yield %y : f32
  }
  return %r : f32
}

// Without an else region the condition branches past the only one.
// CHECK-LABEL: func.func @if_without_else
// CHECK: cf.cond_br %arg0, ^[[THEN:bb[0-9]+]], ^[[END:bb[0-9]+]]
// CHECK: ^[[THEN]]:
// CHECK: memref.store
// CHECK: cf.br ^[[END]]
// CHECK: ^[[END]]:
// CHECK-NEXT: return
func.func @if_without_else(%c: i1, %x: f32, %m: memref<f32>) {
  scf.if %c {
    memref.store %x, %m[] : memref<f32>
  }
  return
}

// CHECK-LABEL: func.func @while
// CHECK: cf.br ^[[BEFORE:bb[0-9]+]](%arg0 : i32)
// CHECK: ^[[BEFORE]](%[[A:.+]]: i32):
// CHECK: cf.cond_br %{{.+}}, ^[[AFTER:bb[0-9]+]], ^[[END:bb[0-9]+]]{{$}}
// CHECK: ^[[AFTER]]:
// CHECK: %[[D:.+]] = arith.addi %[[A]], %[[A]] : i32
// CHECK: cf.br ^[[BEFORE]](%[[D]] : i32)
// CHECK: ^[[END]]:
// CHECK: return %[[A]]
func.func @while(%x: i32, %n: i32) -> i32 {
  %r = scf.while (%a = %x) : (i32) -> i32 {
    %c = arith.cmpi slt, %a, %n : i32
    scf.condition(%c) %a : i32
  } do {
  ^bb0(%b: i32):
    %d = arith.addi %b, %b : i32
    scf.yield %d : i32
  }
  return %r : i32
}

// CHECK-LABEL: func.func @nested
// CHECK-NOT: scf.
// CHECK: return
func.func @nested(%n: index, %c: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    scf.if %c {
      scf.for %j = %c0 to %i step %c1 {
        scf.yield
      }
    }
  }
  return
}

// CHECK-LABEL: func.func @switch
// CHECK: arith.cmpi eq, %arg0, %{{.+}} : index
// CHECK: cf.cond_br %{{.+}}, ^[[TWO:bb[0-9]+]], ^[[REST:bb[0-9]+]]
// CHECK: ^[[TWO]]:
// CHECK: cf.br ^[[END:bb[0-9]+]](%arg1 : f32)
// CHECK: ^[[DEFAULT:bb[0-9]+]]:
// CHECK: cf.br ^[[END]](%arg2 : f32)
// CHECK: ^[[REST]]:
// CHECK: cf.br ^[[DEFAULT]]
// CHECK: ^[[END]](%{{.+}}: f32):
func.func @switch(%i: index, %x: f32, %y: f32) -> f32 {
  %r = scf.index_switch %i -> f32
  case 2 {
    scf.yield %x : f32
  }
  default {
    scf.yield %y : f32
  }
  return %r : f32
}
