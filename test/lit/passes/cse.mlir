// Equal pure operations are computed once; commuted operands count as equal, effects do not.
// RUN: irc-opt %s --cse | filecheck %s

func.func @commuted(%a: f32, %b: f32) -> (f32, f32) {
  %x = arith.addf %a, %b : f32
  %y = arith.addf %b, %a : f32
  return %x, %y : f32, f32
}

func.func @not_commuted(%a: f32, %b: f32) -> (f32, f32) {
  %x = arith.subf %a, %b : f32
  %y = arith.subf %b, %a : f32
  return %x, %y : f32, f32
}

func.func @across_regions(%a: f32, %c: i1) -> f32 {
  %x = arith.mulf %a, %a : f32
  %r = scf.if %c -> (f32) {
    %y = arith.mulf %a, %a : f32
    scf.yield %y : f32
  } else {
    scf.yield %x : f32
  }
  return %r : f32
}

func.func @storage_is_not_shared() -> (tensor<4xf32>, tensor<4xf32>) {
  %s = nd.allocate() : tensor<4xf32>
  %t = nd.allocate() : tensor<4xf32>
  return %s, %t : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @commuted(
// CHECK-SAME:  %arg0: f32, %arg1: f32) -> (f32, f32) {
// CHECK-NEXT:  %0 = arith.addf %arg0, %arg1 : f32
// CHECK-NEXT:  return %0, %0 : f32, f32
// CHECK-LABEL: func.func @not_commuted(
// CHECK-SAME:  %arg0: f32, %arg1: f32) -> (f32, f32) {
// CHECK-NEXT:  %0 = arith.subf %arg0, %arg1 : f32
// CHECK-NEXT:  %1 = arith.subf %arg1, %arg0 : f32
// CHECK-NEXT:  return %0, %1 : f32, f32
// CHECK-LABEL: func.func @across_regions(
// CHECK-SAME:  %arg0: f32, %arg1: i1) -> f32 {
// CHECK-NEXT:  %0 = arith.mulf %arg0, %arg0 : f32
// CHECK-NEXT:  %1 = scf.if %arg1 -> (f32) {
// CHECK-NEXT:  scf.yield %0 : f32
// CHECK-NEXT:  } else {
// CHECK-NEXT:  scf.yield %0 : f32
// CHECK:       return %1 : f32
// CHECK-LABEL: func.func @storage_is_not_shared(
// CHECK-SAME:  ) -> (tensor<4xf32>, tensor<4xf32>) {
// CHECK-NEXT:  %0 = nd.allocate() : tensor<4xf32>
// CHECK-NEXT:  %1 = nd.allocate() : tensor<4xf32>
// CHECK-NEXT:  return %0, %1 : tensor<4xf32>, tensor<4xf32>
