"""From files to the model: the only place that knows YAML and pydantic.

`text` reads YAML strictly, every value with its place; `documents` holds the shape of each file; `packs` and
`scenarios` build the model and report all problems at once; `cache` keeps what was built, by digest.
May import `model` and `diagnostics`.
"""

from __future__ import annotations
