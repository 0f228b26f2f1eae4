"""Suites: composites of the counted space that are worth training on.

``elaborate`` reads a `suite` block, ``laws`` finds neighbours that say nothing new,
``workshop`` builds nodes, and ``choose`` draws, measures and keeps: ``strata`` says in
which order, ``screened`` asks child processes, ``empty`` says why nothing is left.
"""
