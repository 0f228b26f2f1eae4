"""The base environments' declarations as data, one module for each `.races` file."""
