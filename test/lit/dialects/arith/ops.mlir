// Every op of the dialect in its custom form.
// RUN: irc-opt %s | irc-opt | filecheck %s
// RUN: irc-opt %s --print-op-generic | irc-opt | filecheck %s

func.func @constants() {
  %a = arith.constant 1.5 : f32
  %b = arith.constant -7 : i64
  %c = arith.constant 3 : index
  %d = arith.constant false
  %e = arith.constant dense<2.0> : vector<4xf64>
  %f = arith.constant dense<[1, 2, 3]> : tensor<3xi8>
  return
}
func.func @integers(%a: i32, %b: i32, %v: vector<4xi16>) {
  %0 = arith.addi %a, %b overflow<nsw, nuw> : i32
  %1 = arith.subi %a, %b : i32
  %2 = arith.muli %v, %v : vector<4xi16>
  %3 = arith.divsi %a, %b : i32
  %4 = arith.divui %a, %b : i32
  %5 = arith.ceildivsi %a, %b : i32
  %6 = arith.ceildivui %a, %b : i32
  %7 = arith.floordivsi %a, %b : i32
  %8 = arith.remsi %a, %b : i32
  %9 = arith.remui %a, %b : i32
  %10 = arith.andi %a, %b : i32
  %11 = arith.ori %a, %b : i32
  %12 = arith.xori %a, %b : i32
  %13 = arith.shli %a, %b : i32
  %14 = arith.shrsi %a, %b : i32
  %15 = arith.shrui %a, %b : i32
  %16 = arith.maxsi %a, %b : i32
  %17 = arith.minsi %a, %b : i32
  %18 = arith.maxui %a, %b : i32
  %19 = arith.minui %a, %b : i32
  %20 = arith.cmpi sle, %a, %b : i32
  %21 = arith.cmpi ult, %v, %v : vector<4xi16>
  %22 = arith.shli %a, %b overflow<nuw, nsw> : i32
  %23, %24 = arith.addui_extended %a, %b : i32, i1
  %25:2 = arith.mulsi_extended %a, %b : i32
  %26:2 = arith.mului_extended %v, %v : vector<4xi16>
  %27 = arith.addi %24, %24 : i1
  %28 = arith.addi %25#1, %a : i32
  return
}
func.func @floats(%a: f32, %b: f32, %v: tensor<?xf64>, %c: i1) {
  %0 = arith.addf %a, %b fastmath<nnan,contract> : f32
  %1 = arith.subf %a, %b : f32
  %2 = arith.mulf %v, %v : tensor<?xf64>
  %3 = arith.divf %a, %b {tag} : f32
  %4 = arith.remf %a, %b : f32
  %5 = arith.negf %a : f32
  %6 = arith.maximumf %a, %b : f32
  %7 = arith.minimumf %a, %b : f32
  %8 = arith.maxnumf %a, %b : f32
  %9 = arith.minnumf %a, %b : f32
  %10 = arith.cmpf ogt, %a, %b : f32
  %11 = arith.cmpf une, %v, %v fastmath<fast> : tensor<?xf64>
  %12 = arith.select %c, %a, %b : f32
  %13 = arith.select %11, %v, %v : tensor<?xi1>, tensor<?xf64>
  %14 = arith.mulf %a, %b fastmath<afn, contract, arcp, nsz, ninf, nnan, reassoc> : f32
  %15 = arith.mulf %a, %b fastmath<nsz, reassoc> : f32
  return
}
func.func @casts(%f: f32, %d: f64, %i: i32, %l: i64, %x: index, %v: vector<4xi32>) {
  %0 = arith.extf %f : f32 to f64
  %1 = arith.truncf %d : f64 to bf16
  %2 = arith.extsi %i : i32 to i64
  %3 = arith.extui %v : vector<4xi32> to vector<4xi64>
  %4 = arith.trunci %l : i64 to i1
  %5 = arith.sitofp %i : i32 to f32
  %6 = arith.uitofp %i : i32 to f64
  %7 = arith.fptosi %f : f32 to i32
  %8 = arith.fptoui %f : f32 to i8
  %9 = arith.index_cast %x : index to i32
  %10 = arith.index_castui %i : i32 to index
  %11 = arith.bitcast %f : f32 to i32
  %12 = arith.truncf %d toward_zero : f64 to f32
  %13 = arith.truncf %d to_nearest_even {tag} : f64 to f32
  return
}

// CHECK: func.func @constants() {
// CHECK: %cst = arith.constant 1.500000e+00 : f32
// CHECK: %c-7_i64 = arith.constant -7 : i64
// CHECK: %c3 = arith.constant 3 : index
// CHECK: %false = arith.constant false
// CHECK: %cst_0 = arith.constant dense<2.000000e+00> : vector<4xf64>
// CHECK: %cst_1 = arith.constant dense<[1, 2, 3]> : tensor<3xi8>
// CHECK: return
// CHECK: func.func @integers(%arg0: i32, %arg1: i32, %arg2: vector<4xi16>) {
// CHECK: %0 = arith.addi %arg0, %arg1 overflow<nsw, nuw> : i32
// CHECK: %1 = arith.subi %arg0, %arg1 : i32
// CHECK: %2 = arith.muli %arg2, %arg2 : vector<4xi16>
// CHECK: %3 = arith.divsi %arg0, %arg1 : i32
// CHECK: %4 = arith.divui %arg0, %arg1 : i32
// CHECK: %5 = arith.ceildivsi %arg0, %arg1 : i32
// CHECK: %6 = arith.ceildivui %arg0, %arg1 : i32
// CHECK: %7 = arith.floordivsi %arg0, %arg1 : i32
// CHECK: %8 = arith.remsi %arg0, %arg1 : i32
// CHECK: %9 = arith.remui %arg0, %arg1 : i32
// CHECK: %10 = arith.andi %arg0, %arg1 : i32
// CHECK: %11 = arith.ori %arg0, %arg1 : i32
// CHECK: %12 = arith.xori %arg0, %arg1 : i32
// CHECK: %13 = arith.shli %arg0, %arg1 : i32
// CHECK: %14 = arith.shrsi %arg0, %arg1 : i32
// CHECK: %15 = arith.shrui %arg0, %arg1 : i32
// CHECK: %16 = arith.maxsi %arg0, %arg1 : i32
// CHECK: %17 = arith.minsi %arg0, %arg1 : i32
// CHECK: %18 = arith.maxui %arg0, %arg1 : i32
// CHECK: %19 = arith.minui %arg0, %arg1 : i32
// CHECK: %20 = arith.cmpi sle, %arg0, %arg1 : i32
// CHECK: %21 = arith.cmpi ult, %arg2, %arg2 : vector<4xi16>
// CHECK: %22 = arith.shli %arg0, %arg1 overflow<nsw, nuw> : i32
// CHECK: %sum, %overflow = arith.addui_extended %arg0, %arg1 : i32, i1
// CHECK: %low, %high = arith.mulsi_extended %arg0, %arg1 : i32
// CHECK: %low_0, %high_1 = arith.mului_extended %arg2, %arg2 : vector<4xi16>
// CHECK: %23 = arith.addi %overflow, %overflow : i1
// CHECK: %24 = arith.addi %high, %arg0 : i32
// CHECK: return
// CHECK: func.func @floats(%arg0: f32, %arg1: f32, %arg2: tensor<?xf64>, %arg3: i1) {
// CHECK: %0 = arith.addf %arg0, %arg1 fastmath<nnan,contract> : f32
// CHECK: %1 = arith.subf %arg0, %arg1 : f32
// CHECK: %2 = arith.mulf %arg2, %arg2 : tensor<?xf64>
// CHECK: %3 = arith.divf %arg0, %arg1 {tag} : f32
// CHECK: %4 = arith.remf %arg0, %arg1 : f32
// CHECK: %5 = arith.negf %arg0 : f32
// CHECK: %6 = arith.maximumf %arg0, %arg1 : f32
// CHECK: %7 = arith.minimumf %arg0, %arg1 : f32
// CHECK: %8 = arith.maxnumf %arg0, %arg1 : f32
// CHECK: %9 = arith.minnumf %arg0, %arg1 : f32
// CHECK: %10 = arith.cmpf ogt, %arg0, %arg1 : f32
// CHECK: %11 = arith.cmpf une, %arg2, %arg2 fastmath<fast> : tensor<?xf64>
// CHECK: %12 = arith.select %arg3, %arg0, %arg1 : f32
// CHECK: %13 = arith.select %11, %arg2, %arg2 : tensor<?xi1>, tensor<?xf64>
// CHECK: %14 = arith.mulf %arg0, %arg1 fastmath<fast> : f32
// CHECK: %15 = arith.mulf %arg0, %arg1 fastmath<reassoc,nsz> : f32
// CHECK: return
// CHECK: func.func @casts(%arg0: f32, %arg1: f64, %arg2: i32, %arg3: i64, %arg4: index, %arg5: vector<4xi32>) {
// CHECK: %0 = arith.extf %arg0 : f32 to f64
// CHECK: %1 = arith.truncf %arg1 : f64 to bf16
// CHECK: %2 = arith.extsi %arg2 : i32 to i64
// CHECK: %3 = arith.extui %arg5 : vector<4xi32> to vector<4xi64>
// CHECK: %4 = arith.trunci %arg3 : i64 to i1
// CHECK: %5 = arith.sitofp %arg2 : i32 to f32
// CHECK: %6 = arith.uitofp %arg2 : i32 to f64
// CHECK: %7 = arith.fptosi %arg0 : f32 to i32
// CHECK: %8 = arith.fptoui %arg0 : f32 to i8
// CHECK: %9 = arith.index_cast %arg4 : index to i32
// CHECK: %10 = arith.index_castui %arg2 : i32 to index
// CHECK: %11 = arith.bitcast %arg0 : f32 to i32
// CHECK: %12 = arith.truncf %arg1 toward_zero : f64 to f32
// CHECK: %13 = arith.truncf %arg1 to_nearest_even {tag} : f64 to f32
// CHECK: return
