// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @constraint(%x: tensor<8xf32>) {
  // expected-error @+1 {{'sdy.sharding_constraint' op attribute 'sharding' failed to satisfy constraint: an attribute '#sdy.sharding'}}
  %0 = "sdy.sharding_constraint"(%x) <{sharding = #sdy.mesh<["x"=2]>}> : (tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

// expected-error @+1 {{expected '<', got '['}}
sdy.mesh @mesh = ["x"=2]
