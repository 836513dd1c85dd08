// Copies of functions that stay make a module grow to a multiple of its size only.
// RUN: irc-opt %s --inline="max-size=0 max-growth=1" | filecheck %s
// RUN: irc-opt %s --inline | filecheck %s --check-prefix=ALL

func.func @a(%x: f32) -> f32 {
  %y = arith.mulf %x, %x : f32
  return %y : f32
}

func.func @b(%x: f32) -> f32 {
  %y = call @a(%x) : (f32) -> f32
  return %y : f32
}

// CHECK-LABEL: func.func @b(
// CHECK-NEXT:  call @a
// ALL-LABEL:   func.func @b(
// ALL-NEXT:    arith.mulf
