"""Holding environments to their promises: `racesc test`.

What an environment owes (semantics.md): A1 its sampler stays inside the types; A2 the
solver's result lies in the codomain; A3 its verifier accepts the solver's answer and
nothing near it that is wrong; A4 answers are read as they are shown. Besides: examples
and laws hold, results repeat under another hash seed and arguments are left alone; a
right reply to a whole problem earns 1 and junk 0.
"""
