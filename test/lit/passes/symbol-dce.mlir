// Private functions that no public one reaches go away, even if they call each other.
// RUN: irc-opt %s --symbol-dce | filecheck %s

func.func private @used() {
  return
}

func.func private @unused() {
  call @also_unused() : () -> ()
  return
}

func.func private @also_unused() {
  call @unused() : () -> ()
  return
}

func.func @main() {
  call @used() : () -> ()
  return
}

// CHECK-LABEL: func.func private @used(
// CHECK-SAME:  ) {
// CHECK-NEXT:  return
// CHECK-LABEL: func.func @main(
// CHECK-SAME:  ) {
// CHECK-NEXT:  call @used() : () -> ()
// CHECK-NEXT:  return
