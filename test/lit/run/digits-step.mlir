// One training step of the digits example gives the same loss on both executors.

// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota --executor interpreter | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota | filecheck %s

// CHECK:      result 4: float32
// CHECK-NEXT: 2.6396{{[0-9]*$}}
