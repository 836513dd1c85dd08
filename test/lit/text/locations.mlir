// Locations of operations and block arguments: in place, by alias, and by an alias that is defined further down.
// RUN: irc-opt %s --allow-unregistered-dialect --print-debuginfo | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect --print-debuginfo | irc-opt --allow-unregistered-dialect --print-debuginfo | filecheck %s

#known = loc("known.py":1:2)

// CHECK: func.func @f(%arg0: i32 loc([[ARGUMENT:#loc[0-9]*]]), %arg1: i32 loc([[KNOWN:#loc[0-9]*]])) {
func.func @f(%a: i32 loc("argument"), %b: i32 loc(#known)) {
  // CHECK: "t.file"() : () -> () loc([[KNOWN]])
  "t.file"() : () -> () loc(#known)
  // CHECK: "t.deferred"() : () -> () loc([[LATER:#loc[0-9]*]])
  "t.deferred"() : () -> () loc(#later)
  // CHECK: "t.unknown"() : () -> () loc(unknown)
  "t.unknown"() : () -> () loc(unknown)
  // CHECK: "t.fused"() : () -> () loc([[FUSED:#loc[0-9]*]])
  "t.fused"() : () -> () loc(fused<"pass">["a":1:1, callsite("callee" at "caller":3:4)])
  // CHECK: "t.value"() {where = loc("x":1:2)} : () -> ()
  "t.value"() {where = loc("x":1:2)} : () -> () loc("x":1:2)
  return
}

#inner = loc("inner":7:8)
#later = loc("later"(#inner))

// CHECK-DAG: [[ARGUMENT]] = loc("argument")
// CHECK-DAG: [[KNOWN]] = loc("known.py":1:2)
// CHECK-DAG: [[INNER:#loc[0-9]*]] = loc("inner":7:8)
// CHECK-DAG: [[LATER]] = loc("later"([[INNER]]))
// CHECK-DAG: [[CALL:#loc[0-9]*]] = loc(callsite([[CALLEE:#loc[0-9]*]] at [[CALLER:#loc[0-9]*]]))
// CHECK-DAG: [[FUSED]] = loc(fused<"pass">[[[A:#loc[0-9]*]], [[CALL]]])
