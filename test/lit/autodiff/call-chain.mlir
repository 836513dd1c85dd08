// Each function calls the one below it twice, so what they save doubles with each level. Where that is too much for a function to
// hand on, its adjoint runs it again, and is small.
// RUN: irc-opt %s --differentiate | filecheck %s

func.func private @f0(%x: f64) -> f64 {
  %y = math.sin %x : f64
  return %y : f64
}

func.func private @f1(%x: f64) -> f64 {
  %a = call @f0(%x) : (f64) -> f64
  %b = call @f0(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f2(%x: f64) -> f64 {
  %a = call @f1(%x) : (f64) -> f64
  %b = call @f1(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f3(%x: f64) -> f64 {
  %a = call @f2(%x) : (f64) -> f64
  %b = call @f2(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f4(%x: f64) -> f64 {
  %a = call @f3(%x) : (f64) -> f64
  %b = call @f3(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f5(%x: f64) -> f64 {
  %a = call @f4(%x) : (f64) -> f64
  %b = call @f4(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f6(%x: f64) -> f64 {
  %a = call @f5(%x) : (f64) -> f64
  %b = call @f5(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f7(%x: f64) -> f64 {
  %a = call @f6(%x) : (f64) -> f64
  %b = call @f6(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f8(%x: f64) -> f64 {
  %a = call @f7(%x) : (f64) -> f64
  %b = call @f7(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f9(%x: f64) -> f64 {
  %a = call @f8(%x) : (f64) -> f64
  %b = call @f8(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f10(%x: f64) -> f64 {
  %a = call @f9(%x) : (f64) -> f64
  %b = call @f9(%a) : (f64) -> f64
  return %b : f64
}

func.func private @f11(%x: f64) -> f64 {
  %a = call @f10(%x) : (f64) -> f64
  %b = call @f10(%a) : (f64) -> f64
  return %b : f64
}

func.func @main(%x: f64) -> f64 {
  %r:2 = ad.value_and_grad @f11(%x) : (f64) -> (f64, f64)
  return %r#1 : f64
}

// CHECK:       func.func private @f1__fwd_wrt_0(%arg0: f64) -> (f64, f64) {
// CHECK:       func.func private @f2__fwd_wrt_0(%arg0: f64) -> (f64, f64, f64, f64) {
// CHECK-NOT:   func.func private @f10__fwd
// CHECK:       func.func private @f10__bwd_wrt_0(%arg0: f64, %arg1: f64) -> f64 {
// CHECK-NEXT:  %[[A:.+]]:{{.+}} = call @f9__fwd_wrt_0(%arg0)
// CHECK-NEXT:  %[[B:.+]]:{{.+}} = call @f9__fwd_wrt_0(%[[A]]#0)
// CHECK-NEXT:  %[[C:.+]] = call @f9__bwd_wrt_0({{.+}}, %arg1)
// CHECK-NEXT:  %[[D:.+]] = call @f9__bwd_wrt_0({{.+}}, %[[C]])
// CHECK-NEXT:  return %[[D]]
// CHECK:       func.func private @f11__grad_wrt_0(%arg0: f64) -> (f64, f64) {
