"""What is done between installations: keys made, peers taken up and let go, their reports harvested."""

from qiplatform.federation.actions.fetching import Unreachable, fetch
from qiplatform.federation.actions.harvesting import discover, harvest
from qiplatform.federation.actions.keys import present_signer, rotate
from qiplatform.federation.actions.peers import add, ask_all, remove

__all__ = [
    "Unreachable",
    "add",
    "ask_all",
    "discover",
    "fetch",
    "harvest",
    "present_signer",
    "remove",
    "rotate",
]
