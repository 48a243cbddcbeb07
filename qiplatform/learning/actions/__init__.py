"""What is done: reports written, sent, checked, published, withdrawn; published ideas taken up."""

from qiplatform.learning.actions.adoption import adopt
from qiplatform.learning.actions.checking import approve, give_back, submit, withdraw
from qiplatform.learning.actions.writing import Words, begin, change, sign

__all__ = ["Words", "adopt", "approve", "begin", "change", "give_back", "sign", "submit", "withdraw"]
