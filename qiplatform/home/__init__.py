"""My work and the pages that gather from every room; owns no table."""
