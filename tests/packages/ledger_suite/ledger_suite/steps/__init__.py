"""The solver files, byte for byte as they stand beside their `.races` files."""
