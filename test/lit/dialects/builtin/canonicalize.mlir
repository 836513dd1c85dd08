// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @there_and_back
// CHECK-NEXT: return %arg0, %arg1 : i32, i32
func.func @there_and_back(%a: i32, %b: i32) -> (i32, i32) {
  %0:2 = builtin.unrealized_conversion_cast %a, %b : i32, i32 to i64, i64
  %1:2 = builtin.unrealized_conversion_cast %0#0, %0#1 : i64, i64 to i32, i32
  return %1#0, %1#1 : i32, i32
}
