// Inside each other, the types are written without the name of the dialect.
// RUN: irc-opt %s --allow-unregistered-dialect | filecheck %s
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s

// CHECK: llvm.func @words(!llvm.token, !llvm.label, !llvm.metadata, !llvm.x86_mmx) -> !llvm.ppc_fp128
llvm.func @words(!llvm.token, !llvm.label, !llvm.metadata, !llvm.x86_mmx) -> !llvm.ppc_fp128
// CHECK: llvm.func @vectors(!llvm.vec<2 x ptr>, !llvm.vec<? x 4 x ptr<3>>, !llvm.vec<2 x ppc_fp128>)
llvm.func @vectors(!llvm.vec<2x!llvm.ptr>, !llvm.vec<?x4xptr<3>>, !llvm.vec<2 x ppc_fp128>)
// CHECK: llvm.func @nested(!llvm.struct<(vec<2 x ptr>, x86_mmx, array<2 x vec<2 x ptr>>)>, !llvm.struct<(target<"a">)>)
llvm.func @nested(!llvm.struct<(!llvm.vec<2 x ptr>, x86_mmx, array<2 x vec<2 x ptr>>)>, !llvm.struct<(target<"a">)>)
// CHECK: llvm.func @targets(!llvm.target<"a", i32, !llvm.ptr, 1, 2>)
llvm.func @targets(!llvm.target<"a", i32, ptr, 1, 2>)
// CHECK: x.y = !llvm.func<void (metadata, token)>
module attributes {x.y = !llvm.func<void (!llvm.metadata, token)>} {}

// CHECK: @ops
llvm.func @ops(%p: !llvm.vec<2 x ptr>, %i: i32, %x: !llvm.ppc_fp128) -> !llvm.ptr {
  // CHECK: llvm.ptrtoint %{{.*}} : !llvm.vec<2 x ptr> to vector<2xi64>
  %0 = llvm.ptrtoint %p : !llvm.vec<2 x ptr> to vector<2xi64>
  // CHECK: llvm.fadd %{{.*}} : !llvm.ppc_fp128
  %1 = llvm.fadd %x, %x : !llvm.ppc_fp128
  // CHECK: llvm.extractelement %{{.*}}[%{{.*}} : i32] : !llvm.vec<2 x ptr>
  %2 = llvm.extractelement %p[%i : i32] : !llvm.vec<2 x ptr>
  // CHECK: llvm.shufflevector %{{.*}}, %{{.*}} [0, 1, 1, 0] : !llvm.vec<2 x ptr>
  %3 = llvm.shufflevector %p, %p [0, 1, 1, 0] : !llvm.vec<2 x ptr>
  // CHECK: llvm.icmp "eq" %{{.*}}, %{{.*}} : !llvm.vec<2 x ptr>
  %4 = llvm.icmp "eq" %p, %p : !llvm.vec<2 x ptr>
  // CHECK: "t"(%{{.*}}, %{{.*}}) : (!llvm.vec<4 x ptr>, vector<2xi1>) -> ()
  "t"(%3, %4) : (!llvm.vec<4 x ptr>, vector<2xi1>) -> ()
  llvm.return %2 : !llvm.ptr
}
