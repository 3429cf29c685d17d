"""How the site is built: `sphinx-build -W docs out/site`. Nothing in it is loaded from elsewhere."""

import os
import sys
from importlib import metadata
from pathlib import Path

# Cells are many small programs of shapes of their own: optimising their code would cost more than it saves.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")
# Progress bars of notebooks ask for widgets, which a page that was built has no use for.
os.environ.setdefault("PYTHONWARNINGS", "ignore:IProgress not found")
sys.path.insert(0, str(Path(__file__).parent / "site"))

project = "bayes_self"
author = "the bayes_self authors"
copyright = author
release = metadata.version("bayes-self")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    # our own, in docs/site/
    "mathml",
    "gallery",
    "house",
    "command",
    "self_contained",
]
exclude_patterns = ["site", "README.md"]

# Pages that may not be there yet are named in the navigation, or found by its pattern.
suppress_warnings = ["toc.empty_glob"]
nitpicky = False

myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
nb_execution_mode = "auto"
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_merge_streams = True

default_role = "code"  # the docstrings mark code as Markdown does
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100

html_theme = "furo"
html_static_path = ["site/static"]
html_css_files = ["pictures.css"]
html_title = f"bayes_self {release}"
html_show_sourcelink = False
html_show_sphinx = False
html_permalinks_icon = "#"
