"""The space of compositions: counted without being enumerated.

The legal composites over a scope are the language of a weighted tree grammar whose
states are ground types. Counting is the recursive method (Flajolet, Zimmermann, Van
Cutsem 1994), the k-th composite is found by unranking (Martinez, Molinero 2001), and
free-standing PARALLELs are multisets in the combinatorial number system; together they
make a functional enumeration (Feat: Duregard, Jansson, Wang 2012).

``space.Space`` is the door: built from the environments of a scope and a selection.
"""
