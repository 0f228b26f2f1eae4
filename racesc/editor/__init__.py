"""What an editor asks about a program, as functions of texts and offsets.

Nothing here knows the protocol: ``racesc/lsp/`` speaks it. A ``Project`` holds the
unsaved texts and checks them; the other modules answer from what was checked.
"""
