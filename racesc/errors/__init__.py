"""One small class per error code. The classes hold facts; each words itself."""
