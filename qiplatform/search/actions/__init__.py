"""What is done: published learning put into the index and taken out; searches kept, and their people told."""

from qiplatform.search.actions.indexing import index, index_harvested, reindex, remove
from qiplatform.search.actions.keeping import keep, let_go, tell_searches

__all__ = ["index", "index_harvested", "keep", "let_go", "reindex", "remove", "tell_searches"]
