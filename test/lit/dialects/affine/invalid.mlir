// RUN: irc-opt %s --split-input-file --verify-diagnostics

func.func @dimensions(%i: index) {
  // expected-error @+1 {{dimension operand count and integer set or map dim count must match}}
  %0 = affine.apply affine_map<(d0, d1) -> (d0)>(%i)
  return
}

// -----

func.func @symbols(%i: index) {
  // expected-error @+1 {{'affine.apply' op operand count and affine map dimension and symbol count must match}}
  %0 = affine.apply affine_map<(d0)[s0] -> (d0)>(%i)
  return
}

// -----

func.func @results(%i: index) {
  // expected-error @+1 {{'affine.apply' op mapping must produce one value}}
  %0 = affine.apply affine_map<(d0) -> (d0, d0)>(%i)
  return
}

// -----

func.func @no_results(%i: index) {
  // expected-error @+1 {{'affine.min' op affine map expect at least one result}}
  %0 = affine.min affine_map<(d0) -> ()>(%i)
  return
}

// -----

// expected-error @+1 {{expected '>=', '<=' or '=='}}
#set = affine_set<(d0) : (d0 > 0)>

// -----

func.func @f(%m: memref<?xf32>) {
  // expected-error @+1 {{attribute 'map' occurs more than once in the attribute list}}
  %0 = affine.load %m[0] {map = affine_map<() -> (1)>} : memref<?xf32>
  return
}
