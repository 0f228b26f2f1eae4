"""The operators: one file each, with typing rule, wording and grading side by side."""
