// Parts that are known before the number is put together, and constants.
// RUN: irc-opt %s --canonicalize | filecheck %s

// CHECK-LABEL: func.func @parts_of_parts
// CHECK-SAME: (%[[RE:.+]]: tensor<?xf32>, %[[IM:.+]]: tensor<?xf32>)
// CHECK-NEXT: return %[[RE]], %[[IM]]
func.func @parts_of_parts(%re: tensor<?xf32>, %im: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %z = nd.complex %re, %im : tensor<?xf32>
  %0 = nd.real %z : tensor<?xcomplex<f32>>
  %1 = nd.imag %z : tensor<?xcomplex<f32>>
  return %0, %1 : tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @together_again
// CHECK-SAME: (%[[Z:.+]]: tensor<3xcomplex<f32>>)
// CHECK-NEXT: return %[[Z]]
func.func @together_again(%z: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %re = nd.real %z : tensor<3xcomplex<f32>>
  %im = nd.imag %z : tensor<3xcomplex<f32>>
  %0 = nd.complex %re, %im : tensor<3xf32>
  return %0 : tensor<3xcomplex<f32>>
}

// The parts in the other order are another number.
// CHECK-LABEL: func.func @swapped
// CHECK: nd.complex
func.func @swapped(%z: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
  %re = nd.real %z : tensor<3xcomplex<f32>>
  %im = nd.imag %z : tensor<3xcomplex<f32>>
  %0 = nd.complex %im, %re : tensor<3xf32>
  return %0 : tensor<3xcomplex<f32>>
}

// A real number is its own real part; of storage that is given away the result is made.
// CHECK-LABEL: func.func @real
// CHECK-SAME: (%[[X:.+]]: tensor<3xf32>)
// CHECK: %[[INTO:.+]] = nd.real %[[X]] into
// CHECK: return %[[X]], %[[INTO]]
func.func @real(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %s = nd.allocate() : tensor<3xf32>
  %0 = nd.real %x : tensor<3xf32>
  %1 = nd.real %x into %s : tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @constants
// CHECK-DAG: %[[Z:.+]] = nd.constant dense<[(1.000000e+00,3.000000e+00), (2.000000e+00,-0.000000e+00)]> : tensor<2xcomplex<f32>>
// CHECK-DAG: %[[P:.+]] = nd.constant dense<[(-8.000000e+00,6.000000e+00), (4.000000e+00,-0.000000e+00)]> : tensor<2xcomplex<f32>>
// CHECK-DAG: %[[A:.+]] = nd.constant dense<[3.16{{.+}}, 2.000000e+00]> : tensor<2xf32>
// CHECK: return %[[Z]], %[[P]], %[[A]]
func.func @constants() -> (tensor<2xcomplex<f32>>, tensor<2xcomplex<f32>>, tensor<2xf32>) {
  %re = nd.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %im = nd.constant dense<[3.0, -0.0]> : tensor<2xf32>
  %0 = nd.complex %re, %im : tensor<2xf32>
  %1 = nd.multiply %0, %0 : tensor<2xcomplex<f32>>
  %2 = nd.abs %0 : tensor<2xcomplex<f32>>
  return %0, %1, %2 : tensor<2xcomplex<f32>>, tensor<2xcomplex<f32>>, tensor<2xf32>
}
