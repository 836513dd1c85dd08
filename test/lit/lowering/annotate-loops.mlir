// RUN: irc-opt %s --annotate-loops | filecheck %s
// RUN: irc-opt %s --annotate-loops=most=8 | filecheck %s --check-prefix=EIGHT
// RUN: irc-opt %s --annotate-loops --scf-to-cf | filecheck %s --check-prefix=CF
// RUN: irc-opt %s --annotate-loops --scf-to-cf --convert-to-llvm | filecheck %s --check-prefix=LLVM

// 3 * 4 operations are written out, 40 * 4 are not. Nothing is known of how often the function is called.
// CHECK-LABEL: func.func private @long_and_short
// CHECK: memref.store
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>>}
// CHECK-NEXT: scf.for
// CHECK: memref.store
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
// EIGHT-COUNT-2: } {llvm.loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
// The branch at the end of the loop says so.
// CF-LABEL: func.func private @long_and_short
// CF: cf.br ^bb1(%{{.+}} : index){{$}}
// CF: cf.cond_br %{{.+}}, ^bb1(%{{.+}} : index), ^bb2 {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>>}
// CF: cf.cond_br %{{.+}}, ^bb{{.+}} {llvm.loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
// LLVM-LABEL: llvm.func {{.*}}@long_and_short
// LLVM: llvm.cond_br %{{.+}}, ^bb{{.+}}(%{{.+}} : i64), ^bb{{.+}} {loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
func.func private @long_and_short(%m: memref<40xf32>) {
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
// CHECK-LABEL: func.func private @nested
// CHECK: memref.store
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>>}
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
func.func private @nested(%m: memref<40x3xf32>) {
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

// LLVM does not write out these in any case: the number of iterations is not known, or large. It may compute on vectors.
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

// A loop that computes on vectors already is left as it is, and one around another has nothing to gain.
// CHECK-LABEL: func.func @in_vectors
// CHECK: vector.store
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
func.func @in_vectors(%m: memref<?x4096xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %c4096 = arith.constant 4096 : index
  scf.for %i = %c0 to %n step %c1 {
    scf.for %j = %c0 to %c4096 step %c16 {
      %x = vector.load %m[%i, %j] : memref<?x4096xf32>, vector<16xf32>
      %y = arith.addf %x, %x : vector<16xf32>
      vector.store %y, %m[%i, %j] : memref<?x4096xf32>, vector<16xf32>
    }
  }
  return
}

// Neither vectors of neighbours that lie apart nor sums in order make a loop faster; neighbours side by side do.
// CHECK-LABEL: func.func @apart
// CHECK: memref.store
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
// CHECK: scf.yield
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
// CHECK: memref.store
// CHECK-NEXT: }{{$}}
func.func @apart(%m: memref<4096x4096xf32>, %v: memref<4096xf32>, %i: index, %start: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4096 = arith.constant 4096 : index
  scf.for %j = %c0 to %c4096 step %c1 {
    %x = memref.load %m[%j, %i] : memref<4096x4096xf32>
    memref.store %x, %m[%i, %j] : memref<4096x4096xf32>
  }
  %sum = scf.for %j = %c0 to %c4096 step %c1 iter_args(%s = %start) -> (f32) {
    %x = memref.load %v[%j] : memref<4096xf32>
    %t = arith.addf %s, %x : f32
    scf.yield %t : f32
  }
  scf.for %j = %c0 to %c4096 step %c1 {
    %x = memref.load %v[%j] : memref<4096xf32>
    %y = arith.mulf %x, %x : f32
    memref.store %y, %v[%j] : memref<4096xf32>
  }
  return %sum : f32
}

// Nor is it known whether several steps write to one place, where data says which.
// CHECK-LABEL: func.func @scatters
// CHECK: memref.store
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
func.func @scatters(%at: memref<4096xindex>, %x: memref<4096xf32>, %m: memref<4096xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4096 = arith.constant 4096 : index
  scf.for %j = %c0 to %c4096 step %c1 {
    %i = memref.load %at[%j] : memref<4096xindex>
    %y = memref.load %x[%j] : memref<4096xf32>
    %z = memref.load %m[%i] : memref<4096xf32>
    %s = arith.addf %y, %z : f32
    memref.store %s, %m[%i] : memref<4096xf32>
  }
  return
}

// What is over soon is not worth it, unless the function may be called often: not even to be written out.
// CHECK-LABEL: func.func @short
// CHECK: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
// CHECK: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
// CHECK-LABEL: func.func private @called
// CHECK: } {llvm.loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
func.func @short(%v: memref<100xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c100 = arith.constant 100 : index
  scf.for %j = %c0 to %c100 step %c1 {
    %x = memref.load %v[%j] : memref<100xf32>
    %y = arith.mulf %x, %x : f32
    memref.store %y, %v[%j] : memref<100xf32>
  }
  func.call @called(%v) : (memref<100xf32>) -> ()
  scf.for %j = %c0 to %c2 step %c1 {
    %x = memref.load %v[%j] : memref<100xf32>
    memref.store %x, %v[%c100] : memref<100xf32>
  }
  return
}
func.func private @called(%v: memref<100xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c100 = arith.constant 100 : index
  scf.for %j = %c0 to %c100 step %c1 {
    %x = memref.load %v[%j] : memref<100xf32>
    %y = arith.mulf %x, %x : f32
    memref.store %y, %v[%j] : memref<100xf32>
  }
  return
}

// Loops by a condition are asked about in the same way, and the branch of the body says so.
// CHECK-LABEL: func.func @while
// CHECK: } attributes {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
// CF-LABEL: func.func @while
// CF: cf.br ^bb1(%{{.+}} : i32) {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
func.func @while(%start: i32) -> i32 {
  %c2 = arith.constant 2 : i32
  %end = arith.constant 5000 : i32
  %r = scf.while (%x = %start) : (i32) -> i32 {
    %go = arith.cmpi slt, %x, %end : i32
    scf.condition(%go) %x : i32
  } do {
  ^bb0(%x: i32):
    %y = arith.muli %x, %c2 : i32
    scf.yield %y : i32
  }
  return %r : i32
}

// What an iteration hands on in memory, at a place that stays the same, LLVM keeps in a register, unless it is written under a
// mask. Sums that may be regrouped become vectors.
// CHECK-LABEL: func.func @state
// CHECK: memref.store
// CHECK-NEXT: }{{$}}
// CHECK: vector.store
// CHECK-NEXT: }{{$}}
// CHECK: vector.maskedstore
// CHECK-NEXT: } {llvm.loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
// CHECK: memref.copy
// CHECK-NEXT: }{{$}}
// CHECK: scf.yield
// CHECK-NEXT: }{{$}}
// CHECK: return
func.func @state(%m: memref<f32>, %v: memref<16xf32>, %w: memref<4096xf32>, %n: index, %start: f32) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %five = vector.constant_mask [5] : vector<16xi1>
  %zero = arith.constant dense<0.0> : vector<16xf32>
  scf.for %j = %c0 to %n step %c1 {
    %x = memref.load %m[] : memref<f32>
    %y = arith.divf %start, %x : f32
    memref.store %y, %m[] : memref<f32>
  }
  scf.for %j = %c0 to %n step %c1 {
    %x = vector.load %v[%c0] : memref<16xf32>, vector<16xf32>
    %y = arith.mulf %x, %x : vector<16xf32>
    vector.store %y, %v[%c0] : memref<16xf32>, vector<16xf32>
  }
  scf.for %j = %c0 to %n step %c1 {
    %x = vector.maskedload %v[%c0], %five, %zero : memref<16xf32>, vector<16xi1>, vector<16xf32> into vector<16xf32>
    vector.maskedstore %v[%c0], %five, %x : memref<16xf32>, vector<16xi1>, vector<16xf32>
  }
  scf.for %j = %c0 to %n step %c1 {
    %place = memref.subview %w[%j] [1] [1] : memref<4096xf32> to memref<f32, strided<[], offset: ?>>
    memref.copy %place, %m : memref<f32, strided<[], offset: ?>> to memref<f32>
  }
  %sum = scf.for %j = %c0 to %n step %c1 iter_args(%s = %start) -> (f32) {
    %x = memref.load %w[%j] : memref<4096xf32>
    %t = arith.addf %s, %x fastmath<reassoc> : f32
    scf.yield %t : f32
  }
  return %sum : f32
}
