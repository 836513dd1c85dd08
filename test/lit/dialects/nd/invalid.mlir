// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%a: tensor<2x3xf32>, %b: tensor<4x5xf32>) {
  // expected-error @+1 {{contracted axes of 'tensor<2x3xf32>' and 'tensor<4x5xf32>': sizes 3 and 4 differ}}
  %0 = nd.matmul %a, %b : tensor<2x3xf32>, tensor<4x5xf32> -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{expected result type 'tensor<2xf32>', got 'tensor<3xf32>'}}
  %0 = nd.sum %a axes = [1] : tensor<2x3xf32> -> tensor<3xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{axes [2] are out of range for rank 2}}
  %0 = nd.sum %a axes = [2] : tensor<2x3xf32> -> tensor<2xf32>
  // expected-error @+1 {{axes [1, 0] must be ascending and unique}}
  %1 = nd.sum %a axes = [1, 0] : tensor<2x3xf32> -> tensor<f32>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{'tensor<2x3xf32>' cannot be broadcast to 'tensor<2x4xf32>'}}
  %0 = nd.broadcast_to %a : tensor<2x3xf32> -> tensor<2x4xf32>
  // expected-error @+1 {{expected 1 sizes for the dynamic dimensions of 'tensor<?x2x3xf32>', got 0}}
  %1 = nd.broadcast_to %a : tensor<2x3xf32> -> tensor<?x2x3xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+1 {{'tensor<2x3xf32>' has 6 elements, but 'tensor<7xf32>' has 7}}
  %0 = nd.reshape %a : tensor<2x3xf32> -> tensor<7xf32>
  // expected-error @+1 {{range 0:4 is out of bounds for size 3}}
  %1 = nd.slice %a [0:2, 0:4] : tensor<2x3xf32> -> tensor<2x4xf32>
  // expected-error @+1 {{axes [0, 0] are no permutation of the axes of 'tensor<2x3xf32>'}}
  %2 = nd.permute_dims %a axes = [0, 0] : tensor<2x3xf32> -> tensor<2x2xf32>
  return
}

// -----

func.func @f(%a: tensor<2xi32>) {
  // expected-error @+1 {{operand #0 must be ranked tensor of floating-point or complex values, but got 'tensor<2xi32>'}}
  %0 = nd.exp %a : tensor<2xi32>
  return
}

// -----

func.func @f(%a: f32) {
  // expected-error @+1 {{the format has 2 places for 1 operand}}
  nd.print "{} {}"(%a) : f32
  return
}

// -----

// Storage that was given away must not be used again.

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = nd.allocate() : tensor<4xf32>
  // expected-note @+1 {{the storage was given away here}}
  %y = nd.exp %x into %s : tensor<4xf32>
  // expected-error @+1 {{use of storage after it was given away}}
  %z = nd.add %y, %s : tensor<4xf32>
  return %z : tensor<4xf32>
}

// -----

func.func @f(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %s = nd.allocate() : tensor<4xf32>
  %r = scf.for %i = %n to %n step %n iter_args(%a = %x) -> (tensor<4xf32>) {
    // expected-error @+1 {{gives storage away in every iteration of a loop that does not carry it}}
    %y = nd.exp %a into %s : tensor<4xf32>
    scf.yield %y : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// -----

func.func @f(%a: tensor<4x4xf32>) -> tensor<4x4xf32> {
  // expected-error @+1 {{reads the storage that it writes}}
  %y = nd.matmul %a, %a into %a : tensor<4x4xf32>, tensor<4x4xf32> -> tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}

// -----

func.func @f(%x: tensor<4xi1>) -> tensor<4xi1> {
  // expected-error @+1 {{operand #0 must be ranked tensor of numbers, but got 'tensor<4xi1>'}}
  %y = nd.subtract %x, %x : tensor<4xi1>
  return %y : tensor<4xi1>
}

// -----

func.func @f(%x: tensor<3xf32>, %v: tensor<f32>) -> tensor<0xf32> {
  // expected-error @+1 {{padding by -2 and -2 removes more than there is of size 3}}
  %y = nd.pad %x, %v low = [-2] high = [-2] interior = [0] : tensor<3xf32>, tensor<f32> -> tensor<0xf32>
  return %y : tensor<0xf32>
}
