"""The environments, one module each: `ENVIRONMENT` is the whole of one."""
