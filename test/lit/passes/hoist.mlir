// RUN: irc-opt %s --hoist | filecheck %s

// What no iteration changes is computed before the loops, from the innermost outwards.
// CHECK-LABEL: func.func @transposed
// CHECK: nd.permute_dims
// CHECK: scf.for
// CHECK-NEXT: scf.for
// CHECK-NEXT: nd.matmul
func.func @transposed(%w: tensor<4x4xf32>, %x: tensor<4x4xf32>, %n: index) -> tensor<4x4xf32> {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %r = scf.for %i = %zero to %n step %one iter_args(%y = %x) -> (tensor<4x4xf32>) {
    %s = scf.for %j = %zero to %n step %one iter_args(%z = %y) -> (tensor<4x4xf32>) {
      %t = nd.permute_dims %w axes = [1, 0] : tensor<4x4xf32> -> tensor<4x4xf32>
      %u = nd.matmul %z, %t : tensor<4x4xf32>, tensor<4x4xf32> -> tensor<4x4xf32>
      scf.yield %u : tensor<4x4xf32>
    }
    scf.yield %s : tensor<4x4xf32>
  }
  return %r : tensor<4x4xf32>
}

// What may fail is not computed where the program does not: a division of integers, an addition of unknown sizes.
// CHECK-LABEL: func.func @may_fail
// CHECK: scf.for
// CHECK-NEXT: nd.divide
// CHECK-NEXT: nd.add
func.func @may_fail(%a: tensor<4xi32>, %b: tensor<4xi32>, %x: tensor<?xf32>, %y: tensor<?xf32>, %n: index) -> (tensor<4xi32>, tensor<?xf32>) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %r:2 = scf.for %i = %zero to %n step %one iter_args(%p = %a, %q = %x) -> (tensor<4xi32>, tensor<?xf32>) {
    %d = nd.divide %a, %b : tensor<4xi32>
    %s = nd.add %x, %y : tensor<?xf32>
    scf.yield %d, %s : tensor<4xi32>, tensor<?xf32>
  }
  return %r#0, %r#1 : tensor<4xi32>, tensor<?xf32>
}
