// A type that an operation's syntax asks for is of the right kind, before anything is made of it.
// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @buffer(%t: tensor<?xf32>) {
  // expected-error @below {{invalid kind of type specified}}
  %0 = bufferization.to_memref %t : i8
  return
}

// -----

func.func @content(%m: memref<?xf32>) {
  // expected-error @below {{invalid kind of type specified}}
  %0 = bufferization.to_tensor %m : tensor<?xf32>
  return
}

// -----

func.func @vector(%x: f32) {
  // expected-error @below {{invalid kind of type specified}}
  %0 = vector.bitcast %x : f32 to vector<1xf32>
  return
}

// -----

// What a result follows from is checked first, also where several kinds of types are allowed.
func.func @deinterleaved(%m: memref<4xf32>) {
  // expected-error @below {{'complex.abs' op operand #0 must be complex type with floating-point elements, but got 'memref<4xf32>'}}
  %0 = complex.abs %m : memref<4xf32>
  return
}

// -----

func.func @groups(%x: tensor<4xf32>) {
  // expected-error @below {{attribute 'replica_groups' failed to satisfy constraint: 64-bit signless integer elements attribute}}
  %0 = "stablehlo.all_gather"(%x) <{all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi640>}> : (tensor<4xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @many_groups(%x: tensor<4xf32>) {
  // expected-error @below {{replica id #0 seen more than once}}
  %0 = "stablehlo.all_gather"(%x) <{all_gather_dim = 0 : i64, replica_groups = dense<0> : tensor<1x9223372036854775807xi64>}> : (tensor<4xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @repeated(%m: memref<4xf32>) {
  // expected-error @below {{'vector.broadcast' op source type is not a vector}}
  %0 = vector.broadcast %m : memref<4xf32> to vector<4xf32>
  return
}
