// Blocks become loops and branches; each block stands once.
// RUN: irc-opt %s --lift-cf-to-scf --canonicalize | filecheck %s

// A header that decides whether to go on, and counts, is a counted loop.
// CHECK-LABEL: func.func @counted(
// CHECK:       %[[R:.+]] = scf.for %[[I:.+]] = %{{.+}} to %arg0 step %{{.+}} iter_args(%[[A:.+]] = %arg1) -> (f64) {
// CHECK-NEXT:    %[[B:.+]] = arith.mulf %[[A]], %arg1 : f64
// CHECK-NEXT:    scf.yield %[[B]] : f64
// CHECK:       return %[[R]] : f64
func.func @counted(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^header(%c0, %x : index, f64)
^header(%i: index, %a: f64):
  %c = arith.cmpi slt, %i, %n : index
  cf.cond_br %c, ^body, ^end
^body:
  %b = arith.mulf %a, %x : f64
  %j = arith.addi %i, %c1 : index
  cf.br ^header(%j, %b : index, f64)
^end:
  return %a : f64
}

// One that does not count is the first region of a `scf.while`; the body gets what it uses of the header.
// CHECK-LABEL: func.func @decides_first(
// CHECK:       %[[R:.+]] = scf.while (%[[A:.+]] = %arg0) : (f64) -> f64 {
// CHECK-NEXT:    %[[B:.+]] = arith.mulf %[[A]], %arg0 : f64
// CHECK-NEXT:    %[[C:.+]] = arith.cmpf olt, %[[B]], %arg1 : f64
// CHECK-NEXT:    scf.condition(%[[C]]) %[[B]] : f64
// CHECK-NEXT:  } do {
// CHECK-NEXT:  ^bb0(%[[D:.+]]: f64):
// CHECK-NEXT:    %[[E:.+]] = arith.addf %[[D]], %arg0 : f64
// CHECK-NEXT:    scf.yield %[[E]] : f64
// CHECK:       return %[[R]] : f64
func.func @decides_first(%x: f64, %limit: f64) -> f64 {
  cf.br ^header(%x : f64)
^header(%a: f64):
  %b = arith.mulf %a, %x : f64
  %c = arith.cmpf olt, %b, %limit : f64
  cf.cond_br %c, ^body, ^end
^body:
  %e = arith.addf %b, %x : f64
  cf.br ^header(%e : f64)
^end:
  return %b : f64
}

// A loop whose last block decides works in the first region.
// CHECK-LABEL: func.func @decides_last(
// CHECK:       %[[R:.+]] = scf.while (%[[A:.+]] = %arg0) : (f64) -> f64 {
// CHECK-NEXT:    %[[B:.+]] = arith.mulf %[[A]], %arg0 : f64
// CHECK-NEXT:    %[[C:.+]] = arith.cmpf olt, %[[B]], %arg1 : f64
// CHECK-NEXT:    scf.condition(%[[C]]) %[[B]] : f64
// CHECK-NEXT:  } do {
// CHECK-NEXT:  ^bb0(%[[D:.+]]: f64):
// CHECK-NEXT:    scf.yield %[[D]] : f64
// CHECK:       return %[[R]] : f64
func.func @decides_last(%x: f64, %limit: f64) -> f64 {
  cf.br ^header(%x : f64)
^header(%a: f64):
  %b = arith.mulf %a, %x : f64
  %c = arith.cmpf olt, %b, %limit : f64
  cf.cond_br %c, ^header(%b : f64), ^end
^end:
  return %b : f64
}

// Several ways out meet at the end of the loop; here they all return a value.
// CHECK-LABEL: func.func @early_return(
// CHECK:       %[[R:.+]]:3 = scf.while (
// CHECK:         %[[L:.+]] = arith.cmpi slt
// CHECK-NEXT:    %[[F:.+]]:4 = scf.if %[[L]] -> (i1, index, f64, f64) {
// CHECK:           scf.if
// CHECK:         scf.condition(%[[F]]#0) %[[F]]#1, %[[F]]#2, %[[F]]#3 : index, f64, f64
// CHECK:       return %[[R]]#2 : f64
func.func @early_return(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^header(%c0, %x : index, f64)
^header(%i: index, %a: f64):
  %c = arith.cmpi slt, %i, %n : index
  cf.cond_br %c, ^body, ^end
^body:
  %b = arith.mulf %a, %x : f64
  %d = arith.cmpf ogt, %b, %x : f64
  cf.cond_br %d, ^found, ^next
^next:
  %j = arith.addi %i, %c1 : index
  cf.br ^header(%j, %b : index, f64)
^found:
  return %b : f64
^end:
  return %a : f64
}

// CHECK-LABEL: func.func @switch(
// CHECK:       %[[I:.+]] = arith.index_cast %arg0 : i32 to index
// CHECK:       %[[R:.+]] = scf.index_switch %[[I]] -> f64
// CHECK-NEXT:  case 3 {
// CHECK-NEXT:    %[[B:.+]] = arith.addf %arg1, %arg1 : f64
// CHECK-NEXT:    scf.yield %[[B]] : f64
// CHECK:       case -4 {
// CHECK-NEXT:    scf.yield %arg1 : f64
// CHECK:       default {
// CHECK-NEXT:    %[[C:.+]] = arith.mulf %arg1, %arg1 : f64
// CHECK:       return %[[R]] : f64
func.func @switch(%n: i32, %x: f64) -> f64 {
  cf.switch %n : i32, [default: ^a, 3: ^b, -4: ^end(%x : f64)]
^a:
  %y = arith.mulf %x, %x : f64
  cf.br ^end(%y : f64)
^b:
  %z = arith.addf %x, %x : f64
  cf.br ^end(%z : f64)
^end(%r: f64):
  return %r : f64
}

// Where two branches share a block, a number says in front of it who comes.
// CHECK-LABEL: func.func @shared(
// CHECK:       scf.if %{{.+}} -> (f64)
// CHECK-NEXT:    arith.mulf
// CHECK-NOT:     arith.mulf
func.func @shared(%c: i1, %d: i1, %x: f64) -> f64 {
  cf.cond_br %c, ^test, ^other
^test:
  cf.cond_br %d, ^square, ^other
^square:
  %y = arith.mulf %x, %x : f64
  cf.br ^end(%y : f64)
^other:
  cf.cond_br %d, ^square, ^end(%x : f64)
^end(%r: f64):
  return %r : f64
}

// A cycle that is entered at two places: what enters says where.
// CHECK-LABEL: func.func @two_entries(
// CHECK:       scf.while
// CHECK:         scf.if
// CHECK-NEXT:      arith.mulf
// CHECK:         } else {
// CHECK-NEXT:      arith.addf
// CHECK-NOT:   arith.addf
// CHECK-NOT:   arith.mulf
func.func @two_entries(%c: i1, %x: f64, %limit: f64) -> f64 {
  cf.cond_br %c, ^a(%x : f64), ^b(%x : f64)
^a(%y: f64):
  %z = arith.addf %y, %x : f64
  cf.br ^b(%z : f64)
^b(%v: f64):
  %w = arith.mulf %v, %x : f64
  %d = arith.cmpf olt, %w, %limit : f64
  cf.cond_br %d, ^a(%w : f64), ^end
^end:
  return %w : f64
}

// CHECK-LABEL: func.func @unreachable(
// CHECK:       scf.if
// CHECK:         cf.assert %{{.+}}, "unreachable code was reached"
// CHECK:       return %arg1
func.func @unreachable(%c: i1, %x: f64) -> f64 {
  cf.cond_br %c, ^a, ^b
^a:
  llvm.unreachable
^b:
  return %x : f64
}

// The regions of other operations are lifted, too.
// CHECK-LABEL: func.func @nested(
// CHECK:       scf.if %arg0 -> (f64) {
// CHECK-NOT:   cf.cond_br
func.func @nested(%c: i1, %x: f64) -> f64 {
  %r = scf.execute_region -> f64 {
    cf.cond_br %c, ^a, ^b(%x : f64)
  ^a:
    %y = arith.mulf %x, %x : f64
    cf.br ^b(%y : f64)
  ^b(%z: f64):
    scf.yield %z : f64
  }
  return %r : f64
}
