"""The directive `{scenarios}`: every scenario with its picture, from the two tables that people read in the repository.

What a scenario claims and what came out stands once, in `models/README.md`; what its picture shows, in
`examples/README.md`. A scenario that is in one of them and not in the other fails the build.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bayes_self.scenario import gallery

ROOT = Path(__file__).parent.parent.parent
FROM_PAGE = "../.."
"""From the folder of the page to the root of the repository, for links."""


class Scenarios(SphinxDirective):
    """A section for each scenario of the gallery."""

    def run(self) -> list[nodes.Node]:
        for table in ("models/README.md", "examples/README.md"):
            self.env.note_dependency(str(ROOT / table))
        claims, findings = rows("models/README.md"), rows("examples/README.md")
        if set(claims) != set(gallery.names()) or not set(claims) <= set(findings):
            raise self.error("models/README.md, examples/README.md and the scenarios do not name the same")
        sections = [_section(name, claims[name], findings[name]["finding"]) for name in gallery.names()]
        sections += [_script(name, row["finding"]) for name, row in findings.items() if name not in claims]
        return self.parse_text_to_nodes("\n".join(sections), allow_section_headings=True)


def rows(path: str) -> dict[str, dict[str, str]]:
    """The rows of a Markdown table, by the text of the link that each begins with: {column: cell}."""
    lines = [line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    columns, *table = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if "---" not in line)
    return {re.match(r"\[(\w+)\]", row[0])[1]: dict(zip(columns, row, strict=True)) for row in table}


def _pictures(name: str, finding: str) -> str:
    """All pictures of the script of that name, the one called like it first."""
    found = sorted(path.name for path in (ROOT / "docs" / "pictures").glob(f"{name}*.png"))
    return "\n\n".join(f"![{finding}]({FROM_PAGE}/docs/pictures/{picture})" for picture in found)


def _section(name: str, row: dict[str, str], finding: str) -> str:
    return f"""\
## {gallery.title(name)}

**{row["claim"]}**

{_pictures(name, finding)}

{finding}

- What came out ({row["measure"]}): {row["result"]}.
- What did not: {row["what did not come out"]}.
- The rival explanation, or what it hangs on: {row["rival explanation"]}.
- Robustness of its expectations: {row["robustness"]}.

{{download}}`{name}.toml <{FROM_PAGE}/models/{name}.toml>`, {{download}}`{name}.py <{FROM_PAGE}/examples/{name}.py>`

```console
$ bayes-self run {name}
```
"""


def _script(name: str, finding: str) -> str:
    """An example that is about no single scenario of the gallery."""
    return f"""\
## {name.replace("_", " ").capitalize()}

{_pictures(name, finding)}

{finding}

{{download}}`{name}.py <{FROM_PAGE}/examples/{name}.py>`
"""


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("scenarios", Scenarios)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
