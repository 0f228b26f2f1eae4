"""What an emitted package carries: types, seeded choice, wording, reading, grading.

The standard library only, no state, and nothing here knows the compiler.
"""
