from .agreement import agree, require
from .catalogue import ALL, check
from .definition import Law, LawBroken, law
from .own_streams import check_streams

__all__ = ["ALL", "Law", "LawBroken", "agree", "check", "check_streams", "law", "require"]
