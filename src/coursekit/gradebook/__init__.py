"""The gradebook: what became of every submission, in one SQLite file that only ever grows.

The words: a *submission* is one file of one student; a *run* is one grading of it; an *outcome* the
verdict on one case; an *override* a decision of staff about a question or a case. Runs, outcomes and
overrides are appended, never updated; what counts now is a view (`current_scores`).

    with Gradebook.open(path, create=True) as gradebook:
        if not gradebook.has(submission, autograder, isolation):
            gradebook.record(run, assignment)

This package is the only one that imports sqlite3.
"""

from coursekit.gradebook.decisions import Override
from coursekit.gradebook.store import Gradebook

__all__ = ["Gradebook", "Override"]
