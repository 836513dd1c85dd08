// The pipeline that a reproducer records runs first, then the passes of the command line; without the flag it is
// text like any other.
// RUN: irc-opt %s | filecheck %s --check-prefix=KEPT
// RUN: irc-opt %s --run-reproducer | filecheck %s --check-prefix=RUNS
// RUN: irc-opt %s --run-reproducer --dce --print-ir-before=dce 2>&1 | filecheck %s --check-prefix=THEN

// KEPT-COUNT-2: arith.addf
// KEPT-NOT: dialect_resources
// KEPT: mlir_reproducer
// KEPT-NEXT: pipeline: "builtin.module(func.func(cse))"

// RUNS: %[[X:.*]] = arith.addf
// RUNS-NOT: arith.addf
// RUNS: return %[[X]]
// RUNS-NOT: {-#

// THEN: IR Dump Before dce
// THEN: arith.addf
// THEN-NOT: arith.addf
// THEN: return
func.func @f(%a: f32) -> f32 {
  %x = arith.addf %a, %a : f32
  %y = arith.addf %a, %a : f32
  return %y : f32
}

{-#
  dialect_resources: {
    builtin: {
      unused: "0x04000000FF"
    }
  },
  external_resources: {
    mlir_reproducer: {
      pipeline: "builtin.module(func.func(cse))",
      disable_threading: true,
      verify_each: true
    }
  }
#-}
