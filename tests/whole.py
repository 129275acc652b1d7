"""Every variant of an assignment graded once by the ordinary engine, and by Otter itself in this process.

One assignment's variants are judged by all cases; the others' by those that the changed function can reach,
as an audit does.
"""

import functools
import warnings
from dataclasses import dataclass
from pathlib import Path

from coursekit.audit.trial import Trial
from coursekit.build.materials import load
from coursekit.build.variants import Variant, variants
from coursekit.grading.crew import Crew, workers
from coursekit.grading.job import Job, key_for
from coursekit.judge.modules import gradtools, reference_as
from coursekit.judge.reference import reference_module
from coursekit.model import Run, Status
from coursekit.notebook.submitted import read_submitted

ROOT = Path(__file__).resolve().parents[1]
SECRET = b"whole course"
BY_ALL_CASES = "hw2_bptt"


@dataclass(frozen=True)
class Graded:
    """A variant, its run in our engine, and the key its hidden inputs were drawn from."""

    variant: Variant
    run: Run
    key: bytes

    @property
    def verdicts(self) -> dict[str, bool]:
        """Case key → passed, before follow-through."""
        return {one.case.key: one.status is Status.PASSED for one in self.run.outcomes}


@functools.cache
def materials(slug):
    return load(ROOT, slug)


@functools.cache
def graded(slug) -> dict[str, Graded]:
    """All variants of an assignment by `kind id`, graded by the ordinary engine."""
    of = materials(slug)
    jobs = {}
    for variant in variants(ROOT, of):
        name = f"{variant.kind} {variant.id}"
        submission = variant.submission(slug, name)
        reaching = "" if slug == BY_ALL_CASES else variant.function
        jobs[name] = (variant, Job(submission, key_for(SECRET, submission), variant.raw, reaching=reaching))
    with Crew([of], workers(None, len(jobs))) as crew:
        runs = {run.submission.student: run for run in crew.run(job for _, job in jobs.values())}
    return {name: Graded(variant, runs[name], job.key) for name, (variant, job) in jobs.items()}


def otter_verdicts(slug, one: Graded) -> dict[str, bool]:
    """Case key → passed, by Otter's ExceptionTestFile on the notebook executed in this process."""
    from otter.test_files.exception_test import ExceptionTestFile

    of = materials(slug)
    namespace = executed(one.variant.raw)
    judged = {outcome.case for outcome in one.run.outcomes}
    tools = gradtools()
    verdicts = {}
    with reference_as(reference_module(of.reference)), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for file in of.case_files:
            if not any((file.question, file.hidden) == (c.question, c.hidden) for c in judged):
                continue
            loaded = ExceptionTestFile.from_string(file.text, path=file.path)
            tools.use_key(one.key)
            loaded.run(namespace)
            verdicts |= {f"{file.question}: {r.test_case.name}": r.passed for r in loaded.test_case_results}
    return {case.key: verdicts[case.key] for case in judged}


@functools.cache
def trials(slug) -> tuple[Trial, ...]:
    """The same grades as an audit's trials."""
    return tuple(
        Trial(one.variant.kind, one.variant.id, one.variant.question, one.run)
        for one in graded(slug).values()
    )


def executed(raw: bytes) -> dict:
    """The namespace after the notebook's cells, run here: our own variants only."""
    gradtools()
    namespace: dict = {"__name__": "__main__"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for source in read_submitted(raw, "variant").sources:
            exec(compile(source, "<cell>", "exec"), namespace)  # noqa: S102 - made from our own master
    return namespace
