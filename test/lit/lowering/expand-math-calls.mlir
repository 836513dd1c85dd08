// RUN: irc-opt %s --expand-math=most-inline=1 | filecheck %s
// RUN: irc-opt %s --expand-math | filecheck %s --check-prefix=INLINE
// RUN: irc-opt %s --expand-math=most-inline=1 --scf-to-cf --convert-to-llvm | filecheck %s --check-prefix=LLVM

// A function that is used more often than that on the same type is written out once, and called.
// CHECK-LABEL: func.func @twice
// CHECK: %[[A:.+]] = call @[[EXP:.+]](%arg0) : (vector<4xf32>) -> vector<4xf32>
// CHECK: call @[[EXP]](%[[A]])
// CHECK-NOT: call
// CHECK: math.fma
// CHECK: return
// CHECK: func.func private @[[EXP]](%{{.+}}: vector<4xf32>) -> vector<4xf32> attributes {passthrough = ["noinline"]} {
// CHECK: math.fma
// CHECK-NOT: math.exp
// CHECK: return
// INLINE-NOT: call
// LLVM: llvm.func @__math_exp({{.+}}) -> vector<4xf32> attributes {{.*}}passthrough = ["noinline"]
func.func @twice(%x: vector<4xf32>, %y: vector<8xf32>) -> (vector<4xf32>, vector<8xf32>) {
  %0 = math.exp %x : vector<4xf32>
  %1 = math.exp %0 : vector<4xf32>
  %2 = math.exp %y : vector<8xf32>
  return %1, %2 : vector<4xf32>, vector<8xf32>
}
