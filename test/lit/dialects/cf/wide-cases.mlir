// The numbers of cases may be wider than those that NumPy has; they are written without a sign.
// RUN: irc-opt %s | filecheck %s
// RUN: irc-opt %s | irc-opt | filecheck %s

// CHECK: cf.switch %{{.*}} : i128, [
// CHECK-NEXT: default: ^bb2,
// CHECK-NEXT: 92233720368547758079: ^bb1,
// CHECK-NEXT: 340282366920938463463374607431768211455: ^bb1
func.func @cases(%a: i128) {
  cf.switch %a : i128, [default: ^bb2, 92233720368547758079: ^bb1, -1: ^bb1]
^bb1:
  cf.br ^bb2
^bb2:
  return
}
