// What has one meaning in StableHLO has it on each executor.
// RUN: irc-run %s --executor interpreter | filecheck %s
// RUN: irc-run %s --executor cpu | filecheck %s

// CHECK: result 0: int32[4]
// CHECK-NEXT: {{\[ *}}-1 {{ *}}-2 -2147483648 {{ *}}0]
// CHECK: result 1: int32[4]
// CHECK-NEXT: [ 7 -1 0 0]
// CHECK: result 2: int32[4]
// CHECK-NEXT: [ 0 -1 0 0]
// CHECK: result 3: float32[2]
// CHECK-NEXT: [3. 4.]
func.func @main() -> (tensor<4xi32>, tensor<4xi32>, tensor<4xi32>, tensor<2xf32>) {
  %a = stablehlo.constant dense<[7, -7, -2147483648, 0]> : tensor<4xi32>
  %b = stablehlo.constant dense<[0, 3, -1, 5]> : tensor<4xi32>
  %n = stablehlo.constant dense<[32, 40, 33, -1]> : tensor<4xi32>
  %i = stablehlo.constant dense<9> : tensor<i32>
  %x = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  // Division by zero gives -1, the remainder is then the dividend.
  %0 = stablehlo.divide %a, %b : tensor<4xi32>
  %1 = stablehlo.remainder %a, %b : tensor<4xi32>
  // Shifts by the width and beyond leave the sign.
  %2 = stablehlo.shift_right_arithmetic %b, %n : tensor<4xi32>
  %s = stablehlo.constant dense<[1, -1, 1, 1]> : tensor<4xi32>
  %3 = stablehlo.shift_right_arithmetic %s, %n : tensor<4xi32>
  // Positions are clamped.
  %4 = stablehlo.dynamic_slice %x, %i, sizes = [2] : (tensor<4xf32>, tensor<i32>) -> tensor<2xf32>
  return %0, %1, %3, %4 : tensor<4xi32>, tensor<4xi32>, tensor<4xi32>, tensor<2xf32>
}
