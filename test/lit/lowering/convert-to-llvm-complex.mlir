// A complex number is a struct of its parts, as upstream has it.
// RUN: irc-opt %s --convert-to-llvm | filecheck %s

// CHECK: llvm.mlir.global private constant @k(dense<[(1.000000e+00,2.000000e+00), (3.000000e+00,4.000000e+00)]> : tensor<2xcomplex<f32>>) {{.*}}: !llvm.array<2 x struct<(f32, f32)>>
memref.global "private" constant @k : memref<2xcomplex<f32>> = dense<[(1.0, 2.0), (3.0, 4.0)]>
// CHECK: llvm.mlir.global private constant @one([1.000000e+00 : f32, -0.000000e+00 : f32]) {{.*}}: !llvm.struct<(f32, f32)>
memref.global "private" constant @one : memref<complex<f32>> = dense<(1.0, -0.0)>

// CHECK-LABEL: llvm.func @parts
// CHECK-SAME: (%[[X:.+]]: f32, %[[Z:.+]]: !llvm.struct<(f32, f32)>) -> !llvm.struct<(f32, f32)>
// CHECK: %[[NONE:.+]] = llvm.mlir.poison : !llvm.struct<(f32, f32)>
// CHECK: %[[IM:.+]] = llvm.extractvalue %[[Z]][1] : !llvm.struct<(f32, f32)>
// CHECK: %[[HALF:.+]] = llvm.insertvalue %[[X]], %[[NONE]][0]
// CHECK: %[[W:.+]] = llvm.insertvalue %[[IM]], %[[HALF]][1]
// CHECK: llvm.return %[[W]] : !llvm.struct<(f32, f32)>
func.func @parts(%x: f32, %z: complex<f32>) -> complex<f32> {
  %im = complex.im %z : complex<f32>
  %w = complex.create %x, %im : complex<f32>
  return %w : complex<f32>
}

// CHECK-LABEL: llvm.func @memory
// CHECK: llvm.mlir.constant([5.000000e-01, -2.000000e+00]) : !llvm.struct<(f64, f64)>
// CHECK: llvm.load %{{.+}} : !llvm.ptr -> !llvm.struct<(f64, f64)>
// CHECK: llvm.store %{{.+}}, %{{.+}} : !llvm.struct<(f64, f64)>, !llvm.ptr
func.func @memory(%m: memref<?xcomplex<f64>>, %i: index) -> complex<f64> {
  %k = complex.constant [0.5, -2.0] : complex<f64>
  %z = memref.load %m[%i] : memref<?xcomplex<f64>>
  memref.store %k, %m[%i] : memref<?xcomplex<f64>>
  return %z : complex<f64>
}
