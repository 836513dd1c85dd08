// Attributes of `llvm` of which irc knows the name alone are carried as text; aliases in them are written out.
// RUN: irc-opt %s | irc-opt | filecheck %s

#root = #llvm.tbaa_root<id = "Simple">
module attributes {
  // CHECK-DAG: t.a = #llvm.framePointerKind<all>
  // CHECK-DAG: t.b = #llvm.framePointerKind<"non-leaf">
  // CHECK-DAG: t.c = #llvm.target_features<["+sme", "+sve"]>
  // CHECK-DAG: t.d = #llvm.linkage<internal>
  // CHECK-DAG: t.e = #llvm.tbaa_type_desc<id = "int", members = {<#llvm.tbaa_root<id = "Simple">, 0>}>
  t.a = #llvm.framePointerKind<"all">, t.b = #llvm.framePointerKind<"non-leaf">,
  t.c = #llvm.target_features<["+sme", "+sve"]>, t.d = #llvm.linkage<internal>,
  t.e = #llvm.tbaa_type_desc<
    // Blanks and comments are not kept.
    id = "int",  members = {<#root, 0>} >
} {}
