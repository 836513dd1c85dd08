// A loop of unknown length counts its iterations and pushes what its adjoint needs; the adjoint runs them backwards.
// RUN: irc-opt %s --differentiate --symbol-dce --canonicalize --cse | filecheck %s

func.func private @f(%x: f64) -> f64 {
  %twenty = arith.constant 20.0 : f64
  %r = scf.while (%y = %x) : (f64) -> f64 {
    %small = arith.cmpf ole, %y, %twenty : f64
    scf.condition(%small) %y : f64
  } do {
  ^bb0(%y: f64):
    %z = arith.mulf %y, %x : f64
    scf.yield %z : f64
  }
  return %r : f64
}

func.func @main(%x: f64) -> (f64, f64) {
  %y, %dx = ad.value_and_grad @f(%x) : (f64) -> (f64, f64)
  return %y, %dx : f64, f64
}

// CHECK-LABEL: func.func private @f__grad_wrt_0(
// CHECK:       %[[EMPTY:.+]] = nd.allocate(%c16) : tensor<?xf64>
// CHECK:       %[[LOOP:.+]]:3 = scf.while (%{{.+}} = %arg0, %{{.+}} = %c0, %{{.+}} = %[[EMPTY]])
// CHECK:       ^bb0(%[[Y:.+]]: f64, %[[N:.+]]: index, %[[STACK:.+]]: tensor<?xf64>):
// CHECK:       %[[ROW:.+]] = tensor.from_elements %[[Y]] : tensor<1xf64>
// CHECK:       ad.push %[[ROW]], %[[STACK]][%[[N]]] : tensor<1xf64>, tensor<?xf64>
// CHECK:       arith.addi %[[N]], %c1
// CHECK:       %[[LAST:.+]] = arith.subi %[[LOOP]]#1, %c1
// CHECK:       scf.for %[[I:.+]] = %c0 to %[[LOOP]]#1 step %c1
// CHECK:       %[[AT:.+]] = arith.subi %[[LAST]], %[[I]]
// CHECK:       tensor.extract %[[LOOP]]#2[%[[AT]]]
