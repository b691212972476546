"""What people ask beside the answer itself: one module for each question, and none knows another.

Each reads answers and decisions, or asks for further ones, and returns a result of its own.
May import `answer` and what lies below it.
"""

from __future__ import annotations
