"""How Sphinx makes the site of these pages and of the docstrings: `make docs`, warnings as errors, nothing from the network.

Sphinx and not MkDocs: it reads NumPy-style docstrings itself, checks every reference, and its theme brings all it shows.
"""

import minshi_analysis

project = "minshi-analysis"
author = "The minshi-analysis maintainers"
copyright = f"{author}; MIT licence"
release = version = minshi_analysis.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["screenshots"]

myst_heading_anchors = 3
myst_links_external_new_tab = False

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_param = True
napoleon_preprocess_types = False

html_theme = "furo"
html_title = f"minshi-analysis {version}"
html_copy_source = False
html_show_sourcelink = False
