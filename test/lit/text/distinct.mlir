// A distinct attribute is equal only to itself: the same number stands for the same one.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK: #distinct = distinct[0]<42 : i32>
// CHECK: #distinct1 = distinct[1]<42 : i32>
// CHECK: #distinct2 = distinct[2]<>
// CHECK: {v = [#distinct, #distinct1]}
"t"() {v = [distinct[5]<42 : i32>, distinct[3]<42 : i32>]} : () -> ()
// CHECK: {v = #distinct}
"t"() {v = distinct[5]<42 : i32>} : () -> ()
// CHECK: {v = #distinct2}
"t"() {v = distinct[0]<>} : () -> ()
