from .agreement import agree, require
from .definition import Law, LawBroken, law
from .every import ALL, check
from .own_streams import check_streams

__all__ = ["ALL", "Law", "LawBroken", "agree", "check", "check_streams", "law", "require"]
