// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @constraint(%x: tensor<8xf32>) {
  // expected-error @+1 {{'sdy.sharding_constraint' op attribute 'sharding' failed to satisfy constraint: an attribute '#sdy.sharding'}}
  %0 = "sdy.sharding_constraint"(%x) <{sharding = #sdy.mesh<["x"=2]>}> : (tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

// expected-error @+1 {{expected '<', got '['}}
sdy.mesh @mesh = ["x"=2]

// -----

func.func @manual(%x: tensor<8xf32>) {
  // expected-error @+1 {{'sdy.manual_computation' op expects its body to end with 'sdy.return' of 1 values}}
  %0 = sdy.manual_computation(%x) in_shardings=[] out_shardings=[] manual_axes={} (%a: tensor<4xf32>) {
    sdy.return
  } : (tensor<8xf32>) -> tensor<8xf32>
  return
}
