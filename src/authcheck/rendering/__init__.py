"""Showing values: one module for each thing that is shown, and one for each format of it.

`values` turns any value into JSON data; the text and Markdown of an answer are read from the same value, so
they never know more. `screen` holds what text output is made of and is the only place that knows rich.
May import everything below `cli`.
"""

from __future__ import annotations
