// RUN: irc-opt %s --expand-math=most-inline=1 | filecheck %s

// The function takes its operands one by one, also where its first user gives the same twice.
// CHECK-LABEL: func.func @powers
// CHECK: call @[[POW:.+]](%arg0, %arg0)
// CHECK: call @[[POW]](%arg0, %arg1)
// CHECK: func.func private @[[POW]](%[[X:.+]]: f32, %[[Y:.+]]: f32) -> f32
// CHECK-DAG: math.absf %[[X]]
// CHECK-DAG: arith.extf %[[Y]]
func.func @powers(%x: f32, %y: f32) -> (f32, f32) {
  %0 = math.powf %x, %x : f32
  %1 = math.powf %x, %y : f32
  return %0, %1 : f32, f32
}
