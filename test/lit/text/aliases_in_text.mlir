// Names of types, attributes and locations are written out where they stand in what is carried along as text.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s

#answer = 42 : i32
!pair = tuple<i32, f32>
#place = loc("here")

// CHECK: "t.op"() {a = #other.thing<42 : i32, [tuple<i32, f32>, loc("here")], "#answer">} : () -> !other.type<tuple<i32, f32>>
%0 = "t.op"() {a = #other.thing<#answer, [!pair, #place], "#answer">} : () -> !other.type<!pair>
