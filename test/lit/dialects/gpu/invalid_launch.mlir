// RUN: irc-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

func.func @arguments(%n: index) {
  // expected-error @+1 {{'gpu.launch' op unexpected number of region arguments}}
  "gpu.launch"(%n, %n, %n, %n, %n, %n) <{operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0>}> ({
  ^bb0(%x: index):
    gpu.terminator
  }) : (index, index, index, index, index, index) -> ()
  return
}

// -----

func.func @no_body(%n: index) {
  // expected-error @+1 {{'gpu.launch' op unexpected number of region arguments}}
  "gpu.launch"(%n, %n, %n, %n, %n, %n) <{operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0>}> ({
  }) : (index, index, index, index, index, index) -> ()
  return
}

// -----

func.func @clusters(%n: index) {
  // expected-error @+1 {{'gpu.launch' op cluster size must be all present}}
  "gpu.launch"(%n, %n, %n, %n, %n, %n, %n) <{operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0>}> ({
  ^bb0(%x: index):
    gpu.terminator
  }) : (index, index, index, index, index, index, index) -> ()
  return
}

// -----

func.func @attribution(%n: index) {
  // expected-error @+1 {{'gpu.launch' op expected memref type in attribution}}
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n) threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) workgroup(%w : i32) {
    gpu.terminator
  }
  return
}

// -----

func.func @ends(%n: index) {
  // expected-error @+1 {{'gpu.launch' op expected 'gpu.terminator' or a terminator with successors}}
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n) threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) {
    "gpu.yield"() : () -> ()
  }
  return
}

// -----

func.func @names(%n: index) {
  // expected-error @+1 {{expected 3 names, got 2}}
  gpu.launch blocks(%bx, %by) in (%gx = %n, %gy = %n, %gz = %n) threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) {
    gpu.terminator
  }
  return
}

// -----

func.func @unnamed(%n: index) {
  // expected-error @+1 {{needs to be named when marked 'async'}}
  gpu.launch async blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n) threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) {
    gpu.terminator
  }
  return
}

// -----

func.func @terminator() {
  // expected-error @+1 {{'gpu.terminator' op expects parent op 'gpu.launch'}}
  gpu.terminator
}

// -----

// expected-error @+1 {{'gpu.func' op expects parent op 'gpu.module'}}
gpu.func @f() {
  gpu.return
}

// -----

gpu.module @m {
  // expected-error @+1 {{gpu.func requires named arguments}}
  gpu.func @f(f32) {
    gpu.return
  }
}

// -----

gpu.module @m {
  // expected-error @+1 {{attribute 'gpu.kernel' occurs more than once in the attribute list}}
  gpu.func @f() kernel attributes {gpu.kernel} {
    gpu.return
  }
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op expected void return type for kernel function}}
  gpu.func @f() -> f32 kernel {
    gpu.return
  }
}

// -----

gpu.module @m {
  gpu.func @f() -> f32 {
    // expected-error @+1 {{'gpu.return' op expected 1 result operands}}
    gpu.return
  }
}

// -----

gpu.module @m {
  gpu.func @f(%x: f32) -> i32 {
    // expected-error @+1 {{'gpu.return' op unexpected type `'f32'' for operand #0}}
    gpu.return %x : f32
  }
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op expected memory space workgroup in attribution}}
  gpu.func @f() workgroup(%w : memref<4xf32, #gpu.address_space<private>>) {
    gpu.return
  }
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op expected memory space private in attribution}}
  gpu.func @f() private(%p : memref<4xf32, #gpu.address_space<workgroup>>) {
    gpu.return
  }
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op gpu.known_block_size must contain exactly 3 elements}}
  gpu.func @f() kernel attributes {gpu.known_block_size = array<i32: 32>} {
    gpu.return
  }
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op gpu.known_grid_size must be a dense i32 array}}
  gpu.func @f() kernel attributes {gpu.known_grid_size = [1, 2, 3]} {
    gpu.return
  }
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op requires string attribute 'sym_name'}}
  "gpu.func"() <{function_type = () -> ()}> ({
    gpu.return
  }) : () -> ()
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op attribute 'function_type' failed to satisfy constraint: type attribute of function type}}
  "gpu.func"() <{function_type = i32}> ({
    gpu.return
  }) {sym_name = "f"} : () -> ()
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op expected body with at least one block}}
  "gpu.func"() <{function_type = () -> ()}> ({
  }) {sym_name = "f"} : () -> ()
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op expected at least 2 arguments to body region}}
  "gpu.func"() <{function_type = (i32) -> ()}> ({
  ^bb0(%x: i32):
    gpu.return
  }) {sym_name = "f", workgroup_attributions = 1 : i64} : () -> ()
}

// -----

gpu.module @m {
  // expected-error @+1 {{'gpu.func' op expected body region argument #0 to be of type 'i32', got 'f32'}}
  "gpu.func"() <{function_type = (i32) -> ()}> ({
  ^bb0(%x: f32):
    gpu.return
  }) {sym_name = "f"} : () -> ()
}

// -----

// expected-error @+1 {{'gpu.module' op attribute 'targets' failed to satisfy constraint: array of GPU target attributes with at least 1 elements}}
gpu.module @m [] {
}

// -----

// expected-error @+1 {{'gpu.module' op attribute 'offloadingHandler' failed to satisfy constraint: any attribute with the `OffloadingTranslationAttrTrait` trait.}}
gpu.module @m <1> {
}

// -----

// expected-error @+1 {{'gpu.module' op region #0 ('bodyRegion') failed to verify constraint: region with 1 blocks}}
"gpu.module"() <{sym_name = "m"}> ({
}) : () -> ()

// -----

// expected-error @+1 {{'gpu.module' op expects regions to end with 'gpu.module_end', found 'test.op'}}
"gpu.module"() <{sym_name = "m"}> ({
^bb0:
  "test.op"() : () -> ()
}) : () -> ()

// -----

// expected-error @+1 {{'gpu.module_end' op expects parent op 'gpu.module'}}
gpu.module_end

// -----

func.func @no_container(%n: index) {
  // expected-error @+1 {{'gpu.launch_func' op expected the closest surrounding module to have the 'gpu.container_module' attribute}}
  gpu.launch_func @k::@f blocks in (%n, %n, %n) threads in (%n, %n, %n)
  return
}

// -----

module attributes {gpu.container_module} {
  gpu.module @k {
    gpu.func @kernel(%x: f32) kernel {
      gpu.return
    }
    gpu.func @function() {
      gpu.return
    }
    memref.global "private" @buffer : memref<4xi32>
  }
  module @other {
  }
  func.func @launches(%n: index, %l: i64, %x: i32) {
    // expected-error @+1 {{'gpu.launch_func' op kernel container 'nothing' is undefined}}
    gpu.launch_func @nothing::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n)
    // expected-error @+1 {{'gpu.launch_func' op kernel module 'other' is undefined}}
    gpu.launch_func @other::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n)
    // expected-error @+1 {{'gpu.launch_func' op kernel function '@k::@nothing' is undefined}}
    gpu.launch_func @k::@nothing blocks in (%n, %n, %n) threads in (%n, %n, %n)
    // expected-error @+1 {{'gpu.launch_func' op referenced kernel '@k::@buffer' is not a function}}
    gpu.launch_func @k::@buffer blocks in (%n, %n, %n) threads in (%n, %n, %n)
    // expected-error @+1 {{'gpu.launch_func' op kernel function is missing the 'gpu.kernel' attribute}}
    gpu.launch_func @k::@function blocks in (%n, %n, %n) threads in (%n, %n, %n)
    // expected-error @+1 {{'gpu.launch_func' op got 0 kernel operands but expected 1}}
    gpu.launch_func @k::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n)
    // expected-error @+1 {{'gpu.launch_func' op type of function argument 0 does not match}}
    gpu.launch_func @k::@kernel blocks in (%n, %n, %n) threads in (%n, %n, %n) args(%x : i32)
    return
  }
}

// -----

module attributes {gpu.container_module} {
  func.func @sizes(%n: index, %l: i64) {
    // expected-error @+1 {{'gpu.launch_func' op failed to verify that all of {gridSizeX, gridSizeY, gridSizeZ, blockSizeX, blockSizeY, blockSizeZ} have same type}}
    "gpu.launch_func"(%n, %n, %n, %l, %l, %l) <{kernel = @k::@f, operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0>}> : (index, index, index, i64, i64, i64) -> ()
    // expected-error @+1 {{'gpu.launch_func' op cluster size must be all present}}
    "gpu.launch_func"(%n, %n, %n, %n, %n, %n, %n) <{kernel = @k::@f, operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0>}> : (index, index, index, index, index, index, index) -> ()
    // expected-error @+1 {{'gpu.launch_func' op expects types of the cluster dimensions must be the same}}
    "gpu.launch_func"(%n, %n, %n, %n, %n, %n, %n, %l, %n) <{kernel = @k::@f, operandSegmentSizes = array<i32: 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0>}> : (index, index, index, index, index, index, index, i64, index) -> ()
    return
  }
}

// -----

module attributes {gpu.container_module} {
  func.func @two_sizes(%n: index) {
    // expected-error @+1 {{expected 3 sizes, got 2}}
    gpu.launch_func @k::@f blocks in (%n, %n) threads in (%n, %n, %n)
    return
  }
}
