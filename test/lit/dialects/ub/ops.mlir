// Poison of any type; what it reaches becomes poison.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC
// RUN: irc-opt %s --canonicalize | filecheck %s --check-prefix=CANON

func.func @poison(%x: i32, %c: i1) -> (i32, f32, vector<4xi64>, i32) {
  %0 = ub.poison : i32
  %1 = ub.poison <#ub.poison> : f32
  %2 = ub.poison {tag} : vector<4xi64>
  %3 = arith.addi %x, %0 : i32
  %4 = math.sin %1 : f32
  %5 = arith.select %c, %0, %x : i32
  return %3, %4, %2, %5 : i32, f32, vector<4xi64>, i32
}

// CHECK: %0 = ub.poison : i32
// CHECK: %1 = ub.poison : f32
// CHECK: %2 = ub.poison {tag} : vector<4xi64>
// GENERIC: "ub.poison"() <{value = #ub.poison}> : () -> i32
// CANON: func.func
// CANON-DAG: [[I:%[0-9]+]] = ub.poison : i32
// CANON-DAG: [[F:%[0-9]+]] = ub.poison : f32
// CANON: return [[I]], [[F]], {{%[0-9]+}}, %arg0 : i32, f32, vector<4xi64>, i32
