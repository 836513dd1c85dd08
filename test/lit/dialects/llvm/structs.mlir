// Structs with names are read and printed: of known fields, of unknown ones, recursive. So are annotations of loops.
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect --print-op-generic | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK: llvm.func @fields(!llvm.struct<"pair", (i32, ptr)>, !llvm.struct<"bytes", packed (i8, i32)>, !llvm.struct<"empty", ()>)
llvm.func @fields(!llvm.struct<"pair", (i32, ptr)>, !llvm.struct<"bytes", packed (i8, i32)>, !llvm.struct<"empty", ()>)

// CHECK: llvm.func @twice(!llvm.struct<"pair", (i32, ptr)>, !llvm.array<2 x struct<"pair", (i32, ptr)>>)
llvm.func @twice(!llvm.struct<"pair", (i32, ptr)>, !llvm.array<2 x struct<"pair", (i32, ptr)>>)

// CHECK: llvm.func @unknown(!llvm.struct<"two words", opaque>)
llvm.func @unknown(!llvm.struct<"two words", opaque>)

// CHECK: llvm.func @recursive(!llvm.struct<"node", (i32, array<2 x struct<"node">>, struct<"leaf", (struct<"node">)>)>)
llvm.func @recursive(!llvm.struct<"node", (i32, array<2 x struct<"node">>, struct<"leaf", (struct<"node">)>)>)

// CHECK: llvm.func @members(%arg0: !llvm.struct<"pair", (i32, ptr)>) -> i32 {
llvm.func @members(%pair: !llvm.struct<"pair", (i32, ptr)>) -> i32 {
  // CHECK: llvm.extractvalue %arg0[0] : !llvm.struct<"pair", (i32, ptr)>
  %0 = llvm.extractvalue %pair[0] : !llvm.struct<"pair", (i32, ptr)>
  llvm.return %0 : i32
}

// CHECK: llvm.func @annotated(
llvm.func @annotated(%c: i1) {
  llvm.br ^bb1
^bb1:
  // CHECK: llvm.cond_br %arg0, ^bb1, ^bb2 {loop_annotation = #llvm.loop_annotation<mustProgress = true>}
  llvm.cond_br %c, ^bb1, ^bb2 {loop_annotation = #llvm.loop_annotation<mustProgress = true>}
^bb2:
  llvm.return
}
