// Library ops become calls, whose results become buffers that the called function writes.
// RUN: irc-opt %s --nd-to-linalg | filecheck %s --check-prefix=TENSOR
// RUN: irc-opt %s --nd-to-linalg --canonicalize --bufferize | filecheck %s --check-prefix=BUFFER
// RUN: irc-opt %s --nd-to-linalg --canonicalize --bufferize --plan-memory --convert-to-llvm | filecheck %s --check-prefix=LLVM

// TENSOR-LABEL: func.func @cholesky
// TENSOR: %[[N:.+]] = tensor.dim %[[A:[a-z0-9]+]], %{{.+}}
// TENSOR: nd.custom_call @irc.cholesky(%[[A]]) sizes(%[[N]]) options {lower = true} : (tensor<?x3x3xf32>) -> tensor<?x3x3xf32>
// BUFFER-LABEL: func.func @cholesky
// BUFFER-SAME: %[[A:.+]]: memref<?x3x3xf32>
// BUFFER: %[[R:.+]] = memref.alloc(%{{.+}}) : memref<?x3x3xf32>
// BUFFER: nd.custom_call @irc.cholesky(%[[A]]) into(%[[R]] : memref<?x3x3xf32>) options {lower = true} : (memref<?x3x3xf32>) -> ()
// BUFFER: return %[[R]]
func.func @cholesky(%a: tensor<?x3x3xf32>) -> tensor<?x3x3xf32> {
  %l = nd.cholesky %a lower = true : tensor<?x3x3xf32>
  return %l : tensor<?x3x3xf32>
}

// The storage that is given away is written.
// TENSOR-LABEL: func.func @solve
// TENSOR: %[[S:.+]] = tensor.empty() : tensor<3x2xf32>
// TENSOR: nd.custom_call @irc.triangular_solve(%{{.+}}, %{{.+}}) into(%[[S]] : tensor<3x2xf32>) options {left_side = true, lower = false, transpose_a = "ADJOINT", unit_diagonal = true}
// BUFFER-LABEL: func.func @solve
// BUFFER: %[[R:.+]] = memref.alloc() : memref<3x2xf32>
// BUFFER-NOT: memref.alloc
// BUFFER: nd.custom_call @irc.triangular_solve({{.+}}) into(%[[R]] : memref<3x2xf32>)
func.func @solve(%a: tensor<3x3xf32>, %b: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %s = nd.allocate() : tensor<3x2xf32>
  %x = nd.triangular_solve %a, %b left_side = true lower = false unit_diagonal = true transpose_a = ADJOINT into %s
    : tensor<3x3xf32>, tensor<3x2xf32>
  return %x : tensor<3x2xf32>
}

// A part of a tensor is passed as a view, and numbers as they are: the operands and the buffers are words on the stack.
// BUFFER-LABEL: func.func @part
// BUFFER: %[[V:.+]] = memref.subview
// BUFFER: nd.custom_call @f(%[[V]], %{{.+}}) into(%{{.+}} : memref<2xf32>) side_effects : (memref<2xf32, strided<[2], offset: 1>>, i8) -> ()
// LLVM-LABEL: llvm.func @part
// LLVM: %[[COUNT:.+]] = llvm.mlir.constant(11 : i64) : i64
// LLVM: %[[WORDS:.+]] = llvm.alloca %[[COUNT]] x i64 {alignment = 8 : i64} : (i64) -> !llvm.ptr
// LLVM: llvm.store %{{.+}}, %{{.+}} : i8, !llvm.ptr
// LLVM: %[[M:.+]] = llvm.call @irc.custom_call(%{{.+}}, %[[WORDS]]) : (!llvm.ptr, !llvm.ptr) -> !llvm.ptr
// LLVM: %[[FINE:.+]] = llvm.icmp "eq" %[[M]], %{{.+}}
// LLVM: llvm.cond_br %[[FINE]], ^{{.+}}, ^[[FAIL:.+]]
// LLVM: ^[[FAIL]]:
// LLVM: llvm.call @irc.fail(%[[M]])
func.func @part(%x: tensor<5xf32>, %k: i8) -> tensor<2xf32> {
  %p = nd.slice %x [1:5:2] : tensor<5xf32> -> tensor<2xf32>
  %y = nd.custom_call @f(%p, %k) side_effects : (tensor<2xf32>, i8) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
