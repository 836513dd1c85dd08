// What Shardy's passes add is read in generic form, where unregistered ops are allowed.
// RUN: irc-opt %s --allow-unregistered-dialect | irc-opt --allow-unregistered-dialect | filecheck %s
// RUN: not irc-opt %s 2>&1 | filecheck %s --check-prefix=ERROR

sdy.mesh @mesh = <["x"=2, "y"=4]>
func.func @f(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // CHECK: %0 = sdy.reshard %arg0 <@mesh, [{"x"}, {"y"}]> {note} : tensor<8x8xf32>
  %0 = sdy.reshard %x <@mesh, [{"x"}, {"y"}]> {note} : tensor<8x8xf32>
  // CHECK: %1 = "sdy.all_gather"(%0) <{gathering_axes = #sdy<list_of_axis_ref_lists[{"x"}, {}]>, out_sharding = #sdy.sharding<@mesh, [{}, {"y"}]>}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  // ERROR: generic.mlir:[[# @LINE + 1]]:8: error: 
  %1 = "sdy.all_gather"(%0) <{gathering_axes = #sdy<list_of_axis_ref_lists[{"x"}, {}]>, out_sharding = #sdy.sharding<@mesh, [{}, {"y"}]>}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  // CHECK: "sdy.sharding_group"(%1) <{group_id = 21 : i64}> : (tensor<8x8xf32>) -> ()
  "sdy.sharding_group"(%1) <{group_id = 21 : i64}> : (tensor<8x8xf32>) -> ()
  return %1 : tensor<8x8xf32>
}
