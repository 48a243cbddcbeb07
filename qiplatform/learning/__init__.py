"""Sharing: reports, the publish gate, published versions, adoption."""
