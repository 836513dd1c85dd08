// The llvm dialect in its own syntax, in generic form, and back.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

// CHECK: llvm.mlir.global internal constant @text("%d\0A\00")
llvm.mlir.global internal constant @text("%d\0A\00")
// CHECK: llvm.mlir.global private constant @numbers(dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>) {addr_space = 0 : i32, alignment = 64 : i64} : !llvm.array<2 x f32>
llvm.mlir.global private constant @numbers(dense<[1.0, 2.0]> : tensor<2xf32>) {alignment = 64 : i64} : !llvm.array<2xf32>
// CHECK: llvm.func @printf(!llvm.ptr, ...) -> i32
llvm.func @printf(!llvm.ptr, ...) -> i32

// CHECK: llvm.func extern_weak @types(!llvm.ptr<3>, !llvm.struct<packed (i8, ptr)>) -> (f32 {llvm.noundef})
llvm.func extern_weak @types(!llvm.ptr<3>, !llvm.struct<packed (i8, ptr)>) -> (f32 {llvm.noundef})

// CHECK: llvm.func @integers(%arg0: i32, %arg1: !llvm.ptr {llvm.noalias}) -> i32 attributes {passthrough = ["cold"]} {
llvm.func @integers(%x: i32, %p: !llvm.ptr {llvm.noalias}) -> i32 attributes {passthrough = ["cold"]} {
  // CHECK: llvm.add %arg0, %arg0 overflow<nsw, nuw> : i32
  %0 = llvm.add %x, %x overflow<nuw, nsw> : i32
  // CHECK: llvm.ashr %0, %arg0 : i32
  %1 = llvm.ashr %0, %x : i32
  // CHECK: llvm.icmp "slt" %1, %arg0 : i32
  %2 = llvm.icmp "slt" %1, %x : i32
  // CHECK: llvm.select %2, %0, %1 : i1, i32
  %3 = llvm.select %2, %0, %1 : i1, i32
  // CHECK: llvm.sext %3 : i32 to i64
  %4 = llvm.sext %3 : i32 to i64
  // CHECK: llvm.intr.smax(%4, %4) : (i64, i64) -> i64
  %5 = llvm.intr.smax(%4, %4) : (i64, i64) -> i64
  // CHECK: "llvm.intr.abs"(%5) <{is_int_min_poison = false}> : (i64) -> i64
  %6 = "llvm.intr.abs"(%5) <{is_int_min_poison = false}> : (i64) -> i64
  // CHECK: llvm.return %arg0 : i32
  llvm.return %x : i32
}

// CHECK: llvm.func @floats
llvm.func @floats(%x: f32, %v: vector<4xf32>) -> f64 {
  // CHECK: llvm.fadd %arg0, %arg0 {fastmathFlags = #llvm.fastmath<nnan, contract>} : f32
  %0 = llvm.fadd %x, %x {fastmathFlags = #llvm.fastmath<contract, nnan>} : f32
  // CHECK: llvm.fneg %0 : f32
  %1 = llvm.fneg %0 : f32
  // CHECK: llvm.fcmp "ult" %1, %0 : f32
  %2 = llvm.fcmp "ult" %1, %0 : f32
  // CHECK: llvm.intr.fma(%arg1, %arg1, %arg1) : (vector<4xf32>, vector<4xf32>, vector<4xf32>) -> vector<4xf32>
  %3 = llvm.intr.fma(%v, %v, %v) : (vector<4xf32>, vector<4xf32>, vector<4xf32>) -> vector<4xf32>
  // CHECK: "llvm.intr.vector.reduce.fadd"(%arg0, %3) <{fastmathFlags = #llvm.fastmath<reassoc>}> : (f32, vector<4xf32>) -> f32
  %4 = "llvm.intr.vector.reduce.fadd"(%x, %3) <{fastmathFlags = #llvm.fastmath<reassoc>}> : (f32, vector<4xf32>) -> f32
  // CHECK: llvm.intr.vector.reduce.fmaximum(%3) : (vector<4xf32>) -> f32
  %5 = llvm.intr.vector.reduce.fmaximum(%3) : (vector<4xf32>) -> f32
  // CHECK: llvm.fpext %5 : f32 to f64
  %6 = llvm.fpext %5 : f32 to f64
  // CHECK: llvm.return %6 : f64
  llvm.return %6 : f64
}

// CHECK: llvm.func @memory
llvm.func @memory(%p: !llvm.ptr, %i: i64, %m: vector<4xi1>, %v: vector<4xf32>) {
  // CHECK: llvm.alloca %arg1 x f32 {alignment = 64 : i64} : (i64) -> !llvm.ptr
  %0 = llvm.alloca %i x f32 {alignment = 64 : i64} : (i64) -> !llvm.ptr
  // CHECK: llvm.getelementptr inbounds %0[%arg1, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<4 x f32>
  %1 = llvm.getelementptr inbounds %0[%i, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<4 x f32>
  // CHECK: llvm.load %1 {alignment = 4 : i64} : !llvm.ptr -> f32
  %2 = llvm.load %1 {alignment = 4 : i64} : !llvm.ptr -> f32
  // CHECK: llvm.store %2, %arg0 : f32, !llvm.ptr
  llvm.store %2, %p : f32, !llvm.ptr
  // CHECK: llvm.intr.masked.load %arg0, %arg2, %arg3 {alignment = 4 : i32} : (!llvm.ptr, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
  %3 = llvm.intr.masked.load %p, %m, %v {alignment = 4 : i32} : (!llvm.ptr, vector<4xi1>, vector<4xf32>) -> vector<4xf32>
  // CHECK: llvm.intr.masked.store %3, %arg0, %arg2 {alignment = 4 : i32} : vector<4xf32>, vector<4xi1> into !llvm.ptr
  llvm.intr.masked.store %3, %p, %m {alignment = 4 : i32} : vector<4xf32>, vector<4xi1> into !llvm.ptr
  // CHECK: "llvm.intr.memcpy"(%arg0, %0, %arg1) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  "llvm.intr.memcpy"(%p, %0, %i) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  // CHECK: llvm.ptrtoint %arg0 : !llvm.ptr to i64
  %4 = llvm.ptrtoint %p : !llvm.ptr to i64
  // CHECK: llvm.return{{$}}
  llvm.return
}

// CHECK: llvm.func @aggregates
llvm.func @aggregates(%x: i64, %v: vector<4xf32>) -> !llvm.struct<(ptr, array<2 x i64>)> {
  // CHECK: llvm.mlir.undef : !llvm.struct<(ptr, array<2 x i64>)>
  %0 = llvm.mlir.undef : !llvm.struct<(ptr, array<2 x i64>)>
  // CHECK: llvm.insertvalue %arg0, %0[1, 0] : !llvm.struct<(ptr, array<2 x i64>)>
  %1 = llvm.insertvalue %x, %0[1, 0] : !llvm.struct<(ptr, array<2 x i64>)>
  // CHECK: llvm.extractvalue %1[1] : !llvm.struct<(ptr, array<2 x i64>)>
  %2 = llvm.extractvalue %1[1] : !llvm.struct<(ptr, array<2 x i64>)>
  // CHECK: llvm.extractelement %arg1[%arg0 : i64] : vector<4xf32>
  %3 = llvm.extractelement %v[%x : i64] : vector<4xf32>
  // CHECK: llvm.insertelement %3, %arg1[%arg0 : i64] : vector<4xf32>
  %4 = llvm.insertelement %3, %v[%x : i64] : vector<4xf32>
  // CHECK: llvm.shufflevector %4, %arg1 [0, 5] : vector<4xf32>
  %5 = llvm.shufflevector %4, %v [0, 5] : vector<4xf32>
  // CHECK: llvm.mlir.zero : !llvm.ptr
  %6 = llvm.mlir.zero : !llvm.ptr
  llvm.return %1 : !llvm.struct<(ptr, array<2 x i64>)>
}

// CHECK: llvm.func @control
llvm.func @control(%c: i1, %x: i32) {
  // CHECK: llvm.mlir.addressof @text : !llvm.ptr
  %0 = llvm.mlir.addressof @text : !llvm.ptr
  // CHECK: llvm.call @printf(%0, %arg1) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, i32) -> i32
  %1 = llvm.call @printf(%0, %x) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, i32) -> i32
  // CHECK: llvm.cond_br %arg0, ^bb1(%arg1 : i32), ^bb2
  llvm.cond_br %c, ^bb1(%x : i32), ^bb2
^bb1(%y: i32):
  // CHECK: llvm.switch %{{.*}} : i32, ^bb2 [
  // CHECK-NEXT: 1: ^bb1(%{{.*}} : i32),
  // CHECK-NEXT: 4294967294: ^bb2
  // CHECK-NEXT: ]
  llvm.switch %y : i32, ^bb2 [
    1: ^bb1(%x : i32),
    -2: ^bb2
  ]
^bb2:
  // CHECK: llvm.unreachable
  llvm.unreachable
}
