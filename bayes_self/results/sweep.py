"""What a sweep found, in a sentence."""

from collections.abc import Mapping

from bayes_self.words.numbers import percent


def sweep_finding(shares: Mapping[str, float], of: str, where: str = "map") -> str:
    """Who or what is the likeliest, and on how much of the map (or of what else was swept)."""
    first, *others = sorted(((share, name) for name, share in shares.items() if share > 0), reverse=True)
    if not others:
        return f"{first[1]} is the likeliest {of} everywhere"
    rest = [f"{name} on {percent(share)}" for share, name in others[:2]]
    return f"{first[1]} is the likeliest {of} on {percent(first[0])} of the {where}, {', '.join(rest)}"
