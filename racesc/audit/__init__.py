"""What an environment is worth as a task, measured on the emitted package.

``measures`` runs inside the child process; ``bench`` asks several children at once and
remembers what they said; ``figures`` is what comes out.
"""
