// Requests for derivatives.
// RUN: irc-opt %s --split-input-file | irc-opt --split-input-file | filecheck %s
// RUN: irc-opt %s --split-input-file --print-op-generic | irc-opt --split-input-file | filecheck %s

func.func @f(%x: tensor<3xf32>, %n: index) -> (tensor<f32>, tensor<3xf32>) {
  %s = nd.sum %x axes = [0] : tensor<3xf32> -> tensor<f32>
  return %s, %x : tensor<f32>, tensor<3xf32>
}
func.func @g(%x: tensor<3xf32>, %n: index, %ct: tensor<f32>) {
  %0:3 = ad.value_and_grad @f(%x, %n) : (tensor<3xf32>, index) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
  %1:3 = ad.vjp @f(%x, %n) cotangents(%ct, %x) : (tensor<3xf32>, index), (tensor<f32>, tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
  return
}

// CHECK: func.func @f(%arg0: tensor<3xf32>, %arg1: index) -> (tensor<f32>, tensor<3xf32>) {
// CHECK: %0 = nd.sum %arg0 axes = [0] : tensor<3xf32> -> tensor<f32>
// CHECK: return %0, %arg0 : tensor<f32>, tensor<3xf32>
// CHECK: func.func @g(%arg0: tensor<3xf32>, %arg1: index, %arg2: tensor<f32>) {
// CHECK: %0:3 = ad.value_and_grad @f(%arg0, %arg1) : (tensor<3xf32>, index) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
// CHECK: %1:3 = ad.vjp @f(%arg0, %arg1) cotangents(%arg2, %arg0) : (tensor<3xf32>, index), (tensor<f32>, tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
// CHECK: return

// -----

func.func @h(%x: tensor<3xf32>) -> tensor<3xf32> {
  return %x : tensor<3xf32>
}
func.func @i(%x: tensor<3xf32>, %s: tensor<?x3xf32>, %n: index) {
  %y, %l = ad.linearize @h(%x) : (tensor<3xf32>) -> (tensor<3xf32>, !ad.linear<(tensor<3xf32>) -> tensor<3xf32>>)
  %dy = ad.pushforward %l(%x) : !ad.linear<(tensor<3xf32>) -> tensor<3xf32>>
  %dx = ad.pullback %l(%y) : !ad.linear<(tensor<3xf32>) -> tensor<3xf32>>
  %row = nd.reshape %x : tensor<3xf32> -> tensor<1x3xf32>
  %t = ad.push %row, %s[%n] : tensor<1x3xf32>, tensor<?x3xf32>
  %c = ad.checkpoint -> tensor<3xf32> {
    %e = nd.exp %x : tensor<3xf32>
    ad.yield %e : tensor<3xf32>
  } {save = ["nd.exp"]}
  %b = ad.barrier %c : tensor<3xf32>
  return
}

// CHECK: func.func @i(
// CHECK: %[[Y:.+]]:2 = ad.linearize @h(%arg0) : (tensor<3xf32>) -> (tensor<3xf32>, !ad.linear<(tensor<3xf32>) -> tensor<3xf32>>)
// CHECK: ad.pushforward %[[Y]]#1(%arg0) : !ad.linear<(tensor<3xf32>) -> tensor<3xf32>>
// CHECK: ad.pullback %[[Y]]#1(%[[Y]]#0) : !ad.linear<(tensor<3xf32>) -> tensor<3xf32>>
// CHECK: ad.push %{{.+}}, %arg1[%arg2] : tensor<1x3xf32>, tensor<?x3xf32>
// CHECK: %[[C:.+]] = ad.checkpoint -> tensor<3xf32> {
// CHECK: ad.yield
// CHECK: } {save = ["nd.exp"]}
// CHECK: ad.barrier %[[C]] : tensor<3xf32>
