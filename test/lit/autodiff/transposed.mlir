// Where a formula gives the vector-Jacobian product only, forward mode transposes it: nothing of the cotangent is left.
// RUN: irc-opt %s --differentiate --inline --symbol-dce --canonicalize | filecheck %s

func.func private @f(%x: tensor<2x3xf32>) -> tensor<2xf32> {
  %m = nd.max %x axes = [1] : tensor<2x3xf32> -> tensor<2xf32>
  return %m : tensor<2xf32>
}

func.func @main(%x: tensor<2x3xf32>, %t: tensor<2x3xf32>) -> tensor<2xf32> {
  %r:2 = ad.jvp @f(%x) tangents(%t) : (tensor<2x3xf32>), (tensor<2x3xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %r#1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @main(
// CHECK:       %[[M:.+]] = nd.max %arg0 axes = [1]
// CHECK-NEXT:  %[[R:.+]] = nd.reshape %[[M]]
// CHECK-NEXT:  %[[W:.+]] = nd.broadcast_to %[[R]]
// CHECK-NEXT:  %[[E:.+]] = nd.equal %arg0, %[[W]]
// CHECK-NEXT:  %[[H:.+]] = nd.where %[[E]]
// CHECK-NEXT:  %[[N:.+]] = nd.sum %[[H]] axes = [1]
// CHECK-NEXT:  %[[P:.+]] = nd.multiply %arg1, %[[H]]
// CHECK-NEXT:  %[[S:.+]] = nd.sum %[[P]] axes = [1]
// CHECK-NEXT:  %[[I:.+]] = nd.divide %{{.+}}, %[[N]]
// CHECK-NEXT:  %[[T:.+]] = nd.multiply %[[S]], %[[I]]
// CHECK-NEXT:  return %[[T]]
