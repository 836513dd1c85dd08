// What stands behind the point of a type or an attribute is what it may have in brackets behind the dialect: both forms
// are one, printed in the shorter one where that can be read again.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK: %0 = "t"() : () -> !foo.bar
%0 = "t"() : () -> !foo<bar>
// CHECK: "t"(%0) : (!foo.bar) -> ()
"t"(%0) : (!foo.bar) -> ()
// CHECK: [#foo.bar, #foo.bar : i32, !foo.a.b, !foo.a<x, "> ">, !foo.a<b -> c>]
"t"() {v = [#foo<bar>, #foo<bar> : i32, !foo<a.b>, !foo<a<x, "> ">>, !foo<a<b -> c>>]} : () -> ()
// CHECK: [!foo<_bar>, !foo<1bar>, !foo<a$b>, !foo<>, !foo< a>, !foo<"a b">, !foo<a<x>y>, !foo<a<x><y>>]
"t"() {v = [!foo._bar, !foo.1bar, !foo.a$b, !foo<>, !foo< a>, !foo<"a b">, !foo<a<x>y>, !foo<a<x><y>>]} : () -> ()

// Those of known dialects have both forms, too.
// CHECK: [!gpu.async.token, !llvm.ptr<3>, #arith.fastmath<fast>]
"t"() {v = [!gpu<async.token>, !llvm<ptr<3>>, #arith<fastmath<fast>>]} : () -> ()
