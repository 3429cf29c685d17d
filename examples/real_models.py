"""Real models: what holds their facets, what each route does to them, and how far predictions can be trusted.

Redraws the pictures of docs/real_models.md from the results that are kept beside it. They come of

    bayes-self fit self_reports.csv --out fitted              # fit.json
    bayes-self fit self_reports.csv --compete --out against   # competition.json

on the table of the source that the page names. Give a folder with your own two files to draw yours:
`python examples/real_models.py OUT RESULTS`.
"""

import json
import sys
from pathlib import Path

from bayes_self import plots
from bayes_self.fit.competition import Standing
from bayes_self.fit.holdout import Held
from bayes_self.fit.residuals import Unexplained
from bayes_self.fit.routes import Route
from bayes_self.fit.scores import Bin
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.plots.fit.competition import plot_competition
from bayes_self.plots.fit.predictions import plot_predictions
from bayes_self.plots.fit.real_landscape import plot_real_landscape
from bayes_self.plots.fit.residuals import plot_unexplained
from bayes_self.plots.fit.route_map import plot_route_map

RESULTS = Path(__file__).parent.parent / "docs" / "real_models"


def main(folder: Path, results: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fitted = json.loads((results / "fit.json").read_text(encoding="utf-8"))
    against = json.loads((results / "competition.json").read_text(encoding="utf-8"))
    about = fitted["answers"]
    source = f"{about['answers']:,.0f} answers in {about['cells']:,} cells"
    facets = {model: [Held(**row) for row in rows] for model, rows in fitted["facets"].items()}
    routes = [Route(**route) for route in fitted["routes"]]
    tenths = {scheme: [Bin(**each) for each in of["self-model"]] for scheme, of in against["calibration"].items()}
    rare = [Unexplained(**row) for row in fitted["unexplained"]]
    drawn = {
        "real_landscape": plot_real_landscape(facets, source),
        "real_routes": plot_route_map(routes, source),
        "real_competition": plot_competition([Standing(**each) for each in against["standings"]], source),
        "real_predictions": plot_predictions(tenths, "self-model", source),
        "real_unexplained": plot_unexplained(rare, source),
    }
    for name, axes in drawn.items():
        first = axes[0] if isinstance(axes, list) else axes
        print(f"{name}: {finding_on(first)}")
        plots.save(first, folder / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"), Path(sys.argv[2]) if len(sys.argv) > 2 else RESULTS)
