// RUN: irc-opt %s --stablehlo-to-nd | filecheck %s

// A loop that counts to what does not change is a counted one; a value that it carries unchanged is not carried.
// CHECK-LABEL: func.func @counted
// CHECK: %[[R:.+]] = scf.for %[[I:.+]] = %{{.+}} to %{{.+}} step %{{.+}} iter_args(%[[A:.+]] = %arg0) -> (tensor<4xf32>) {
// CHECK: nd.add %[[A]], %arg1
// CHECK: return %[[R]], %arg1
func.func @counted(%x: tensor<4xf32>, %d: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %0:3 = stablehlo.while(%i = %zero, %a = %x, %b = %d) : tensor<i32>, tensor<4xf32>, tensor<4xf32>
  cond {
    %n = stablehlo.constant dense<10> : tensor<i32>
    %p = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %s = stablehlo.add %a, %b : tensor<4xf32>
    %j = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %j, %s, %b : tensor<i32>, tensor<4xf32>, tensor<4xf32>
  }
  return %0#1, %0#2 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @open
// CHECK: scf.while
// CHECK: scf.condition
func.func @open(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.while(%a = %x) : tensor<f32>
  cond {
    %n = stablehlo.constant dense<10.0> : tensor<f32>
    %p = stablehlo.compare LT, %a, %n : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %s = stablehlo.add %a, %a : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }
  return %0 : tensor<f32>
}

// Any number but that of an earlier branch takes the last one.
// CHECK-LABEL: func.func @branches
// CHECK: arith.cmpi eq, %[[I:.+]], %c0
// CHECK: scf.if
// CHECK: nd.sin
// CHECK: arith.cmpi eq, %[[I]], %c1
// CHECK: nd.cos
// CHECK: else
// CHECK: nd.tanh
func.func @branches(%i: tensor<i32>, %x: tensor<f32>) -> tensor<f32> {
  %0 = "stablehlo.case"(%i) ({
    %1 = stablehlo.sine %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }, {
    %1 = stablehlo.cosine %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }, {
    %1 = stablehlo.tanh %x : tensor<f32>
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<i32>) -> tensor<f32>
  return %0 : tensor<f32>
}

// A composite is a call of what it is made of, and where a tensor lies is of no matter.
// CHECK-LABEL: func.func @called
// CHECK: call @inner(%arg0)
// CHECK-NOT: sdy
// CHECK: cf.assert %{{.+}}, "sizes must agree"
func.func private @inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.tanh %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @called(%x: tensor<4xf32>, %p: tensor<i1>) -> tensor<4xf32> {
  %0 = stablehlo.composite "my.op" %x {decomposition = @inner} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = stablehlo.custom_call @Sharding(%0) : (tensor<4xf32>) -> tensor<4xf32>
  stablehlo.custom_call @shape_assertion(%p) {error_message = "sizes must agree (= {0})", has_side_effect = true} : (tensor<i1>) -> ()
  %2 = stablehlo.optimization_barrier %1 : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// On one device the part of each device is the whole.
// CHECK-LABEL: func.func @manual
// CHECK-NEXT: nd.tanh %arg0
// CHECK-NEXT: return
sdy.mesh @one = <["x"=1]>
func.func @manual(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = sdy.manual_computation(%x) in_shardings=[<@one, [{}]>] out_shardings=[<@one, [{}]>] manual_axes={"x"} (%a: tensor<4xf32>) {
    %1 = stablehlo.tanh %a : tensor<4xf32>
    sdy.return %1 : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
