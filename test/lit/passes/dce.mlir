// What has no effect and no use goes away, chains and nested code included; a print stays.
// RUN: irc-opt %s --dce | filecheck %s

func.func @chain(%a: f32) -> f32 {
  %x = math.exp %a : f32
  %y = arith.addf %x, %x : f32
  nd.print "a = {}"(%a) : f32
  return %a : f32
}

func.func @dead_loop(%n: index, %a: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%x = %a) -> (f32) {
    %y = arith.addf %x, %a : f32
    scf.yield %y : f32
  }
  return %a : f32
}

// CHECK-LABEL: func.func @chain(
// CHECK-SAME:  %arg0: f32) -> f32 {
// CHECK-NEXT:  nd.print "a = {}"(%arg0) : f32
// CHECK-NEXT:  return %arg0 : f32
// CHECK-LABEL: func.func @dead_loop(
// CHECK-SAME:  %arg0: index, %arg1: f32) -> f32 {
// CHECK-NEXT:  return %arg1 : f32
