// One training step of the digits example gives the same loss after each pass of the pipeline, and as native code.

// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse,expand-small-floats' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse,expand-small-floats,expand-math' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse,expand-small-floats,expand-math,canonicalize,cse' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse,expand-small-floats,expand-math,canonicalize,cse,expand-copies' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse,expand-small-floats,expand-math,canonicalize,cse,expand-copies,scf-to-cf' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse,expand-small-floats,expand-math,canonicalize,cse,expand-copies,scf-to-cf,convert-to-llvm' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota \
// RUN:   --executor interpreter --pipeline 'differentiate,inline,symbol-dce,algebra,cse,canonicalize,lower-affine,scf-parallel-to-for,generate-runtime-verification,nd-to-linalg,expand-tensors,canonicalize,cse,fuse,canonicalize,cse,lower-affine,bufferize,plan-memory,convert-complex-to-standard,linalg-to-loops,convert-complex-to-standard,canonicalize,cse,expand-small-floats,expand-math,canonicalize,cse,expand-copies,scf-to-cf,convert-to-llvm,canonicalize,cse' | filecheck %s
// RUN: irc-run %S/../../../examples/digits.mlir -e step --arg random:1 --arg random:2 --arg random:3 --arg random:4 --arg random:5 --arg iota | filecheck %s

// CHECK:      result 4: float32
// CHECK-NEXT: 2.6396{{[0-9]*$}}
