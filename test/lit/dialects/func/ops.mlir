// Functions, declarations, attributes of arguments and results, visibility, calls.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func private @declared(f32 {a.b}, i32) -> (f32 {a.c = 1 : i32}, f32)
func.func @"odd name"(%x: f32) -> f32 attributes {a.d} {
  return %x : f32
}
func.func @nothing() {
  return
}
func.func @calls(%x: f32, %i: i32) -> f32 {
  %0:2 = call @declared(%x, %i) : (f32, i32) -> (f32, f32)
  %1 = func.call @"odd name"(%0#1) : (f32) -> f32
  call @nothing() : () -> ()
  return %1 : f32
}

// CHECK: func.func private @declared(f32 {a.b}, i32) -> (f32 {a.c = 1 : i32}, f32)
// CHECK: func.func @"odd name"(%arg0: f32) -> f32 attributes {a.d} {
// CHECK: return %arg0 : f32
// CHECK: func.func @nothing() {
// CHECK: return
// CHECK: func.func @calls(%arg0: f32, %arg1: i32) -> f32 {
// CHECK: %0:2 = call @declared(%arg0, %arg1) : (f32, i32) -> (f32, f32)
// CHECK: %1 = call @"odd name"(%0#1) : (f32) -> f32
// CHECK: call @nothing() : () -> ()
// CHECK: return %1 : f32
