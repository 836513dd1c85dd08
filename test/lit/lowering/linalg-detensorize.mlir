// RUN: irc-opt %s --linalg-detensorize | filecheck %s
// RUN: irc-opt %s --linalg-detensorize --bufferize | filecheck %s --check-prefix=BUFFERS

#s = affine_map<() -> ()>

// The counter of a loop is a number, and so is what its condition computes.
// CHECK-LABEL: func.func @count
// CHECK: %[[ZERO:.+]] = arith.constant 0 : i32
// CHECK: %[[R:.+]]:2 = scf.while (%[[Y:.+]] = %arg0, %[[I:.+]] = %[[ZERO]]) : (tensor<8xf32>, i32) -> (tensor<8xf32>, i32)
// CHECK-NEXT: %[[N:.+]] = tensor.extract %arg1[]
// CHECK-NEXT: %[[LESS:.+]] = arith.cmpi slt, %[[I]], %[[N]]
// CHECK-NEXT: scf.condition(%[[LESS]]) %[[Y]], %[[I]]
// CHECK: ^bb0(%[[Y:.+]]: tensor<8xf32>, %[[I:.+]]: i32):
// CHECK: %[[NEXT:.+]] = arith.addi %[[I]]
// CHECK: scf.yield %[[Y]], %[[NEXT]] : tensor<8xf32>, i32
// CHECK: %[[T:.+]] = linalg.fill ins(%[[R]]#1 : i32)
// CHECK: return %[[R]]#0, %[[T]]
// BUFFERS-LABEL: func.func @count
// BUFFERS: scf.while
// BUFFERS-NOT: memref.store
// BUFFERS: scf.yield
func.func @count(%x: tensor<8xf32>, %n: tensor<i32>) -> (tensor<8xf32>, tensor<i32>) {
  %zero = arith.constant dense<0> : tensor<i32>
  %r:2 = scf.while (%y = %x, %i = %zero) : (tensor<8xf32>, tensor<i32>) -> (tensor<8xf32>, tensor<i32>) {
    %e = tensor.empty() : tensor<i1>
    %less = linalg.generic {indexing_maps = [#s, #s, #s], iterator_types = []} ins(%i, %n : tensor<i32>, tensor<i32>) outs(%e : tensor<i1>) {
    ^bb0(%a: i32, %b: i32, %o: i1):
      %c = arith.cmpi slt, %a, %b : i32
      linalg.yield %c : i1
    } -> tensor<i1>
    %go = tensor.extract %less[] : tensor<i1>
    scf.condition(%go) %y, %i : tensor<8xf32>, tensor<i32>
  } do {
  ^bb0(%y: tensor<8xf32>, %i: tensor<i32>):
    %e = tensor.empty() : tensor<i32>
    %next = linalg.generic {indexing_maps = [#s, #s], iterator_types = []} ins(%i : tensor<i32>) outs(%e : tensor<i32>) {
    ^bb0(%a: i32, %o: i32):
      %one = arith.constant 1 : i32
      %c = arith.addi %a, %one : i32
      linalg.yield %c : i32
    } -> tensor<i32>
    scf.yield %y, %next : tensor<8xf32>, tensor<i32>
  }
  return %r#0, %r#1 : tensor<8xf32>, tensor<i32>
}

// A sum goes on from the number that the loop carries, and branches give numbers.
// CHECK-LABEL: func.func @sum_and_choose
// CHECK: %[[START:.+]] = tensor.extract %arg3[]
// CHECK: scf.for {{.+}} iter_args(%[[S:.+]] = %[[START]]) -> (f32)
// CHECK: %[[F:.+]] = linalg.fill ins(%[[S]] : f32)
// CHECK: %[[SUM:.+]] = linalg.reduce {{.+}} outs(%[[F]] : tensor<f32>)
// CHECK: scf.if {{.+}} -> (f32)
// CHECK-NEXT: %[[X:.+]] = tensor.extract %[[SUM]][]
// CHECK-NEXT: scf.yield %[[X]]
// CHECK: scf.yield %[[S]]
func.func @sum_and_choose(%x: tensor<4xf32>, %flag: tensor<i1>, %n: index, %start: tensor<f32>) -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %k = %c0 to %n step %c1 iter_args(%s = %start) -> (tensor<f32>) {
    %sum = linalg.reduce {arith.addf} ins(%x : tensor<4xf32>) outs(%s : tensor<f32>) dimensions = [0]
    %f = tensor.extract %flag[] : tensor<i1>
    %t = scf.if %f -> (tensor<f32>) {
      scf.yield %sum : tensor<f32>
    } else {
      scf.yield %s : tensor<f32>
    }
    scf.yield %t : tensor<f32>
  }
  return %r : tensor<f32>
}

// Outside of loops there is nothing to gain, and loops of larger tensors stay as they are.
// CHECK-LABEL: func.func @others
// CHECK: linalg.generic
// CHECK: scf.for {{.+}} -> (tensor<1xf32>)
func.func @others(%x: tensor<f32>, %y: tensor<1xf32>, %n: index) -> (tensor<f32>, tensor<1xf32>) {
  %e = tensor.empty() : tensor<f32>
  %twice = linalg.generic {indexing_maps = [#s, #s], iterator_types = []} ins(%x : tensor<f32>) outs(%e : tensor<f32>) {
  ^bb0(%a: f32, %o: f32):
    %c = arith.addf %a, %a : f32
    linalg.yield %c : f32
  } -> tensor<f32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %k = %c0 to %n step %c1 iter_args(%s = %y) -> (tensor<1xf32>) {
    scf.yield %s : tensor<1xf32>
  }
  return %twice, %r : tensor<f32>, tensor<1xf32>
}
