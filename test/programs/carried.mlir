// What loops carry: tensors that change places, one value under two names, one that grows, integers; what is returned as it
// came, twice, or as a constant.

func.func @main(%a: tensor<2x2xf32>, %d: tensor<?xf32>, %m: i64, %n: index)
    -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<?xf32>, i32, i64, tensor<2x2xf32>, tensor<2x2xf32>,
        tensor<2x2xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %three = arith.constant 3 : i64
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %z = nd.constant dense<[[1.5, 2.5], [-1.0, 0.0]]> : tensor<2x2xf32>
  %r:4 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %a, %y = %a, %w = %z, %g = %d)
      -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<?xf32>) {
    %t = nd.permute_dims %x axes = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
    %u = nd.subtract %w, %t : tensor<2x2xf32>
    %s = nd.sin %g : tensor<?xf32>
    %h = nd.concat %s, %g axis = 0 : tensor<?xf32>, tensor<?xf32> -> tensor<?xf32>
    scf.yield %y, %u, %x, %h : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<?xf32>
  }
  // The steps from %m to 1: half of an even number, 3 p + 1 of an odd one.
  %q:3 = scf.while (%p = %m, %k = %k0, %v = %a) : (i64, i32, tensor<2x2xf32>) -> (i64, i32, tensor<2x2xf32>) {
    %go = arith.cmpi sgt, %p, %one : i64
    scf.condition(%go) %p, %k, %v : i64, i32, tensor<2x2xf32>
  } do {
  ^bb0(%p: i64, %k: i32, %v: tensor<2x2xf32>):
    %rest = arith.remsi %p, %two : i64
    %odd = arith.cmpi eq, %rest, %one : i64
    %next:2 = scf.if %odd -> (i64, tensor<2x2xf32>) {
      %t = arith.muli %p, %three : i64
      %u = arith.addi %t, %one : i64
      %f = nd.permute_dims %v axes = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
      scf.yield %u, %f : i64, tensor<2x2xf32>
    } else {
      %h = arith.divsi %p, %two : i64
      %f = nd.tanh %v : tensor<2x2xf32>
      scf.yield %h, %f : i64, tensor<2x2xf32>
    }
    %l = arith.addi %k, %k1 : i32
    scf.yield %next#0, %l, %next#1 : i64, i32, tensor<2x2xf32>
  }
  %flat = nd.reshape %a : tensor<2x2xf32> -> tensor<4xf32>
  return %r#0, %r#1, %r#2, %r#3, %q#1, %q#0, %q#2, %a, %z, %flat
    : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<?xf32>, i32, i64, tensor<2x2xf32>, tensor<2x2xf32>,
      tensor<2x2xf32>, tensor<4xf32>
}
