"""`racesc lsp`: a language server over standard input and output.

This package speaks the protocol (with pygls, the extra `racesc[lsp]`); what there is to
say comes from ``racesc/editor``.
"""

from __future__ import annotations

from racesc.lsp.features import serve

__all__ = ["serve"]
