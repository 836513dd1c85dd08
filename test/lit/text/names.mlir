// Names of values, blocks and aliases are digits, or start with a letter or one of `$ . _ -`.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s

#-a = 1 : i32
!$t = i32
!1 = f32

// CHECK: %[[X:.*]] = "t.a"() {v = [1 : i32, i32, f32]} : () -> i32
%-x = "t.a"() {v = [#-a, !$t, !1]} : () -> !$t
// CHECK: "t.b"(%[[X]]) ({
"t.b"(%-x) ({
  // CHECK: "t.c"()[^bb1, ^bb2]
  "t.c"()[^-a, ^0] : () -> ()
^-a:
  "t.d"() : () -> ()
^0:
  "t.d"() : () -> ()
}) : (i32) -> ()
