// Of a loop with `ad.snapshots` the forward run stores nothing. The adjoint loop keeps some states, with the numbers of the
// iterations that start from them, and runs the loop from the last of them on. The sum is no part of the state.
// RUN: irc-opt %s --differentiate --symbol-dce --canonicalize --cse | filecheck %s

func.func private @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f64
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x, %sum = %one) -> (f64, f64) {
    %s = math.sin %y : f64
    %z = arith.mulf %s, %x : f64
    %t = arith.addf %sum, %z : f64
    scf.yield %z, %t : f64, f64
  } {ad.snapshots = 3 : i64}
  return %r#1 : f64
}

func.func @main(%x: f64, %n: index) -> (f64, f64) {
  %y, %dx = ad.value_and_grad @f(%x, %n) : (f64, index) -> (f64, f64)
  return %y, %dx : f64, f64
}

// CHECK-LABEL: func.func private @f__grad_wrt_0(
// CHECK:       %[[R:.+]]:2 = scf.for %{{.+}} = %c0 to %arg1 step %c1 iter_args(%{{.+}} = %arg0, %{{.+}} = %cst) -> (f64, f64) {
// CHECK:         scf.yield
// CHECK-NEXT:  }
// CHECK-NOT:   ad.snapshots
// CHECK:       %[[N:.+]] = arith.maxsi %arg1, %c0
// CHECK:       %[[L:.+]] = arith.subi %[[N]], %c1
// CHECK:       %[[P:.+]] = nd.allocate() : tensor<3xindex>
// CHECK:       %[[S:.+]] = nd.allocate() : tensor<3xf64>
// CHECK:       %[[D:.+]]:5 = scf.for %[[K:.+]] = %c0 to %[[N]] step %c1 iter_args(%[[CT:[^ ]+]] = %{{.+}}) -> (f64, f64, tensor<3xindex>, index, tensor<3xf64>) {
// CHECK-NEXT:    %[[I:.+]] = arith.subi %[[L]], %[[K]]

// A snapshot that lies behind has done its work.
// CHECK:         arith.cmpi ugt, %{{.+}}, %[[I]]
// CHECK:         %[[FROM:.+]] = tensor.extract %{{.+}} : tensor<3xindex>
// CHECK:         %[[Y:.+]] = tensor.extract %{{.+}} : tensor<3xf64>

// As long as a snapshot is free and its best place lies before the iteration, the loop runs to there.
// CHECK:         %[[W:.+]]:6 = scf.while (%{{.+}} = %[[FROM]], %{{.+}} = %[[Y]]
// CHECK:           %[[GO:.+]] = arith.cmpi ult, %[[NEXT:.+]], %[[I]]
// CHECK-NEXT:      scf.condition(%[[GO]]) %[[NEXT]]
// CHECK:         ^bb0(%[[TO:[^ ]+]]: index, %[[HERE:[^ ]+]]: index
// CHECK-NEXT:      %[[V:.+]] = scf.for %{{.+}} = %[[HERE]] to %[[TO]] step %c1
// CHECK:           tensor.from_elements %[[V]]
// CHECK-NEXT:      nd.dynamic_update_slice

// The rest of the way, and then the iteration itself.
// CHECK:         %[[Z:.+]] = scf.for %{{.+}} = %[[W]]#1 to %[[I]] step %c1 iter_args(%{{.+}} = %[[W]]#2) -> (f64) {
// CHECK-NEXT:      math.sin
// CHECK-NEXT:      arith.mulf
// CHECK-NEXT:      scf.yield
// CHECK-NEXT:    }
// CHECK-NEXT:    %[[SIN:.+]] = math.sin %[[Z]]
// CHECK:         arith.mulf %{{.+}}, %[[SIN]]
// CHECK:         math.cos %[[Z]]
// CHECK:       return %[[R]]#1
