"""`list --data`: what other people measured, as far as this project quotes or uses it."""

from typing import Any

from bayes_self.commands.output import print_json, print_lines


def list_published(as_json: bool) -> None:
    """Print every published figure under its source, with what it is not."""
    from bayes_self.fit.published import figures, sources

    if as_json:
        return print_json(_object())
    width = max(len(each.number) for each in figures())
    lines: list[str] = []
    for source in sources().values():
        lines += [
            *([""] if lines else []),
            f"{source.name}: {source.title}",
            f"  {'; '.join(part for part in (source.repository, source.licence) if part)}",
            f"  What it is not: {source.caution}",
            *(f"  {each.number:>{width}}  {each.says}" for each in figures() if each.source == source.name),
        ]
    return print_lines(lines)


def _object() -> dict[str, Any]:
    from bayes_self.fit.published import figures, sources

    return {
        "sources": {
            s.name: {"title": s.title, "repository": s.repository, "licence": s.licence, "not": s.caution}
            for s in sources().values()
        },
        "figures": [
            {
                **{"says": f.says, "value": f.value, "n": f.n, "source": f.source, "table": f.table},
                **{"where": dict(f.where), "outcome": dict(f.outcome), "column": f.column},
                "quoted": [dict(each) for each in f.quoted],
            }
            for f in figures()
        ],
    }
