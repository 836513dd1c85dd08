// A line without numbers needs no parentheses.
//
// RUN: irc-opt %s | filecheck %s
// RUN: irc-opt %s | irc-opt | filecheck %s

// CHECK: nd.print "done"
// CHECK-NOT: (
// CHECK: nd.print "again" {note}
// CHECK: nd.print "n is {}"(%arg0) : index
func.func @lines(%n: index) {
  nd.print "done"
  nd.print "again"() {note}
  nd.print "n is {}"(%n) : index
  return
}
