// RUN: irc-opt %s --canonicalize --allow-unregistered-dialect | filecheck %s

// CHECK-LABEL: func.func @single_trip
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %0 = "test.a"(%arg0, %c0) : (f32, index) -> f32
// CHECK-NEXT: return %0 : f32
func.func @single_trip(%x: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c1 step %c5 iter_args(%a = %x) -> f32 {
    %b = "test.a"(%a, %i) : (f32, index) -> f32
    scf.yield %b : f32
  }
  return %r : f32
}

// A loop that runs at least once and computes nothing.
// CHECK-LABEL: func.func @constant_result
// CHECK-NEXT: return %arg1 : f32
func.func @constant_result(%x: f32, %y: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%a = %x) -> f32 {
    scf.yield %y : f32
  }
  return %r : f32
}

// CHECK-LABEL: func.func @while_carries_the_same
// CHECK-NEXT: %0 = scf.while (%arg2 = %arg0) : (f32) -> f32 {
// CHECK-NEXT: %1 = "test.more"(%arg2, %arg1) : (f32, f32) -> i1
// CHECK-NEXT: scf.condition(%1) %arg2 : f32
// CHECK-NEXT: } do {
// CHECK-NEXT: ^bb0(%arg2: f32):
// CHECK-NEXT: %1 = "test.next"(%arg2) : (f32) -> f32
// CHECK-NEXT: scf.yield %1 : f32
// CHECK-NEXT: }
// CHECK-NEXT: return %arg1 : f32
func.func @while_carries_the_same(%x: f32, %y: f32) -> f32 {
  %r:2 = scf.while (%a = %x, %b = %y) : (f32, f32) -> (f32, f32) {
    %c = "test.more"(%a, %b) : (f32, f32) -> i1
    scf.condition(%c) %a, %b : f32, f32
  } do {
  ^bb0(%a: f32, %b: f32):
    %d = "test.next"(%a) : (f32) -> f32
    scf.yield %d, %b : f32, f32
  }
  return %r#1 : f32
}

// CHECK-LABEL: func.func @while_gives_twice
// CHECK-NEXT: %0 = scf.while (%arg1 = %arg0) : (f32) -> f32 {
// CHECK-NEXT: %1 = "test.now"(%arg1) : (f32) -> f32
// CHECK-NEXT: %2 = "test.more"(%1) : (f32) -> i1
// CHECK-NEXT: scf.condition(%2) %1 : f32
// CHECK-NEXT: } do {
// CHECK-NEXT: ^bb0(%arg1: f32):
// CHECK-NEXT: %1 = "test.next"(%arg1, %arg1) : (f32, f32) -> f32
// CHECK-NEXT: scf.yield %1 : f32
// CHECK-NEXT: }
// CHECK-NEXT: return %0, %0 : f32, f32
func.func @while_gives_twice(%x: f32) -> (f32, f32) {
  %r:2 = scf.while (%a = %x) : (f32) -> (f32, f32) {
    %b = "test.now"(%a) : (f32) -> f32
    %c = "test.more"(%b) : (f32) -> i1
    scf.condition(%c) %b, %b : f32, f32
  } do {
  ^bb0(%a: f32, %b: f32):
    %d = "test.next"(%a, %b) : (f32, f32) -> f32
    scf.yield %d : f32
  }
  return %r#0, %r#1 : f32, f32
}

// CHECK-LABEL: func.func @while_unused
// CHECK-NEXT: %0 = scf.while : () -> f32 {
// CHECK-NEXT: %1 = "test.more"() : () -> i1
// CHECK-NEXT: %2 = "test.now"() : () -> f32
// CHECK-NEXT: scf.condition(%1) %2 : f32
// CHECK-NEXT: } do {
// CHECK-NEXT: ^bb0(%arg1: f32):
// CHECK-NEXT: %1 = "test.next"(%arg1) : (f32) -> f32
// CHECK-NEXT: scf.yield
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @while_unused(%x: f32) {
  %r:2 = scf.while (%a = %x) : (f32) -> (f32, f32) {
    %c = "test.more"() : () -> i1
    %b = "test.now"() : () -> f32
    scf.condition(%c) %b, %a : f32, f32
  } do {
  ^bb0(%a: f32, %b: f32):
    %d = "test.next"(%a) : (f32) -> f32
    scf.yield %d : f32
  }
  return
}

// CHECK-LABEL: func.func @while_condition_is_known
// CHECK-NEXT: %true = arith.constant true
// CHECK-NEXT: %0 = scf.while : () -> i1 {
// CHECK-NEXT: %1 = "test.more"() : () -> i1
// CHECK-NEXT: scf.condition(%1) %1 : i1
// CHECK-NEXT: } do {
// CHECK-NEXT: ^bb0(%arg1: i1):
// CHECK-NEXT: "test.use"(%true) : (i1) -> ()
// CHECK-NEXT: scf.yield
// CHECK-NEXT: }
// CHECK-NEXT: return %0 : i1
func.func @while_condition_is_known(%x: i32) -> i1 {
  %r = scf.while () : () -> i1 {
    %c = "test.more"() : () -> i1
    scf.condition(%c) %c : i1
  } do {
  ^bb0(%a: i1):
    "test.use"(%a) : (i1) -> ()
    scf.yield
  }
  return %r : i1
}

// CHECK-LABEL: func.func @while_asks_again
// CHECK-NEXT: %c7_i32 = arith.constant 7 : i32
// CHECK-NEXT: %true = arith.constant true
// CHECK-NEXT: %false = arith.constant false
// CHECK-NEXT: %0 = scf.while (%arg1 = %arg0) : (i32) -> i32 {
// CHECK-NEXT: %1 = arith.cmpi slt, %arg1, %c7_i32 : i32
// CHECK-NEXT: scf.condition(%1) %arg1 : i32
// CHECK-NEXT: } do {
// CHECK-NEXT: ^bb0(%arg1: i32):
// CHECK-NEXT: %1 = "test.use"(%true, %false, %arg1) : (i1, i1, i32) -> i32
// CHECK-NEXT: scf.yield %1 : i32
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @while_asks_again(%x: i32) {
  %c7 = arith.constant 7 : i32
  %r = scf.while (%a = %x) : (i32) -> i32 {
    %c = arith.cmpi slt, %a, %c7 : i32
    scf.condition(%c) %a : i32
  } do {
  ^bb0(%a: i32):
    %c = arith.cmpi slt, %a, %c7 : i32
    %d = arith.cmpi sge, %a, %c7 : i32
    %e = "test.use"(%c, %d, %a) : (i1, i1, i32) -> i32
    scf.yield %e : i32
  }
  return
}

// CHECK-LABEL: func.func @parallel_dimensions
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %c1 = arith.constant 1 : index
// CHECK-NEXT: %c3 = arith.constant 3 : index
// CHECK-NEXT: scf.parallel (%arg1, %arg2) = (%c3, %c0) to (%arg0, %arg0) step (%c1, %c1) {
// CHECK-NEXT: "test.use"(%c0, %arg1, %arg2) : (index, index, index) -> ()
// CHECK-NEXT: scf.reduce
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @parallel_dimensions(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  scf.parallel (%i, %j, %k) = (%c0, %c3, %c0) to (%c1, %n, %n) step (%c1, %c1, %c1) {
    "test.use"(%i, %j, %k) : (index, index, index) -> ()
    scf.reduce
  }
  scf.parallel (%i) = (%c3) to (%c3) step (%c1) {
    "test.use"(%i) : (index) -> ()
    scf.reduce
  }
  return
}

// CHECK-LABEL: func.func @parallel_once
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %0 = "test.use"(%c0) : (index) -> f32
// CHECK-NEXT: %1 = arith.addf %arg0, %0 : f32
// CHECK-NEXT: return %1 : f32
func.func @parallel_once(%x: f32, %y: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.parallel (%i) = (%c0) to (%c1) step (%c1) init (%x) -> f32 {
    %a = "test.use"(%i) : (index) -> f32
    scf.reduce(%a : f32) {
    ^bb0(%u: f32, %v: f32):
      %s = arith.addf %u, %v : f32
      scf.reduce.return %s : f32
    }
  }
  return %r : f32
}

// CHECK-LABEL: func.func @parallel_nest
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %c1 = arith.constant 1 : index
// CHECK-NEXT: scf.parallel (%arg2, %arg3) = (%c0, %c1) to (%arg0, %arg1) step (%c1, %c1) {
// CHECK-NEXT: "test.use"(%arg2, %arg3) : (index, index) -> ()
// CHECK-NEXT: scf.reduce
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @parallel_nest(%n: index, %m: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    scf.parallel (%j) = (%c1) to (%m) step (%c1) {
      "test.use"(%i, %j) : (index, index) -> ()
      scf.reduce
    }
    scf.reduce
  }
  return
}

// CHECK-LABEL: func.func @known_tasks
// CHECK-NEXT: scf.forall (%arg1, %arg2) in (4, %arg0) {
// CHECK-NEXT: "test.use"(%arg1, %arg2) : (index, index) -> ()
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @known_tasks(%n: index) {
  %c4 = arith.constant 4 : index
  scf.forall (%i, %j) in (%c4, %n) {
    "test.use"(%i, %j) : (index, index) -> ()
  }
  return
}

// CHECK-LABEL: func.func @one_task_in_a_dimension
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: scf.forall (%arg1) in (%arg0) {
// CHECK-NEXT: "test.use"(%c0, %arg1) : (index, index) -> ()
// CHECK-NEXT: }
// CHECK-NEXT: return
func.func @one_task_in_a_dimension(%n: index) {
  scf.forall (%i, %j) in (1, %n) {
    "test.use"(%i, %j) : (index, index) -> ()
  }
  scf.forall (%i, %j) = (4, 2) to (4, %n) step (1, 2) {
    "test.use"(%i, %j) : (index, index) -> ()
  }
  return
}

// CHECK-LABEL: func.func @unused_output
// CHECK-NEXT: %0 = scf.forall (%arg3) in (%arg0) shared_outs(%arg4 = %arg1) -> (tensor<8xf32>) {
// CHECK-NEXT: %1 = "test.use"(%arg3, %arg2) : (index, tensor<8xf32>) -> tensor<1xf32>
// CHECK-NEXT: scf.forall.in_parallel {
// CHECK-NEXT: tensor.parallel_insert_slice %1 into %arg4[%arg3] [1] [1] : tensor<1xf32> into tensor<8xf32>
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: return %0, %arg2 : tensor<8xf32>, tensor<8xf32>
func.func @unused_output(%n: index, %x: tensor<8xf32>, %y: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %r:2 = scf.forall (%i) in (%n) shared_outs(%a = %x, %b = %y) -> (tensor<8xf32>, tensor<8xf32>) {
    %s = "test.use"(%i, %b) : (index, tensor<8xf32>) -> tensor<1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %a[%i] [1] [1] : tensor<1xf32> into tensor<8xf32>
    }
  }
  return %r#0, %r#1 : tensor<8xf32>, tensor<8xf32>
}

// CHECK-LABEL: func.func @only_task
// CHECK-NEXT: %c0 = arith.constant 0 : index
// CHECK-NEXT: %0 = "test.use"(%c0, %arg0) : (index, tensor<8xf32>) -> tensor<1xf32>
// CHECK-NEXT: %inserted_slice = tensor.insert_slice %0 into %arg0[0] [1] [1] : tensor<1xf32> into tensor<8xf32>
// CHECK-NEXT: return %inserted_slice : tensor<8xf32>
func.func @only_task(%x: tensor<8xf32>) -> tensor<8xf32> {
  %r = scf.forall (%i) in (1) shared_outs(%a = %x) -> (tensor<8xf32>) {
    %s = "test.use"(%i, %a) : (index, tensor<8xf32>) -> tensor<1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %a[%i] [1] [1] : tensor<1xf32> into tensor<8xf32>
    }
  }
  return %r : tensor<8xf32>
}
