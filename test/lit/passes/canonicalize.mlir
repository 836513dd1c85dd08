// Constants are folded and kept once at the entry, decided control flow goes away, movements of data combine.
// RUN: irc-opt %s --canonicalize | filecheck %s

func.func @fold(%a: i32) -> i32 {
  %c2 = arith.constant 2 : i32
  %c3 = arith.constant 3 : i32
  %c5 = arith.addi %c2, %c3 : i32
  %x = arith.muli %c5, %a : i32
  return %x : i32
}

func.func @unique(%c: i1) -> f32 {
  %r = scf.if %c -> (f32) {
    %x = arith.constant 1.0 : f32
    scf.yield %x : f32
  } else {
    %y = arith.constant 1.0 : f32
    %z = arith.addf %y, %y : f32
    scf.yield %z : f32
  }
  return %r : f32
}

func.func @decided(%a: f32, %b: f32) -> f32 {
  %true = arith.constant true
  %r = scf.if %true -> (f32) {
    scf.yield %a : f32
  } else {
    scf.yield %b : f32
  }
  return %r : f32
}

func.func @one_trip(%a: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %c1 step %c1 iter_args(%x = %a) -> (f32) {
    %y = arith.addf %x, %x : f32
    scf.yield %y : f32
  }
  return %r : f32
}

func.func @carried_for_nothing(%n: index, %a: f32, %b: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:3 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %a, %y = %b, %z = %a) -> (f32, f32, f32) {
    %s = arith.addf %x, %y : f32
    %u = arith.mulf %z, %z : f32
    scf.yield %s, %y, %u : f32, f32, f32
  }
  return %r#0 : f32
}

func.func @movements(%x: tensor<2x6xf32>) -> tensor<12xf32> {
  %a = nd.reshape %x : tensor<2x6xf32> -> tensor<3x4xf32>
  %b = nd.reshape %a : tensor<3x4xf32> -> tensor<12xf32>
  %c = nd.reshape %b : tensor<12xf32> -> tensor<12xf32>
  return %c : tensor<12xf32>
}

func.func @transposed_twice(%x: tensor<2x6xf32>) -> tensor<2x6xf32> {
  %a = nd.permute_dims %x axes = [1, 0] : tensor<2x6xf32> -> tensor<6x2xf32>
  %b = nd.permute_dims %a axes = [1, 0] : tensor<6x2xf32> -> tensor<2x6xf32>
  return %b : tensor<2x6xf32>
}

func.func @dim(%x: tensor<2x?xf32>) -> (index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = tensor.dim %x, %c0 : tensor<2x?xf32>
  %b = tensor.dim %x, %c1 : tensor<2x?xf32>
  return %a, %b : index, index
}

// CHECK-LABEL: func.func @fold(
// CHECK-SAME:  %arg0: i32) -> i32 {
// CHECK-NEXT:  %c5_i32 = arith.constant 5 : i32
// CHECK-NEXT:  %0 = arith.muli %arg0, %c5_i32 : i32
// CHECK-NEXT:  return %0 : i32
// CHECK-LABEL: func.func @unique(
// CHECK-SAME:  %arg0: i1) -> f32 {
// CHECK-NEXT:  %cst = arith.constant 1.000000e+00 : f32
// CHECK-NEXT:  %cst_0 = arith.constant 2.000000e+00 : f32
// CHECK-NEXT:  %0 = arith.select %arg0, %cst, %cst_0 : f32
// CHECK-NEXT:  return %0 : f32
// CHECK-LABEL: func.func @decided(
// CHECK-SAME:  %arg0: f32, %arg1: f32) -> f32 {
// CHECK-NEXT:  return %arg0 : f32
// CHECK-LABEL: func.func @one_trip(
// CHECK-SAME:  %arg0: f32) -> f32 {
// CHECK-NEXT:  %0 = arith.addf %arg0, %arg0 : f32
// CHECK-NEXT:  return %0 : f32
// CHECK-LABEL: func.func @carried_for_nothing(
// CHECK-SAME:  %arg0: index, %arg1: f32, %arg2: f32) -> f32 {
// CHECK-NEXT:  %c0 = arith.constant 0 : index
// CHECK-NEXT:  %c1 = arith.constant 1 : index
// CHECK-NEXT:  %0 = scf.for %arg3 = %c0 to %arg0 step %c1 iter_args(%arg4 = %arg1) -> (f32) {
// CHECK-NEXT:  %1 = arith.addf %arg4, %arg2 : f32
// CHECK-NEXT:  scf.yield %1 : f32
// CHECK:       return %0 : f32
// CHECK-LABEL: func.func @movements(
// CHECK-SAME:  %arg0: tensor<2x6xf32>) -> tensor<12xf32> {
// CHECK-NEXT:  %0 = nd.reshape %arg0 : tensor<2x6xf32> -> tensor<12xf32>
// CHECK-NEXT:  return %0 : tensor<12xf32>
// CHECK-LABEL: func.func @transposed_twice(
// CHECK-SAME:  %arg0: tensor<2x6xf32>) -> tensor<2x6xf32> {
// CHECK-NEXT:  return %arg0 : tensor<2x6xf32>
// CHECK-LABEL: func.func @dim(
// CHECK-SAME:  %arg0: tensor<2x?xf32>) -> (index, index) {
// CHECK-NEXT:  %c1 = arith.constant 1 : index
// CHECK-NEXT:  %c2 = arith.constant 2 : index
// CHECK-NEXT:  %dim = tensor.dim %arg0, %c1 : tensor<2x?xf32>
// CHECK-NEXT:  return %c2, %dim : index, index
