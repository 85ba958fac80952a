"""How the documentation is built (`make docs`). Nothing of it comes from another machine; its pages ask for nothing."""

import tomllib
from pathlib import Path

_PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]

project = "Xinqiao 信桥"
author = "The Xinqiao maintainers"
release = _PROJECT["version"]
copyright = f"{author}, Apache-2.0"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "pictures", "how-to/files"]
myst_enable_extensions = ["colon_fence", "attrs_block"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]
nitpicky = True
html_theme = "furo"
html_title = f"Xinqiao 信桥 {release}"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
