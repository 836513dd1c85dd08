"""How ops, types and attributes are declared: fields, constraints and assembly formats."""
