// Arguments of functions keep the locations that are written behind them.
// RUN: irc-opt %s --print-debuginfo | filecheck %s
// RUN: irc-opt %s --print-debuginfo | irc-opt --print-debuginfo | filecheck %s
// RUN: irc-opt %s | filecheck %s --check-prefix=WITHOUT

// CHECK: llvm.func @f(%arg0: !llvm.ptr loc([[P:#loc[0-9]*]]), %arg1: i32 {llvm.noundef} loc([[N:#loc[0-9]*]])) {
// WITHOUT: llvm.func @f(%arg0: !llvm.ptr, %arg1: i32 {llvm.noundef}) {
llvm.func @f(%p: !llvm.ptr loc("p"), %n: i32 {llvm.noundef} loc("n")) {
  llvm.return
}

// Nothing holds the location of an argument without a block.
// CHECK: llvm.func @declared(!llvm.ptr) loc(
llvm.func @declared(!llvm.ptr loc("lost"))

// CHECK-DAG: [[P]] = loc("p")
// CHECK-DAG: [[N]] = loc("n")
