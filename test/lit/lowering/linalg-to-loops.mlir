// RUN: irc-opt %s --linalg-to-loops | filecheck %s
// RUN: irc-opt %s --linalg-to-loops=vector-bits=0 | filecheck %s --check-prefix=SCALAR

// Two whole vectors, and a shorter one for the last eight elements; neighbouring loops are one.
// CHECK-LABEL: func.func @exp
// CHECK: memref.collapse_shape
// CHECK: scf.for %{{.+}} = %c0{{.*}} to %c32 step %c16
// CHECK: vector.load
// CHECK: math.exp %{{.+}} : vector<16xf32>
// CHECK: vector.store
// CHECK: vector.load %{{.+}} : memref<40xf32>, vector<8xf32>
// CHECK: math.exp %{{.+}} : vector<8xf32>
// CHECK: vector.store %{{.+}} : memref<40xf32>, vector<8xf32>
// SCALAR-LABEL: func.func @exp
// SCALAR-NOT: vector
// SCALAR: math.exp %{{.+}} : f32
func.func @exp(%x: memref<5x8xf32>, %y: memref<5x8xf32>) {
  linalg.exp ins(%x : memref<5x8xf32>) outs(%y : memref<5x8xf32>)
  return
}

// What fills no vector of the machine is masked.
// CHECK-LABEL: func.func @seven
// CHECK: %[[MASK:.+]] = vector.constant_mask [7] : vector<16xi1>
// CHECK: vector.maskedload %{{.+}}, %[[MASK]]
// CHECK: math.exp %{{.+}} : vector<16xf32>
// CHECK: vector.maskedstore %{{.+}}, %[[MASK]]
func.func @seven(%x: memref<7xf32>, %y: memref<7xf32>) {
  linalg.exp ins(%x : memref<7xf32>) outs(%y : memref<7xf32>)
  return
}

// A row that fills a short vector is reduced in one.
// CHECK-LABEL: func.func @short_rows
// CHECK: vector.reduction <add>, %{{.+}} : vector<8xf32> into f32
// CHECK-NOT: mask
// CHECK: return
func.func @short_rows(%x: memref<3x8xf32>, %y: memref<3xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>],
    iterator_types = ["parallel", "reduction"]
  } ins(%x : memref<3x8xf32>) outs(%y : memref<3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  return
}

// A reduction along the rows has four vectors of partial sums.
// CHECK-LABEL: func.func @row_sums
// CHECK: scf.for %{{.+}} = %{{.+}} to %c3
// CHECK: scf.for {{.*}} step %c64 iter_args(%{{.+}} = %{{.+}}, %{{.+}} = %{{.+}}, %{{.+}} = %{{.+}}, %{{.+}} = %{{.+}})
// CHECK: vector.reduction <add>, %{{.+}} : vector<16xf32> into f32
// CHECK: memref.store
func.func @row_sums(%x: memref<3x128xf32>, %y: memref<3xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>],
    iterator_types = ["parallel", "reduction"]
  } ins(%x : memref<3x128xf32>) outs(%y : memref<3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  return
}

// A reduction along the columns keeps a vector of sums in a register while it walks down.
// CHECK-LABEL: func.func @column_sums
// CHECK: scf.for {{.*}} step %c16
// CHECK: %[[S:.+]] = vector.load
// CHECK: %[[R:.+]] = scf.for {{.*}} iter_args(%{{.+}} = %[[S]]) -> (vector<16xf32>)
// CHECK: vector.store %[[R]]
func.func @column_sums(%x: memref<30x32xf32>, %y: memref<32xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0)>],
    iterator_types = ["parallel", "reduction"]
  } ins(%x : memref<30x32xf32>) outs(%y : memref<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  return
}

// Few elements are combined one after the other, without a loop.
// CHECK-LABEL: func.func @pairs
// CHECK: scf.for {{.*}} to %c3
// CHECK: %[[A:.+]] = memref.load %{{.+}}[%[[I:.+]], %c0]
// CHECK: %[[S:.+]] = arith.addf %{{.+}}, %[[A]] : f32
// CHECK: %[[B:.+]] = memref.load %{{.+}}[%[[I]], %c1]
// CHECK: %[[T:.+]] = arith.addf %[[S]], %[[B]] : f32
// CHECK-NEXT: memref.store %[[T]]
func.func @pairs(%x: memref<3x2xf32>, %y: memref<3xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>],
    iterator_types = ["parallel", "reduction"]
  } ins(%x : memref<3x2xf32>) outs(%y : memref<3xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %out, %in : f32
    linalg.yield %s : f32
  }
  return
}

// A product of matrices keeps two rows of a vector each in registers here.
// CHECK-LABEL: func.func @product
// CHECK: scf.for {{.*}} iter_args(%{{.+}} = %{{.+}}, %{{.+}} = %{{.+}}) -> (vector<16xf32>, vector<16xf32>)
// CHECK: vector.load
// CHECK: vector.broadcast
// CHECK: vector.fma
// CHECK: vector.fma
// CHECK: scf.yield
func.func @product(%a: memref<2x8xf32>, %b: memref<8x16xf32>, %c: memref<2x16xf32>) {
  linalg.matmul ins(%a, %b : memref<2x8xf32>, memref<8x16xf32>) outs(%c : memref<2x16xf32>)
  return
}

// So does one of integers, which multiplies and adds.
// CHECK-LABEL: func.func @integers
// CHECK: scf.for {{.*}} iter_args(%{{.+}} = %{{.+}}, %{{.+}} = %{{.+}}) -> (vector<16xi32>, vector<16xi32>)
// CHECK: vector.broadcast
// CHECK: arith.muli %{{.+}}, %{{.+}} : vector<16xi32>
// CHECK: arith.addi %{{.+}}, %{{.+}} : vector<16xi32>
// CHECK: scf.yield
func.func @integers(%a: memref<2x8xi32>, %b: memref<8x16xi32>, %c: memref<2x16xi32>) {
  linalg.matmul ins(%a, %b : memref<2x8xi32>, memref<8x16xi32>) outs(%c : memref<2x16xi32>)
  return
}

// Of the expression that does not change along the row there is one evaluation per row.
// CHECK-LABEL: func.func @invariant
// CHECK: scf.for
// CHECK: math.sqrt %{{.+}} : f32
// CHECK: vector.constant_mask [10]
func.func @invariant(%s: memref<4xf32>, %y: memref<4x10xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>],
    iterator_types = ["parallel", "parallel"]
  } ins(%s : memref<4xf32>) outs(%y : memref<4x10xf32>) {
  ^bb0(%in: f32, %out: f32):
    %r = math.sqrt %in : f32
    linalg.yield %r : f32
  }
  return
}

// An output that a reduction moves along is written in each step: row after row, with the accumulators in memory.
// CHECK-LABEL: func.func @scan_rows
// CHECK: scf.for %[[I:.+]] = %c0
// CHECK: vector.load %{{.+}}[%[[I]], %[[J:.+]]]
// CHECK: %[[A:.+]] = vector.load %{{.+}}[%[[J]]]
// CHECK: %[[S:.+]] = arith.addf
// CHECK: vector.store %[[S]], %{{.+}}[%[[J]]]
// CHECK: vector.store %[[S]], %{{.+}}[%[[I]], %[[J]]]
func.func @scan_rows(%x: memref<4x16xf32>, %acc: memref<16xf32>, %y: memref<4x16xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>],
    iterator_types = ["reduction", "parallel"]
  } ins(%x : memref<4x16xf32>) outs(%acc, %y : memref<16xf32>, memref<4x16xf32>) {
  ^bb0(%in: f32, %so_far: f32, %out: f32):
    %s = arith.addf %so_far, %in : f32
    linalg.yield %s, %s : f32, f32
  }
  return
}

// Along the rows, the accumulators are in registers.
// CHECK-LABEL: func.func @scan_columns
// CHECK: %[[R:.+]] = scf.for %[[J:.+]] = {{.+}} iter_args(%[[A:.+]] = %{{.+}}) -> (f32)
// CHECK: %[[S:.+]] = arith.addf %[[A]]
// CHECK: memref.store %[[S]], %{{.+}}[%{{.+}}, %[[J]]]
// CHECK: scf.yield %[[S]] : f32
// CHECK: memref.store %[[R]], %{{.+}}[%{{.+}}] : memref<4xf32>
func.func @scan_columns(%x: memref<4x16xf32>, %acc: memref<4xf32>, %y: memref<4x16xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>],
    iterator_types = ["parallel", "reduction"]
  } ins(%x : memref<4x16xf32>) outs(%acc, %y : memref<4xf32>, memref<4x16xf32>) {
  ^bb0(%in: f32, %so_far: f32, %out: f32):
    %s = arith.addf %so_far, %in : f32
    linalg.yield %s, %s : f32, f32
  }
  return
}

// A convolution is a product with several contracted loops: a panel of a large kernel is packed, then used for all rows, whose
// tiles stay in registers while all that is contracted passes.
// CHECK-LABEL: func.func @convolution
// CHECK: %[[P:.+]] = memref.alloc() : memref<3x4x32xf32>
// CHECK: vector.load %arg1[%{{.+}}, %{{.+}}, %{{.+}}] : memref<3x4x544xf32>, vector<16xf32>
// CHECK: vector.store %{{.+}}, %[[P]]
// CHECK: scf.for {{.*}} iter_args({{.*}}) -> (vector<16xf32>, {{.*}})
// CHECK: scf.for {{.*}} iter_args({{.*}}) -> (vector<16xf32>, {{.*}})
// CHECK: vector.load %[[P]]
// CHECK: vector.fma
// CHECK: memref.dealloc %[[P]]
func.func @convolution(%x: memref<70x10x4xf32>, %k: memref<3x4x544xf32>, %y: memref<70x8x544xf32>) {
  linalg.generic {
    indexing_maps = [affine_map<(n, o, c, t, i) -> (n, o + t, i)>, affine_map<(n, o, c, t, i) -> (t, i, c)>,
                     affine_map<(n, o, c, t, i) -> (n, o, c)>],
    iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]
  } ins(%x, %k : memref<70x10x4xf32>, memref<3x4x544xf32>) outs(%y : memref<70x8x544xf32>) {
  ^bb0(%a: f32, %b: f32, %s: f32):
    %p = arith.mulf %a, %b : f32
    %t = arith.addf %s, %p : f32
    linalg.yield %t : f32
  }
  return
}

// Booleans are masks in registers, wherever they come from; where only they are at work, a vector has one per byte.
// CHECK-LABEL: func.func @booleans
// CHECK: vector.load %arg0{{.*}} : memref<128xf32>, vector<16xf32>
// CHECK: vector.load %arg1{{.*}} : memref<128xi1>, vector<16xi1>
// CHECK: arith.select %{{.+}}, %{{.+}}, %{{.+}} : vector<16xi1>, vector<16xf32>
// CHECK: vector.load %arg1{{.*}} : memref<128xi1>, vector<64xi1>
// CHECK: vector.reduction <or>, %{{.+}} : vector<64xi1> into i1
func.func @booleans(%x: memref<128xf32>, %m: memref<128xi1>, %y: memref<128xf32>, %any: memref<i1>) {
  linalg.generic {
    indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>],
    iterator_types = ["parallel"]
  } ins(%x, %m : memref<128xf32>, memref<128xi1>) outs(%y : memref<128xf32>) {
  ^bb0(%in: f32, %chosen: i1, %out: f32):
    %zero = arith.constant 0.0 : f32
    %s = arith.select %chosen, %in, %zero : f32
    linalg.yield %s : f32
  }
  linalg.generic {
    indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>],
    iterator_types = ["reduction"]
  } ins(%m : memref<128xi1>) outs(%any : memref<i1>) {
  ^bb0(%in: i1, %so_far: i1):
    %s = arith.ori %so_far, %in : i1
    linalg.yield %s : i1
  }
  return
}
