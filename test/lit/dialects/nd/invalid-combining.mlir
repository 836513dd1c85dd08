// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<4xf32>, %i: tensor<f64>) {
  // expected-error @+1 {{the initial value of 'tensor<4xf32>' must be 'tensor<f32>', got 'tensor<f64>'}}
  %y = nd.reduce %x init %i axes = [0] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4xf32>, tensor<f64>) -> tensor<f32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %z: tensor<5xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{axis 0 of 'tensor<4xf32>' and 'tensor<5xf32>': sizes 4 and 5 differ}}
  %y:2 = nd.reduce %x, %z init %i, %i axes = [0] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<f32>, %d: tensor<f32>):
    nd.yield %a, %b : tensor<f32>, tensor<f32>
  } : (tensor<4xf32>, tensor<5xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{axes [1] are out of range for rank 1}}
  %y = nd.reduce %x init %i axes = [1] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{expected the arguments of the combiner to be 'tensor<f32>', 'tensor<f32>', got 'tensor<f32>'}}
  %y = nd.reduce %x init %i axes = [0] {
  ^bb0(%a: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{expects the combiner to hold elementwise 'nd' ops without destinations, got 'nd.sum'}}
  %y = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = nd.sum %a axes = [] : tensor<f32> -> tensor<f32>
    nd.yield %s : tensor<f32>
  } : tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{expects the combiner to compute on tensors of rank 0, got 'tensor<2xf32>'}}
  %y = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = nd.constant dense<1.0> : tensor<2xf32>
    nd.yield %a : tensor<f32>
  } : tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>) {
  // expected-error @+4 {{axis 1 is out of range for rank 1}}
  %y = nd.cumulative %x axis = 1 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{expected the values that the comparator yields to be 'tensor<i1>', got 'tensor<f32>'}}
  %y = nd.sort %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %v: tensor<f32>) {
  %y = nd.cumulative %x axis = 0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    // expected-error @+1 {{use of undeclared SSA value name '%v'}}
    nd.yield %v : tensor<f32>
  } : tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{axes [1, 0] are out of range for rank 1}}
  %y = nd.reverse %x axes = [1, 0] : tensor<4xf32>
  return
}

// -----

func.func @f(%x: tensor<4x4xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{expects a window size for each of 2 axes, got 1}}
  %y = nd.reduce_window %x init %i window = [2] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4x4xf32>, tensor<f32>) -> tensor<3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{window strides must be positive, got [0]}}
  %y = nd.reduce_window %x init %i window = [2] strides = [0] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4xf32>, tensor<f32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{expected result type 'tensor<2xf32>', got 'tensor<3xf32>'}}
  %y = nd.reduce_window %x init %i window = [2] strides = [2] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4xf32>, tensor<f32>) -> tensor<3xf32>
  // expected-error @+1 {{padding by -3 and -2 removes more than there is of axis 0}}
  %z = nd.reduce_window %x init %i window = [2] low = [-3] high = [-2] {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4xf32>, tensor<f32>) -> tensor<0xf32>
  return
}

// -----

func.func @f(%x: tensor<4xf32>, %s: tensor<3xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{the windows have the positions of 'tensor<2xf32>', but the source is 'tensor<3xf32>'}}
  %y = nd.select_and_scatter %x, %s init %i window = [2] strides = [2] select {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = nd.less %a, %b : tensor<f32>
    nd.yield %c : tensor<i1>
  } scatter {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    nd.yield %a : tensor<f32>
  } : (tensor<4xf32>, tensor<3xf32>, tensor<f32>) -> tensor<4xf32>
  return
}
