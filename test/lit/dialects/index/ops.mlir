// Every op of the dialect.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

func.func @all(%a: index, %b: index, %i: i32, %u: ui8) {
  %0 = index.constant 42
  %1 = index.constant {tag} -3
  %2 = index.bool.constant true
  %3 = index.sizeof
  %4 = index.add %a, %b
  %5 = index.sub %a, %b
  %6 = index.mul %a, %b {tag}
  %7 = index.divs %a, %b
  %8 = index.divu %a, %b
  %9 = index.ceildivs %a, %b
  %10 = index.ceildivu %a, %b
  %11 = index.floordivs %a, %b
  %12 = index.rems %a, %b
  %13 = index.remu %a, %b
  %14 = index.maxs %a, %b
  %15 = index.maxu %a, %b
  %16 = index.mins %a, %b
  %17 = index.minu %a, %b
  %18 = index.shl %a, %b
  %19 = index.shrs %a, %b
  %20 = index.shru %a, %b
  %21 = index.and %a, %b
  %22 = index.or %a, %b
  %23 = index.xor %a, %b
  %24 = index.cmp slt(%a, %b)
  %25 = index.cmp uge(%a, %b) {tag}
  %26 = index.casts %a : index to i64
  %27 = index.castu %u : ui8 to index
  return
}

// CHECK: %idx42 = index.constant 42
// CHECK: %idx-3 = index.constant {tag} -3
// CHECK: %true = index.bool.constant true
// CHECK: %0 = index.sizeof
// CHECK: %1 = index.add %arg0, %arg1
// CHECK: %2 = index.sub %arg0, %arg1
// CHECK: %3 = index.mul %arg0, %arg1 {tag}
// CHECK: %4 = index.divs %arg0, %arg1
// CHECK: %5 = index.divu %arg0, %arg1
// CHECK: %6 = index.ceildivs %arg0, %arg1
// CHECK: %7 = index.ceildivu %arg0, %arg1
// CHECK: %8 = index.floordivs %arg0, %arg1
// CHECK: %9 = index.rems %arg0, %arg1
// CHECK: %10 = index.remu %arg0, %arg1
// CHECK: %11 = index.maxs %arg0, %arg1
// CHECK: %12 = index.maxu %arg0, %arg1
// CHECK: %13 = index.mins %arg0, %arg1
// CHECK: %14 = index.minu %arg0, %arg1
// CHECK: %15 = index.shl %arg0, %arg1
// CHECK: %16 = index.shrs %arg0, %arg1
// CHECK: %17 = index.shru %arg0, %arg1
// CHECK: %18 = index.and %arg0, %arg1
// CHECK: %19 = index.or %arg0, %arg1
// CHECK: %20 = index.xor %arg0, %arg1
// CHECK: %21 = index.cmp slt(%arg0, %arg1)
// CHECK: %22 = index.cmp uge(%arg0, %arg1) {tag}
// CHECK: %23 = index.casts %arg0 : index to i64
// CHECK: %24 = index.castu %arg3 : ui8 to index
// GENERIC: "index.constant"() <{value = 42 : index}> : () -> index
// GENERIC: "index.bool.constant"() <{value = true}> : () -> i1
// GENERIC: "index.cmp"(%arg0, %arg1) <{pred = #index<cmp_predicate slt>}> : (index, index) -> i1
