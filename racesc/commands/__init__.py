"""The subcommands of `racesc`, one file each.

Every file has ``PROSE`` and ``EXAMPLES`` for its `--help`, ``arguments(parser)``, and
``run(options, terminal)`` which gives the exit code. What it computes stands apart from
what it reads and prints.
"""
