"""The directives `{rooms}` and `{walk}`: the package's folders, and one claim's way through them, read off the code.

The order of the folders is that of the import contract in `pyproject.toml`; what each is for is the docstring of its
`__init__`; how much is in it is counted. A step of the walk names a file and a name in it; one that is not there fails
the build, and a step that goes back up into a folder above the last one does too.
"""

import ast
import tomllib
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "bayes_self"

WALK = [
    ("scenario/toml_text.py", "read", "The file is read as TOML, with the line of every key."),
    (
        "scenario/stream_schema.py",
        "Claim",
        '`claims.name = "John F. Kennedy"` becomes a claim: a value and a reliability.',
    ),
    ("scenario/schema.py", "Scenario", "Every fault of the file is told at once; what is left is a scenario."),
    ("model/coordinates.py", "coordinates_of", "The facet and the value get a position; names stay here."),
    ("model/parameters.py", "parameters_of", "The claim is four numbers: subject, answer, reliability, weight."),
    ("model/streams/spec.py", "facet_claims", "Of me it is fallible: a potential of every value, in nats."),
    ("model/streams/spec.py", "allowed_facets", "Of the part it holds by definition: every other value is forbidden."),
    ("model/potentials.py", "potentials", "It stands beside what was observed, and what pretraining knows."),
    ("model/referent.py", "referent", "Potentials are summed over identities and values: of me, and of the part."),
    ("model/beliefs.py", "beliefs_of", "Both are weighed by whose evidence it was: log evidence, and beliefs."),
    ("beliefs/posterior.py", "posterior", "Positions get their names back: a posterior."),
    ("beliefs/landscape.py", "verdicts", "With and without the claim: `selected`, the spec's doing."),
    ("results/what_happened.py", "what_happened", "In a sentence: the name stayed with what it was told."),
    ("plots/posterior.py", "plot_posterior", "And as a bar, in the colour of its identity, with its label."),
]


def layers() -> list[list[str]]:
    """The folders from the top of the import contract to its bottom; those side by side are in one row."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(each for each in config["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def paragraph(folder: str) -> str:
    """What a folder is for, in its own words."""
    file = PACKAGE / folder / "__init__.py"
    file = file if file.exists() else PACKAGE / f"{folder}.py"
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""


def sizes(folder: str) -> tuple[int, int]:
    """How many files a folder has, and how many lines."""
    files = list((PACKAGE / folder).rglob("*.py")) or [PACKAGE / f"{folder}.py"]
    return len(files), sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def walk() -> list[tuple[str, str, str]]:
    """The steps. Raises ValueError where a name is not in its file, or a step goes up."""
    height = {name: row for row, names in enumerate(reversed(layers())) for name in names}
    last = -1
    for file, name, _ in WALK:
        tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
        if name not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}:
            raise ValueError(f"{file} has no {name}")
        if height[file.partition("/")[0]] < last:
            raise ValueError(f"{file} is below the step before it")
        last = height[file.partition("/")[0]]
    return WALK


def drawing() -> str:
    """The folders as one picture: data goes up, imports go down."""
    rows = layers()
    width, height, gap = 680, 42, 8
    shapes = []
    for i, names in enumerate(rows):
        y, each = i * (height + gap), width / len(names)
        for j, name in enumerate(names):
            x, (files, lines) = j * each, sizes(name)
            shapes.append(
                f'<rect x="{x + 2:.0f}" y="{y}" width="{each - 4:.0f}" height="{height}" rx="5" fill="none" '
                f'stroke="currentColor"/><text x="{x + 14:.0f}" y="{y + 18}" fill="currentColor" font-size="14" '
                f'font-weight="bold">{name}</text><text x="{x + 14:.0f}" y="{y + 34}" fill="currentColor" '
                f'font-size="11" opacity="0.7">{files} file{"s" * (files > 1)}, {lines:,} lines</text>'
            )
    total = len(rows) * (height + gap)
    arrow = (
        f'<path d="M {width + 22} {total - gap} L {width + 22} 8 m -5 8 l 5 -8 l 5 8" fill="none" '
        f'stroke="currentColor"/><text x="{width + 34}" y="{total / 2:.0f}" fill="currentColor" font-size="13">'
        f"data</text>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 80} {total}" role="img" '
        f'style="max-width: 100%" '
        f'aria-label="The folders of the package, the lowest below: imports go down, data goes up">'
        f"{''.join(shapes)}{arrow}</svg>"
    )


class Rooms(SphinxDirective):
    """The picture of the folders, and a paragraph for each, the lowest first."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(ROOT / "pyproject.toml"))
        names = [name for row in reversed(layers()) for name in row]
        text = "\n\n".join(f"**`{name}`** · {' '.join(paragraph(name).split())}" for name in names)
        return [nodes.raw("", drawing(), format="html"), *self.parse_text_to_nodes(text)]


class Walk(SphinxDirective):
    """One claim, from the file to the pixel."""

    def run(self) -> list[nodes.Node]:
        try:
            steps = walk()
        except ValueError as error:
            raise self.error(str(error)) from None
        rows = "\n".join(f"1. `bayes_self/{file}`, `{name}`: {what}" for file, name, what in steps)
        return self.parse_text_to_nodes(rows)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("rooms", Rooms)
    app.add_directive("walk", Walk)
    return {"parallel_read_safe": True}
