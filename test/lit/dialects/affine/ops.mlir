// Maps applied to indices are read and printed; integer sets have aliases of their own.
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect --print-op-generic | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK-DAG: #[[APPLY:map[0-9]*]] = affine_map<(d0)[s0] -> (d0 * 2 + s0)>
// CHECK-DAG: #[[MIN:map[0-9]*]] = affine_map<(d0)[s0] -> (d0, s0, 16)>
// CHECK-DAG: #[[MAX:map[0-9]*]] = affine_map<(d0, d1) -> (d0 + 1, d1)>
// CHECK-DAG: #[[SET:set[0-9]*]] = affine_set<(d0)[s0] : (d0 - 10 >= 0, -d0 + s0 >= 0, d0 mod 2 == 0)>
// CHECK-DAG: #[[SIDES:set[0-9]*]] = affine_set<(d0, d1) : (d0 - d1 == 0, -d0 + 3 >= 0)>
// CHECK-DAG: #[[ALL:set[0-9]*]] = affine_set<() : (0 == 0)>
#set = affine_set<(d0)[s0] : (d0 - 10 >= 0, s0 - d0 >= 0, d0 mod 2 == 0)>

func.func @maps(%i: index, %j: index, %n: index) {
  // CHECK: affine.apply #[[APPLY]](%arg0)[%arg2]
  %0 = affine.apply affine_map<(d0)[s0] -> (d0 * 2 + s0)>(%i)[%n]
  // CHECK: affine.min #[[MIN]](%arg0)[%arg2]
  %1 = affine.min affine_map<(d0)[s0] -> (d0, s0, 16)>(%i)[%n]
  // CHECK: affine.max #[[MAX]](%arg0, %arg1) {note}
  %2 = affine.max affine_map<(d0, d1) -> (d0 + 1, d1)>(%i, %j) {note}
  // CHECK: "t.sets"() {a = #[[SET]], b = #[[SIDES]], c = #[[ALL]]}
  "t.sets"() {a = #set, b = affine_set<(d0, d1) : (d0 == d1, d0 <= 3)>, c = affine_set<() : ()>} : () -> ()
  // CHECK: affine.delinearize_index %arg0 into (%arg1, %arg2) : index, index
  %3:2 = affine.delinearize_index %i into (%j, %n) : index, index
  return
}
