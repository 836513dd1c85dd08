"""The data structure: types, attributes, values, operations, blocks, regions, locations and their verifier."""
