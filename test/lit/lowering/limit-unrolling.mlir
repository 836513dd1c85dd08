// RUN: irc-opt %s --limit-unrolling | filecheck %s
// RUN: irc-opt %s --limit-unrolling=most=8 | filecheck %s --check-prefix=EIGHT
// RUN: irc-opt %s --limit-unrolling --scf-to-cf | filecheck %s --check-prefix=CF
// RUN: irc-opt %s --limit-unrolling --scf-to-cf --convert-to-llvm | filecheck %s --check-prefix=LLVM

// 3 * 4 operations are written out, 40 * 4 are not.
// CHECK-LABEL: func.func @long_and_short
// CHECK: memref.store
// CHECK-NEXT: }
// CHECK-NEXT: scf.for
// CHECK: memref.store
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
// EIGHT-COUNT-2: } {llvm.loop_annotation
// The branch at the end of the loop says so.
// CF-LABEL: func.func @long_and_short
// CF: cf.br ^bb1(%{{.+}} : index){{$}}
// CF: cf.br ^bb{{.+}}(%{{.+}} : index) {llvm.loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
// LLVM-LABEL: llvm.func @long_and_short
// LLVM: llvm.br ^bb{{.+}}(%{{.+}} : i64) {loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
func.func @long_and_short(%m: memref<40xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c40 = arith.constant 40 : index
  scf.for %i = %c0 to %c3 step %c1 {
    %x = memref.load %m[%i] : memref<40xf32>
    %y = arith.addf %x, %x : f32
    memref.store %y, %m[%i] : memref<40xf32>
  }
  scf.for %i = %c0 to %c40 step %c1 {
    %x = memref.load %m[%i] : memref<40xf32>
    %y = arith.addf %x, %x : f32
    memref.store %y, %m[%i] : memref<40xf32>
  }
  return
}

// A short loop counts as often as it runs in the one around it.
// CHECK-LABEL: func.func @nested
// CHECK: memref.store
// CHECK-NEXT: }{{$}}
// CHECK-NEXT: } {llvm.loop_annotation
func.func @nested(%m: memref<40x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    scf.for %j = %c0 to %c3 step %c1 {
      %x = memref.load %m[%i, %j] : memref<40x3xf32>
      memref.store %x, %m[%i, %j] : memref<40x3xf32>
    }
  }
  return
}

// LLVM does not write out these in any case: the number of iterations is not known, or large.
// CHECK-LABEL: func.func @left_alone
// CHECK-NOT: loop_annotation
func.func @left_alone(%m: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4096 = arith.constant 4096 : index
  scf.for %i = %c0 to %n step %c1 {
    %x = memref.load %m[%i] : memref<?xf32>
    memref.store %x, %m[%i] : memref<?xf32>
  }
  scf.for %i = %c0 to %c4096 step %c1 {
    %x = memref.load %m[%i] : memref<?xf32>
    memref.store %x, %m[%i] : memref<?xf32>
  }
  return
}

// What a program says of a loop itself is kept.
// CHECK-LABEL: func.func @annotated
// CHECK: } {llvm.loop_annotation = #llvm.loop_annotation<mustProgress = true>}
func.func @annotated(%m: memref<40xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c40 = arith.constant 40 : index
  scf.for %i = %c0 to %c40 step %c1 {
    %x = memref.load %m[%i] : memref<40xf32>
    memref.store %x, %m[%i] : memref<40xf32>
  } {llvm.loop_annotation = #llvm.loop_annotation<mustProgress = true>}
  return
}
