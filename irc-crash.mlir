// RUN: irc-opt %s --pass-pipeline='builtin.module(convert-to-llvm)'
// irc.ir.diagnostic.DiagnosedError: 'llvm.call' op incorrect number of operands (1) for callee (expecting: 5)
module {
  func.func @load(%arg0: memref<4x8xf32>, %arg1: index, %arg2: index) -> f32 {
    %0 = memref.load %arg0[%arg1, %arg2] : memref<4x8xf32> loc("test/lit/lowering/convert-to-llvm.mlir":14:8)
    return %0 : f32 loc("test/lit/lowering/convert-to-llvm.mlir":15:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":13:1)
  func.func @alloc() -> memref<100xf32> {
    %0 = memref.alloc() : memref<100xf32> loc("test/lit/lowering/convert-to-llvm.mlir":29:8)
    return %0 : memref<100xf32> loc("test/lit/lowering/convert-to-llvm.mlir":30:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":28:1)
  func.func @free(%arg0: memref<?xf32>) {
    memref.dealloc %arg0 : memref<?xf32> loc("test/lit/lowering/convert-to-llvm.mlir":36:3)
    return loc("test/lit/lowering/convert-to-llvm.mlir":37:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":35:1)
  func.func @stack(%arg0: f64) {
    %c0 = arith.constant 0 : index loc("test/lit/lowering/convert-to-llvm.mlir":46:9)
    cf.br ^bb1 loc("test/lit/lowering/convert-to-llvm.mlir":47:3)
  ^bb1:  // 1 pred: ^bb0
    %0 = memref.alloca() : memref<16xf64> loc("test/lit/lowering/convert-to-llvm.mlir":49:8)
    memref.store %arg0, %0[%c0] : memref<16xf64> loc("test/lit/lowering/convert-to-llvm.mlir":50:3)
    return loc("test/lit/lowering/convert-to-llvm.mlir":51:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":45:1)
  func.func @views(%arg0: memref<16x8xf32>, %arg1: index) -> f32 {
    %0 = memref.subview %arg0[%arg1, 0] [1, 8] [1, 1] : memref<16x8xf32> to memref<8xf32, strided<[1], offset: ?>> loc("test/lit/lowering/convert-to-llvm.mlir":60:10)
    %1 = memref.load %0[%arg1] : memref<8xf32, strided<[1], offset: ?>> loc("test/lit/lowering/convert-to-llvm.mlir":61:8)
    return %1 : f32 loc("test/lit/lowering/convert-to-llvm.mlir":62:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":59:1)
  func.func @branch(%arg0: memref<?xf32>, %arg1: memref<?xf32>, %arg2: i1) -> index {
    %c0 = arith.constant 0 : index loc("test/lit/lowering/convert-to-llvm.mlir":71:9)
    cf.cond_br %arg2, ^bb1(%arg0 : memref<?xf32>), ^bb1(%arg1 : memref<?xf32>) loc("test/lit/lowering/convert-to-llvm.mlir":72:3)
  ^bb1(%0: memref<?xf32>):  // 1 pred: ^bb0
    %1 = memref.dim %0, %c0 : memref<?xf32> loc("test/lit/lowering/convert-to-llvm.mlir":74:8)
    return %1 : index loc("test/lit/lowering/convert-to-llvm.mlir":75:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":70:1)
  func.func @two(%arg0: index, %arg1: f32) -> (index, f32) {
    %0:2 = call @two(%arg0, %arg1) : (index, f32) -> (index, f32) loc("test/lit/lowering/convert-to-llvm.mlir":84:12)
    return %0#0, %0#1 : index, f32 loc("test/lit/lowering/convert-to-llvm.mlir":85:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":83:1)
  func.func @integers(%arg0: i32, %arg1: i32) -> i32 {
    %0 = arith.floordivsi %arg0, %arg1 : i32 loc("test/lit/lowering/convert-to-llvm.mlir":93:8)
    return %0 : i32 loc("test/lit/lowering/convert-to-llvm.mlir":94:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":92:1)
  func.func @library(%arg0: vector<2xf32>) -> vector<2xf32> {
    %0 = math.tan %arg0 : vector<2xf32> loc("test/lit/lowering/convert-to-llvm.mlir":105:8)
    return %0 : vector<2xf32> loc("test/lit/lowering/convert-to-llvm.mlir":106:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":104:1)
  func.func @print(%arg0: index, %arg1: f32) {
    nd.print "step {}: {} (100 %)"(%arg0, %arg1) : index, f32 loc("test/lit/lowering/convert-to-llvm.mlir":113:3)
    return loc("test/lit/lowering/convert-to-llvm.mlir":114:3)
  } loc("test/lit/lowering/convert-to-llvm.mlir":112:1)
} loc("test/lit/lowering/convert-to-llvm.mlir":13:1)
