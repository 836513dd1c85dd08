// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<3xf32>, %n: index) -> tensor<3xf32> {
  return %x : tensor<3xf32>
}
func.func @g(%x: tensor<3xf32>, %n: index) {
  // expected-error @+1 {{'@h' does not reference a valid function}}
  %0 = ad.value_and_grad @h(%x) : (tensor<3xf32>) -> tensor<3xf32>
  // expected-error @+1 {{must return a float scalar first, got 'tensor<3xf32>'}}
  %1:2 = ad.value_and_grad @f(%x, %n) : (tensor<3xf32>, index) -> (tensor<3xf32>, tensor<3xf32>)
  // expected-error @+1 {{'wrt' names argument 1 of type 'index', which is not of float type}}
  %2:2 = ad.value_and_grad @f(%x, %n) {wrt = [1]} : (tensor<3xf32>, index) -> (tensor<3xf32>, index)
  // expected-error @+1 {{'wrt' names argument 5, but the function has 2}}
  %3:2 = ad.value_and_grad @f(%x, %n) {wrt = [5]} : (tensor<3xf32>, index) -> (tensor<3xf32>, index)
  // expected-error @+1 {{expected 1 cotangents, got 0}}
  %4:2 = ad.vjp @f(%x, %n) cotangents() : (tensor<3xf32>, index), () -> (tensor<3xf32>, tensor<3xf32>)
  // expected-error @+1 {{expected 2 arguments, got 1}}
  %5:2 = ad.value_and_grad @f(%x) : (tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>)
  return
}

// -----

func.func @f(%x: tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>) {
  %s = nd.sum %x axes = [0] : tensor<3xf32> -> tensor<f32>
  return %s, %x : tensor<f32>, tensor<3xf32>
}
func.func @g(%x: tensor<3xf32>, %l: !ad.linear<(tensor<3xf32>) -> tensor<f32>>, %n: index, %s: tensor<3x3xf32>) {
  // expected-error @+1 {{must return a float scalar as result 1, got 'tensor<3xf32>'}}
  %0:4 = ad.value_and_grad @f(%x) {costs = [0, 1]} : (tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
  // expected-error @+1 {{'costs' names a result twice: [0, 0]}}
  %1:4 = ad.value_and_grad @f(%x) {costs = [0, 0]} : (tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
  // expected-error @+1 {{results #2 must have type '!ad.linear<(tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>)>'}}
  %2:3 = ad.linearize @f(%x) : (tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>)
  // expected-error @+1 {{the first axis of the stack must be '?', got 'tensor<3x3xf32>'}}
  %4 = ad.push %s, %s[%n] : tensor<3x3xf32>, tensor<3x3xf32>
  // expected-error @+1 {{yields (tensor<3xf32>), but has results (tensor<f32>)}}
  %5 = ad.checkpoint -> tensor<f32> {
    ad.yield %x : tensor<3xf32>
  }
  return
}

// -----

func.func @g(%x: tensor<3xf32>, %l: !ad.linear<(tensor<3xf32>) -> tensor<f32>>) {
  // expected-error @+1 {{2 operands present, but expected 1}}
  %3 = ad.pushforward %l(%x, %x) : !ad.linear<(tensor<3xf32>) -> tensor<f32>>
  return
}
