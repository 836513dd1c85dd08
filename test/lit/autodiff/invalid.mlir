// What cannot be differentiated is reported at the op, with a note at the request.
// RUN: irc-opt %s --differentiate --split-input-file --verify-diagnostics

// The message says how a derivative can be given.
func.func private @f(%x: f32, %m: memref<4xf32>) -> f32 {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{'memref.atomic_rmw' op has no derivative through memory; a function around it is given one by 'ad.custom_vjp' or 'ad.custom_jvp', from Python by irc.custom_vjp or irc.custom_jvp}}
  %o = memref.atomic_rmw addf %x, %m[%c0] : (f32, memref<4xf32>) -> f32
  %v = memref.load %m[%c0] : memref<4xf32>
  return %v : f32
}

func.func @main(%x: f32, %m: memref<4xf32>) -> f32 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @f(%x, %m) : (f32, memref<4xf32>) -> (f32, f32)
  return %r#1 : f32
}

// -----

// In forward mode, too.
func.func private @f(%x: f32, %m: memref<4xf32>) -> f32 {
  %c0 = arith.constant 0 : index
  // expected-error @+1 {{'memref.atomic_rmw' op has no derivative; a function around it}}
  %o = memref.atomic_rmw addf %x, %m[%c0] : (f32, memref<4xf32>) -> f32
  return %o : f32
}

func.func @main(%x: f32, %m: memref<4xf32>) -> f32 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.jvp @f(%x, %m) tangents(%x) : (f32, memref<4xf32>), (f32) -> (f32, f32)
  return %r#1 : f32
}

// -----

// What a global holds when the adjoint runs is not known.
memref.global "private" @state : memref<f32>

func.func private @f(%x: f32) -> f32 {
  // expected-error @+1 {{'memref.get_global' op has no derivative: what others write to a global is not known; a function around it}}
  %m = memref.get_global @state : memref<f32>
  memref.store %x, %m[] : memref<f32>
  %v = memref.load %m[] : memref<f32>
  return %v : f32
}

func.func @main(%x: f32) -> f32 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @f(%x) : (f32) -> (f32, f32)
  return %r#1 : f32
}

// -----

func.func private @declared(f32) -> f32

func.func @main(%x: f32) -> f32 {
  // expected-error @+1 {{cannot differentiate '@declared', which has no body}}
  %r:2 = ad.value_and_grad @declared(%x) : (f32) -> (f32, f32)
  return %r#1 : f32
}

// -----

func.func private @blocks(%x: f32) -> f32 {
  cf.br ^bb1(%x : f32)
^bb1(%y: f32):
  %z = arith.mulf %y, %y : f32
  // expected-error @+1 {{'cf.br' op is part of a loop that is never left: it has no structured form}}
  cf.br ^bb1(%z : f32)
}

func.func @main(%x: f32) -> f32 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @blocks(%x) : (f32) -> (f32, f32)
  return %r#1 : f32
}

// -----

func.func @itself(%x: f32) -> f32 {
  // expected-error @+1 {{differentiates '@itself' inside itself}}
  %r:2 = ad.value_and_grad @itself(%x) : (f32) -> (f32, f32)
  return %r#1 : f32
}

// -----

// A derivative does not get lost in memory: which buffer it is in has to be known.
func.func private @f(%x: tensor<3xf32>, %c: i1) -> tensor<f32> {
  %s = nd.sum %x axes = [0] : tensor<3xf32> -> tensor<f32>
  %e = tensor.extract %s[] : tensor<f32>
  %m = memref.alloc() : memref<4xf32>
  %n = memref.alloc() : memref<4xf32>
  %c0 = arith.constant 0 : index
  %v = arith.select %c, %m, %n : memref<4xf32>
  // expected-error @+1 {{'memref.store' op on a buffer of type 'memref<4xf32>' that may be one of several has no derivative}}
  memref.store %e, %v[%c0] : memref<4xf32>
  %g = memref.load %m[%c0] : memref<4xf32>
  %r = tensor.from_elements %g : tensor<f32>
  return %r : tensor<f32>
}

func.func @main(%x: tensor<3xf32>, %c: i1) -> tensor<3xf32> {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @f(%x, %c) : (tensor<3xf32>, i1) -> (tensor<f32>, tensor<3xf32>)
  return %r#1 : tensor<3xf32>
}

// -----

func.func private @f(%x: tensor<4xf32>, %step: index) -> tensor<f32> {
  // expected-error @+1 {{'tensor.extract_slice' op has a derivative only where its strides are known, and not 0}}
  %t = tensor.extract_slice %x[0] [2] [%step] : tensor<4xf32> to tensor<2xf32>
  %s = nd.sum %t axes = [0] : tensor<2xf32> -> tensor<f32>
  return %s : tensor<f32>
}

func.func @main(%x: tensor<4xf32>, %step: index) -> tensor<4xf32> {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @f(%x, %step) {wrt = [0]} : (tensor<4xf32>, index) -> (tensor<f32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

func.func private @f(%x: tensor<3xf32>) -> tensor<f32> {
  // expected-error @+1 {{'nd.custom_call' op has no derivative: nothing is known about that of '@mine'; a function around it is given one by 'ad.custom_vjp' or 'ad.custom_jvp'}}
  %y = nd.custom_call @mine(%x) : (tensor<3xf32>) -> tensor<3xf32>
  %s = nd.sum %y axes = [0] : tensor<3xf32> -> tensor<f32>
  return %s : tensor<f32>
}

func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @f(%x) : (tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>)
  return %r#1 : tensor<3xf32>
}

// -----

func.func private @sizes(%x: tensor<?xf32>, %n: index) -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @+1 {{'scf.for' op carries a value of type 'tensor<?xf32>', of which no 'ad.snapshots' can be kept}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x) -> (tensor<?xf32>) {
    %s = nd.sin %y : tensor<?xf32>
    scf.yield %s : tensor<?xf32>
  } {ad.snapshots = 2 : i64}
  %s = nd.sum %r axes = [0] : tensor<?xf32> -> tensor<f32>
  return %s : tensor<f32>
}

func.func @main(%x: tensor<?xf32>, %n: index) -> tensor<f32> {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @sizes(%x, %n) : (tensor<?xf32>, index) -> (tensor<f32>, tensor<?xf32>)
  return %r#0 : tensor<f32>
}

// -----

func.func private @none(%x: f32, %n: index) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @+1 {{'scf.for' op 'ad.snapshots' must be a positive integer, got '0 : i64'}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x) -> (f32) {
    %s = math.sin %y : f32
    scf.yield %s : f32
  } {ad.snapshots = 0 : i64}
  return %r : f32
}

func.func @main(%x: f32, %n: index) -> f32 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @none(%x, %n) : (f32, index) -> (f32, f32)
  return %r#0 : f32
}

// -----

func.func private @buffer(%x: f32, %m: memref<f32>, %n: index) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @+1 {{'scf.for' op works on buffers, so that 'ad.snapshots' cannot be kept}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x) -> (f32) {
    %v = memref.load %m[] : memref<f32>
    %s = arith.mulf %y, %v : f32
    scf.yield %s : f32
  } {ad.snapshots = 2 : i64}
  return %r : f32
}

func.func @main(%x: f32, %m: memref<f32>, %n: index) -> f32 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @buffer(%x, %m, %n) : (f32, memref<f32>, index) -> (f32, f32)
  return %r#0 : f32
}

// -----

// What stands in a buffer may be something else when the region runs again.
func.func private @again(%x: f64) -> f64 {
  %m = memref.alloca() : memref<f64>
  memref.store %x, %m[] : memref<f64>
  // expected-error @+1 {{'ad.checkpoint' op works on buffers, and cannot run again}}
  %y = ad.checkpoint -> f64 {
    %a = memref.load %m[] : memref<f64>
    ad.yield %a : f64
  }
  return %y : f64
}

func.func @main(%x: f64) -> f64 {
  // expected-note @+1 {{differentiation was requested here}}
  %r:2 = ad.value_and_grad @again(%x) : (f64) -> (f64, f64)
  return %r#1 : f64
}
