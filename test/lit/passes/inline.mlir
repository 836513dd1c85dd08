// Calls become bodies, callees first; a private function that is called once goes. A recursive call stays.
// RUN: irc-opt %s --inline | filecheck %s

func.func private @square(%x: f32) -> f32 {
  %y = arith.mulf %x, %x : f32
  return %y : f32
}

func.func private @fourth(%x: f32) -> f32 {
  %y = call @square(%x) : (f32) -> f32
  %z = call @square(%y) : (f32) -> f32
  return %z : f32
}

func.func @main(%x: f32) -> f32 {
  %y = call @fourth(%x) : (f32) -> f32
  return %y : f32
}

func.func @forever(%x: f32) -> f32 {
  %y = call @forever(%x) : (f32) -> f32
  return %y : f32
}

// CHECK-LABEL: func.func private @square(
// CHECK-SAME:  %arg0: f32) -> f32 {
// CHECK-NEXT:  %0 = arith.mulf %arg0, %arg0 : f32
// CHECK-NEXT:  return %0 : f32
// CHECK-LABEL: func.func @main(
// CHECK-SAME:  %arg0: f32) -> f32 {
// CHECK-NEXT:  %0 = arith.mulf %arg0, %arg0 : f32
// CHECK-NEXT:  %1 = arith.mulf %0, %0 : f32
// CHECK-NEXT:  return %1 : f32
// CHECK-LABEL: func.func @forever(
// CHECK-SAME:  %arg0: f32) -> f32 {
// CHECK-NEXT:  %0 = call @forever(%arg0) : (f32) -> f32
// CHECK-NEXT:  return %0 : f32

// What is referred to by something else than a call stays.
func.func private @kept(%x: f32) -> f32 {
  return %x : f32
}

func.func @uses(%x: f32) -> (f32, f32, f32) {
  %y = call @kept(%x) : (f32) -> f32
  %z:2 = ad.value_and_grad @kept(%x) : (f32) -> (f32, f32)
  return %y, %z#0, %z#1 : f32, f32, f32
}

// CHECK-LABEL: func.func private @kept(
// CHECK-LABEL: func.func @uses(
// CHECK-NEXT:  %0:2 = ad.value_and_grad @kept(%arg0)
// CHECK-NEXT:  return %arg0, %0#0, %0#1
