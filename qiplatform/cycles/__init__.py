"""PDSA cycles and the ramps they form."""
