// Loops, branches, switches, regions; terminators without operands may be left out.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @all(%a: f32, %n: index, %k: i32, %c: i1) -> f32 {
  %0 = scf.for %i = %n to %n step %n iter_args(%x = %a) -> (f32) {
    scf.yield %x : f32
  }
  scf.for %i = %k to %k step %k : i32 {
  }
  %1 = scf.if %c -> (f32) {
    scf.yield %a : f32
  } else {
    scf.yield %0 : f32
  }
  scf.if %c {
    nd.print "yes"
  }
  scf.if %c {
  } else {
    nd.print "no"
  }
  %2 = scf.while (%x = %a) : (f32) -> f32 {
    scf.condition(%c) %x : f32
  } do {
  ^bb0(%y: f32):
    scf.yield %y : f32
  }
  %3 = scf.index_switch %n -> f32
  case 2 {
    scf.yield %1 : f32
  }
  default {
    scf.yield %2 : f32
  }
  %4 = scf.execute_region -> f32 {
    scf.yield %3 : f32
  }
  return %4 : f32
}

// CHECK: func.func @all(%arg0: f32, %arg1: index, %arg2: i32, %arg3: i1) -> f32 {
// CHECK: %0 = scf.for %arg4 = %arg1 to %arg1 step %arg1 iter_args(%arg5 = %arg0) -> (f32) {
// CHECK: scf.yield %arg5 : f32
// CHECK: scf.for %arg4 = %arg2 to %arg2 step %arg2 : i32 {
// CHECK: %1 = scf.if %arg3 -> (f32) {
// CHECK: scf.yield %arg0 : f32
// CHECK: } else {
// CHECK: scf.yield %0 : f32
// CHECK: scf.if %arg3 {
// CHECK: nd.print "yes"
// CHECK: scf.if %arg3 {
// CHECK: } else {
// CHECK: nd.print "no"
// CHECK: %2 = scf.while (%arg4 = %arg0) : (f32) -> f32 {
// CHECK: scf.condition(%arg3) %arg4 : f32
// CHECK: } do {
// CHECK: ^bb0(%arg4: f32):
// CHECK: scf.yield %arg4 : f32
// CHECK: %3 = scf.index_switch %arg1 -> f32
// CHECK: case 2 {
// CHECK: scf.yield %1 : f32
// CHECK: default {
// CHECK: scf.yield %2 : f32
// CHECK: %4 = scf.execute_region -> f32 {
// CHECK: scf.yield %3 : f32
// CHECK: return %4 : f32

// Several types of results stand without parentheses.
// CHECK-LABEL: func.func @switch
// CHECK: %0:2 = scf.index_switch %arg0 -> f32, i32
// CHECK-NEXT: case 0 {
// CHECK-NEXT: scf.yield %arg1, %arg2 : f32, i32
// CHECK-NEXT: }
// CHECK-NEXT: default {
func.func @switch(%n: index, %a: f32, %i: i32) -> (f32, i32) {
  %0:2 = scf.index_switch %n -> f32, i32
  case 0 {
    scf.yield %a, %i : f32, i32
  }
  default {
    scf.yield %a, %i : f32, i32
  }
  return %0#0, %0#1 : f32, i32
}

// Without results, only the default leaves out its terminator.
// CHECK-LABEL: func.func @switch_without_results
// CHECK-NEXT: scf.index_switch %arg0
// CHECK-NEXT: case 0 {
// CHECK-NEXT: scf.yield
// CHECK-NEXT: }
// CHECK-NEXT: default {
// CHECK-NEXT: }
func.func @switch_without_results(%n: index) {
  scf.index_switch %n
  case 0 {
    scf.yield
  }
  default {
  }
  return
}
