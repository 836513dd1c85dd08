// The bytes of resources stand behind the operations; those that nothing refers to go. What tools wrote stays as it is.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK: {v = dense_resource<blob> : tensor<2xi32>}
"t"() {v = dense_resource<blob> : tensor<2xi32>} : () -> ()
// CHECK: {v = [dense_resource<"a key"> : tensor<1xi8>, dense_resource<elsewhere> : tensor<1xf32>]}
"t"() {v = [dense_resource<"a key"> : tensor<1xi8>, dense_resource<elsewhere> : tensor<1xf32>]} : () -> ()

// CHECK:      {-#
// CHECK-NEXT:   dialect_resources: {
// CHECK-NEXT:     builtin: {
// CHECK-NEXT:       blob: "0x040000000100000002000000",
// CHECK-NEXT:       "a key": "0x0100000007"
// CHECK-NEXT:     }
// CHECK-NEXT:   },
// CHECK-NEXT:   external_resources: {
// CHECK-NEXT:     tool: {
// CHECK-NEXT:       a: true,
// CHECK-NEXT:       b: "x"
// CHECK-NEXT:     }
// CHECK-NEXT:   }
// CHECK-NEXT: #-}
{-#
  dialect_resources: {
    builtin: {
      blob: "0x040000000100000002000000",
      "a key": "0x0100000007",
      unused: "0x0100000007"
    }
  },
  external_resources: {
    tool: {
      a: true,
      b: "x"
    }
  }
#-}
