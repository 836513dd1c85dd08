// What is wrong in the metadata of a file is said where it stands.
// RUN: irc-opt %s --run-reproducer --split-input-file --verify-diagnostics

// The module that the text leaves out is at line 0.
// expected-error @-5 {{this is no reproducer: it has no resource 'mlir_reproducer'}}
func.func @f() { return }

// -----

{-# external_resources: { mlir_reproducer: {
  // expected-error @below {{in the pipeline of the reproducer: unknown pass 'canonicalise'; did you mean 'canonicalize'?}}
  pipeline: "builtin.module(canonicalise)"
} } #-}

// -----

{-# external_resources: { mlir_reproducer: {
  // expected-error @below {{unknown 'mlir_reproducer' resource key 'verify'; did you mean 'verify_each'?}}
  verify: true
} } #-}

// -----

{-# external_resources: { mlir_reproducer: {
  // expected-error @below {{resource 'pipeline' must be a string}}
  pipeline: true
} } #-}

// -----

{-# external_resources: { mlir_reproducer: {
  // expected-error @below {{expected a string, true or false as a resource, got '3'}}
  verify_each: 3
} } #-}
func.func @after() { return }

// -----

// expected-error @below {{unknown key 'internal_resources' in file metadata dictionary}}
{-# internal_resources: {} #-}

// -----

{-# external_resources: {
  // expected-error @below {{expected ':', got '}'}}
  mlir_reproducer }
#-}

// -----

{-# external_resources: {
  // expected-error @below {{expected identifier key in file metadata dictionary, got '{'}}
  { } }
#-}
