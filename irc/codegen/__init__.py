"""Native execution: code generation through LLVM, calling convention and cache."""
