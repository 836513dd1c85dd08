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
