"""The CPU executor: the llvm dialect as LLVM IR text, compiled and called through llvmlite."""
