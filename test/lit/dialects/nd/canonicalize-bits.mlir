// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @constants
// CHECK-DAG: dense<[-4, 0, 0]> : tensor<3xi8>
// CHECK-DAG: dense<-1> : tensor<3xi8>
// CHECK-DAG: dense<[7, 8, 0]> : tensor<3xi8>
// CHECK-DAG: dense<1065353216> : tensor<2xi32>
// CHECK-DAG: 0, 1072693248], [0, 1073741824
func.func @constants() -> (tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<2xi32>, tensor<2x2xi32>) {
  %x = nd.constant dense<[-1, -1, -1]> : tensor<3xi8>
  %n = nd.constant dense<[2, 8, -1]> : tensor<3xi8>
  %0 = nd.bitwise_left_shift %x, %n : tensor<3xi8>
  %1 = nd.bitwise_right_shift %x, %n : tensor<3xi8>
  %y = nd.constant dense<[1, 0, -128]> : tensor<3xi8>
  %2 = nd.count_leading_zeros %y : tensor<3xi8>
  %f = nd.constant dense<1.0> : tensor<2xf32>
  %3 = nd.bitcast %f : tensor<2xf32> -> tensor<2xi32>
  %d = nd.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %4 = nd.bitcast %d : tensor<2xf64> -> tensor<2x2xi32>
  return %0, %1, %2, %3, %4 : tensor<3xi8>, tensor<3xi8>, tensor<3xi8>, tensor<2xi32>, tensor<2x2xi32>
}
