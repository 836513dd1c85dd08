// RUN: irc-opt %s --checkpoint-loops | filecheck %s --check-prefix=NONE
// RUN: irc-opt %s --checkpoint-loops='snapshots=8' | filecheck %s --check-prefix=FEW
// RUN: irc-opt %s --checkpoint-loops='memory=200000' | filecheck %s --check-prefix=MUCH
// RUN: irc-opt %s --checkpoint-loops='memory=20000' | filecheck %s --check-prefix=SOME

// NONE-NOT: ad.snapshots

// An iteration of the first loop stores the state and the sine, 1,608 bytes with its number. What it writes to %ys no adjoint
// needs. The second loop is of no known length, but its state is as large; the loop inside is left alone where it fits.
// FEW-LABEL: func.func @two_loops
// FEW:  nd.dynamic_update_slice
// FEW:  } {ad.snapshots = 8 : i64}
// FEW:  } {ad.snapshots = 8 : i64}
// FEW:  } {ad.snapshots = 8 : i64}
// MUCH-LABEL: func.func @two_loops
// MUCH-NOT: ad.snapshots
// MUCH:  scf.for %{{.+}} = %c0 to %arg1
// MUCH:  } {ad.snapshots = 50 : i64}
// MUCH:  } {ad.snapshots = 95 : i64}
// SOME-LABEL: func.func @two_loops
// SOME: } {ad.snapshots = 10 : i64}
// SOME: } {ad.snapshots = 4 : i64}
// SOME: } {ad.snapshots = 5 : i64}
func.func @two_loops(%x: tensor<100xf64>, %n: index) -> (tensor<100xf64>, tensor<50x100xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c50 = arith.constant 50 : index
  %ys = nd.allocate() : tensor<50x100xf64>
  %r:2 = scf.for %i = %c0 to %c50 step %c1 iter_args(%y = %x, %acc = %ys) -> (tensor<100xf64>, tensor<50x100xf64>) {
    %s = nd.sin %y : tensor<100xf64>
    %z = nd.multiply %s, %x : tensor<100xf64>
    %row = nd.reshape %z : tensor<100xf64> -> tensor<1x100xf64>
    %a = nd.dynamic_update_slice %acc, %row[%i, %c0] : tensor<50x100xf64>, tensor<1x100xf64>
    scf.yield %z, %a : tensor<100xf64>, tensor<50x100xf64>
  }
  %u = scf.for %i = %c0 to %n step %c1 iter_args(%y = %r#0) -> (tensor<100xf64>) {
    %t = scf.for %j = %c0 to %c50 step %c1 iter_args(%v = %y) -> (tensor<100xf64>) {
      %s = nd.sin %v : tensor<100xf64>
      scf.yield %s : tensor<100xf64>
    }
    scf.yield %t : tensor<100xf64>
  }
  return %u, %r#1 : tensor<100xf64>, tensor<50x100xf64>
}

// Each function has a budget of its own. All states are kept where there are no more than allowed.
// FEW-LABEL: func.func @short
// FEW-NOT: ad.snapshots
// SOME-LABEL: func.func @short
// SOME-NOT: ad.snapshots
// SOME-LABEL: func.func @left_alone
func.func @short(%x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %r = scf.for %i = %c0 to %c8 step %c1 iter_args(%y = %x) -> (f64) {
    %s = math.sin %y : f64
    scf.yield %s : f64
  }
  return %r : f64
}

// Loops that cannot run again, or carry tensors of any size, are left alone; one inside may be marked.
// FEW-LABEL: func.func @left_alone
// FEW-NOT: ad.snapshots
// FEW: memref.store
// FEW: } {ad.snapshots = 8 : i64}
// FEW-NOT: ad.snapshots
func.func @left_alone(%x: f64, %t: tensor<?xf64>, %m: memref<f64>, %n: index) -> (f64, tensor<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x) -> (f64) {
    memref.store %y, %m[] : memref<f64>
    %s = scf.for %j = %c0 to %n step %c1 iter_args(%z = %y) -> (f64) {
      %s = math.sin %z : f64
      scf.yield %s : f64
    }
    scf.yield %s : f64
  }
  %u = scf.for %i = %c0 to %n step %c1 iter_args(%y = %t) -> (tensor<?xf64>) {
    %s = nd.sin %y : tensor<?xf64>
    scf.yield %s : tensor<?xf64>
  }
  return %r, %u : f64, tensor<?xf64>
}
