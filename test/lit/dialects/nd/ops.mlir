// Every op of the dialect, with static and dynamic dimensions and with destinations.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @elementwise(%x: tensor<4x?xf32>, %y: tensor<4x?xf32>, %b: tensor<3xi1>) {
  %0 = nd.abs %x : tensor<4x?xf32>
  %1 = nd.add %x, %y : tensor<4x?xf32>
  %2 = nd.atan2 %x, %y : tensor<4x?xf32>
  %3 = nd.ceil %x : tensor<4x?xf32>
  %4 = nd.cos %x : tensor<4x?xf32>
  %5 = nd.divide %x, %y : tensor<4x?xf32>
  %6 = nd.equal %x, %y : tensor<4x?xf32>
  %7 = nd.erf %x : tensor<4x?xf32>
  %8 = nd.exp %x : tensor<4x?xf32>
  %9 = nd.expm1 %x : tensor<4x?xf32>
  %10 = nd.floor %x : tensor<4x?xf32>
  %11 = nd.greater %x, %y : tensor<4x?xf32>
  %12 = nd.greater_equal %x, %y : tensor<4x?xf32>
  %13 = nd.less %x, %y : tensor<4x?xf32>
  %14 = nd.less_equal %x, %y : tensor<4x?xf32>
  %15 = nd.log %x : tensor<4x?xf32>
  %16 = nd.log1p %x : tensor<4x?xf32>
  %17 = nd.logical_and %b, %b : tensor<3xi1>
  %18 = nd.logical_or %b, %b : tensor<3xi1>
  %19 = nd.logical_xor %b, %b : tensor<3xi1>
  %20 = nd.logistic %x : tensor<4x?xf32>
  %21 = nd.maximum %x, %y : tensor<4x?xf32>
  %22 = nd.minimum %x, %y : tensor<4x?xf32>
  %23 = nd.multiply %x, %y : tensor<4x?xf32>
  %24 = nd.negative %x : tensor<4x?xf32>
  %25 = nd.not_equal %x, %y : tensor<4x?xf32>
  %26 = nd.pow %x, %y : tensor<4x?xf32>
  %27 = nd.remainder %x, %y : tensor<4x?xf32>
  %28 = nd.round %x : tensor<4x?xf32>
  %29 = nd.rsqrt %x : tensor<4x?xf32>
  %30 = nd.sign %x : tensor<4x?xf32>
  %31 = nd.sin %x : tensor<4x?xf32>
  %32 = nd.sqrt %x : tensor<4x?xf32>
  %33 = nd.subtract %x, %y : tensor<4x?xf32>
  %34 = nd.tanh %x : tensor<4x?xf32>
  %35 = nd.logical_not %b : tensor<3xi1>
  %36 = nd.less %x, %y : tensor<4x?xf32>
  %37 = nd.where %36, %x, %y : tensor<4x?xi1>, tensor<4x?xf32>
  %38 = nd.cast %x : tensor<4x?xf32> -> tensor<4x?xi8>
  return
}
func.func @reductions(%x: tensor<4x?xf32>, %b: tensor<3xi1>) {
  %0 = nd.sum %x axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
  %1 = nd.prod %x axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
  %2 = nd.max %x axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
  %3 = nd.min %x axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
  %4 = nd.any %b axes = [0] : tensor<3xi1> -> tensor<i1>
  %5 = nd.all %b axes = [0] : tensor<3xi1> -> tensor<i1>
  return
}
func.func @shapes(%x: tensor<4x6xf32>, %v: tensor<f32>, %n: index) {
  %0 = nd.broadcast_to %x(%n) : tensor<4x6xf32> -> tensor<?x4x6xf32>
  %1 = nd.reshape %x : tensor<4x6xf32> -> tensor<24xf32>
  %2 = nd.permute_dims %x axes = [1, 0] : tensor<4x6xf32> -> tensor<6x4xf32>
  %3 = nd.concat %x, %x axis = 1 : tensor<4x6xf32>, tensor<4x6xf32> -> tensor<4x12xf32>
  %4 = nd.slice %x [0:4:2, 1:3] : tensor<4x6xf32> -> tensor<2x2xf32>
  %5 = nd.slice %0 [:, 1:3, 0:6] : tensor<?x4x6xf32> -> tensor<?x2x6xf32>
  %6 = nd.dynamic_slice %x[%n, %n] : tensor<4x6xf32> -> tensor<2x3xf32>
  %7 = nd.dynamic_update_slice %x, %6[%n, %n] : tensor<4x6xf32>, tensor<2x3xf32>
  %8 = nd.pad %x, %v low = [1, -1] high = [0, 2] interior = [1, 0] : tensor<4x6xf32>, tensor<f32> -> tensor<8x7xf32>
  %9 = nd.iota axis = 1 : tensor<4x6xi32>
  %10 = nd.iota(%n) axis = 0 : tensor<?xf64>
  %11 = nd.constant dense<0.5> : tensor<4x6xf32>
  nd.print "n is {}"(%n) : index
  return
}
func.func @products(%m: tensor<2x3xf64>, %n: tensor<3x4xf64>, %v: tensor<3xf64>, %b: tensor<?x2x3xf64>) {
  %0 = nd.matmul %m, %n : tensor<2x3xf64>, tensor<3x4xf64> -> tensor<2x4xf64>
  %1 = nd.matmul %m, %v : tensor<2x3xf64>, tensor<3xf64> -> tensor<2xf64>
  %2 = nd.matmul %v, %v : tensor<3xf64>, tensor<3xf64> -> tensor<f64>
  %3 = nd.matmul %b, %n : tensor<?x2x3xf64>, tensor<3x4xf64> -> tensor<?x2x4xf64>
  return
}
func.func @destinations(%x: tensor<4xf32>, %n: index) -> (tensor<4xf32>, tensor<?xi1>) {
  %s = nd.allocate() : tensor<4xf32>
  %0 = nd.add %x, %x into %s : tensor<4xf32>
  %1 = nd.exp %0 into %0 : tensor<4xf32>
  %d = nd.allocate(%n) : tensor<?xf32>
  %t = nd.allocate(%n) : tensor<?xi1>
  %2 = nd.less %d, %d into %t : tensor<?xf32>
  return %1, %2 : tensor<4xf32>, tensor<?xi1>
}

// CHECK: func.func @elementwise(%arg0: tensor<4x?xf32>, %arg1: tensor<4x?xf32>, %arg2: tensor<3xi1>) {
// CHECK: %0 = nd.abs %arg0 : tensor<4x?xf32>
// CHECK: %1 = nd.add %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %2 = nd.atan2 %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %3 = nd.ceil %arg0 : tensor<4x?xf32>
// CHECK: %4 = nd.cos %arg0 : tensor<4x?xf32>
// CHECK: %5 = nd.divide %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %6 = nd.equal %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %7 = nd.erf %arg0 : tensor<4x?xf32>
// CHECK: %8 = nd.exp %arg0 : tensor<4x?xf32>
// CHECK: %9 = nd.expm1 %arg0 : tensor<4x?xf32>
// CHECK: %10 = nd.floor %arg0 : tensor<4x?xf32>
// CHECK: %11 = nd.greater %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %12 = nd.greater_equal %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %13 = nd.less %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %14 = nd.less_equal %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %15 = nd.log %arg0 : tensor<4x?xf32>
// CHECK: %16 = nd.log1p %arg0 : tensor<4x?xf32>
// CHECK: %17 = nd.logical_and %arg2, %arg2 : tensor<3xi1>
// CHECK: %18 = nd.logical_or %arg2, %arg2 : tensor<3xi1>
// CHECK: %19 = nd.logical_xor %arg2, %arg2 : tensor<3xi1>
// CHECK: %20 = nd.logistic %arg0 : tensor<4x?xf32>
// CHECK: %21 = nd.maximum %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %22 = nd.minimum %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %23 = nd.multiply %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %24 = nd.negative %arg0 : tensor<4x?xf32>
// CHECK: %25 = nd.not_equal %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %26 = nd.pow %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %27 = nd.remainder %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %28 = nd.round %arg0 : tensor<4x?xf32>
// CHECK: %29 = nd.rsqrt %arg0 : tensor<4x?xf32>
// CHECK: %30 = nd.sign %arg0 : tensor<4x?xf32>
// CHECK: %31 = nd.sin %arg0 : tensor<4x?xf32>
// CHECK: %32 = nd.sqrt %arg0 : tensor<4x?xf32>
// CHECK: %33 = nd.subtract %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %34 = nd.tanh %arg0 : tensor<4x?xf32>
// CHECK: %35 = nd.logical_not %arg2 : tensor<3xi1>
// CHECK: %36 = nd.less %arg0, %arg1 : tensor<4x?xf32>
// CHECK: %37 = nd.where %36, %arg0, %arg1 : tensor<4x?xi1>, tensor<4x?xf32>
// CHECK: %38 = nd.cast %arg0 : tensor<4x?xf32> -> tensor<4x?xi8>
// CHECK: return
// CHECK: func.func @reductions(%arg0: tensor<4x?xf32>, %arg1: tensor<3xi1>) {
// CHECK: %0 = nd.sum %arg0 axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
// CHECK: %1 = nd.prod %arg0 axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
// CHECK: %2 = nd.max %arg0 axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
// CHECK: %3 = nd.min %arg0 axes = [0] : tensor<4x?xf32> -> tensor<?xf32>
// CHECK: %4 = nd.any %arg1 axes = [0] : tensor<3xi1> -> tensor<i1>
// CHECK: %5 = nd.all %arg1 axes = [0] : tensor<3xi1> -> tensor<i1>
// CHECK: return
// CHECK: func.func @shapes(%arg0: tensor<4x6xf32>, %arg1: tensor<f32>, %arg2: index) {
// CHECK: %0 = nd.broadcast_to %arg0(%arg2) : tensor<4x6xf32> -> tensor<?x4x6xf32>
// CHECK: %1 = nd.reshape %arg0 : tensor<4x6xf32> -> tensor<24xf32>
// CHECK: %2 = nd.permute_dims %arg0 axes = [1, 0] : tensor<4x6xf32> -> tensor<6x4xf32>
// CHECK: %3 = nd.concat %arg0, %arg0 axis = 1 : tensor<4x6xf32>, tensor<4x6xf32> -> tensor<4x12xf32>
// CHECK: %4 = nd.slice %arg0 [0:4:2, 1:3] : tensor<4x6xf32> -> tensor<2x2xf32>
// CHECK: %5 = nd.slice %0 [:, 1:3, 0:6] : tensor<?x4x6xf32> -> tensor<?x2x6xf32>
// CHECK: %6 = nd.dynamic_slice %arg0[%arg2, %arg2] : tensor<4x6xf32> -> tensor<2x3xf32>
// CHECK: %7 = nd.dynamic_update_slice %arg0, %6[%arg2, %arg2] : tensor<4x6xf32>, tensor<2x3xf32>
// CHECK: %8 = nd.pad %arg0, %arg1 low = [1, -1] high = [0, 2] interior = [1, 0] : tensor<4x6xf32>, tensor<f32> -> tensor<8x7xf32>
// CHECK: %9 = nd.iota axis = 1 : tensor<4x6xi32>
// CHECK: %10 = nd.iota(%arg2) axis = 0 : tensor<?xf64>
// CHECK: %cst = nd.constant dense<5.000000e-01> : tensor<4x6xf32>
// CHECK: nd.print "n is {}"(%arg2) : index
// CHECK: return
// CHECK: func.func @products(%arg0: tensor<2x3xf64>, %arg1: tensor<3x4xf64>, %arg2: tensor<3xf64>, %arg3: tensor<?x2x3xf64>) {
// CHECK: %0 = nd.matmul %arg0, %arg1 : tensor<2x3xf64>, tensor<3x4xf64> -> tensor<2x4xf64>
// CHECK: %1 = nd.matmul %arg0, %arg2 : tensor<2x3xf64>, tensor<3xf64> -> tensor<2xf64>
// CHECK: %2 = nd.matmul %arg2, %arg2 : tensor<3xf64>, tensor<3xf64> -> tensor<f64>
// CHECK: %3 = nd.matmul %arg3, %arg1 : tensor<?x2x3xf64>, tensor<3x4xf64> -> tensor<?x2x4xf64>
// CHECK: return
// CHECK: func.func @destinations(%arg0: tensor<4xf32>, %arg1: index) -> (tensor<4xf32>, tensor<?xi1>) {
// CHECK: %0 = nd.allocate() : tensor<4xf32>
// CHECK: %1 = nd.add %arg0, %arg0 into %0 : tensor<4xf32>
// CHECK: %2 = nd.exp %1 into %1 : tensor<4xf32>
// CHECK: %3 = nd.allocate(%arg1) : tensor<?xf32>
// CHECK: %4 = nd.allocate(%arg1) : tensor<?xi1>
// CHECK: %5 = nd.less %3, %3 into %4 : tensor<?xf32>
// CHECK: return %2, %5 : tensor<4xf32>, tensor<?xi1>
