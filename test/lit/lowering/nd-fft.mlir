// RUN: irc-opt %s --nd-to-linalg | filecheck %s

// CHECK-LABEL: func.func @fft
// CHECK: %[[N:.+]] = tensor.dim %[[X:[a-z0-9]+]], %{{.+}}
// CHECK: %[[Y:.+]] = nd.custom_call @irc.fft(%[[X]]) sizes(%[[N]]) options {kind = "RFFT", length = array<i64: 8>} : (tensor<?x8xf32>) -> tensor<?x5xcomplex<f32>>
// CHECK: nd.custom_call @irc.fft(%[[Y]]) sizes(%{{.+}}) options {kind = "IRFFT", length = array<i64: 8>} : (tensor<?x5xcomplex<f32>>) -> tensor<?x8xf32>
func.func @fft(%x: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %y = nd.fft %x kind = RFFT length = [8] : tensor<?x8xf32> -> tensor<?x5xcomplex<f32>>
  %z = nd.fft %y kind = IRFFT length = [8] : tensor<?x5xcomplex<f32>> -> tensor<?x8xf32>
  return %z : tensor<?x8xf32>
}
