"""An empty question costs its own points, and those of a later function only where that calls it."""

from __future__ import annotations

import ast
import functools

import pytest
from whole import ROOT, SECRET, materials

from coursekit.build.notebooks import solved_notebook
from coursekit.build.variants import Variant
from coursekit.course import Course
from coursekit.grading.crew import Crew, workers
from coursekit.grading.job import Job, key_for
from coursekit.model import Run

SLUGS = Course(ROOT).slugs()


@functools.cache
def emptied(slug: str) -> dict[str, Run]:
    """Question → the run of the solved notebook in which that question's functions are still stubs."""
    of = materials(slug)
    jobs = []
    for question in of.assignment.questions:
        if question.functions:
            raw = solved_notebook(ROOT, slug, stubs=question.functions)
            submission = Variant("empty", question.id, "", question.id, raw).submission(slug, question.id)
            jobs.append(Job(submission, key_for(SECRET, submission), raw))
    with Crew([of], workers(None, len(jobs))) as crew:
        return {run.submission.student: run for run in crew.run(jobs)}


@functools.cache
def uses(slug: str) -> dict[str, set[str]]:
    """Function of the Reference → the others that it names, however indirectly, and itself."""
    functions = {
        node.name: node
        for node in ast.parse(materials(slug).reference).body
        if isinstance(node, ast.FunctionDef)
    }
    named = {
        name: {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} & set(functions) | {name}
        for name, node in functions.items()
    }
    while True:
        further = {name: set().union(*(named[other] for other in others)) for name, others in named.items()}
        if further == named:
            return named
        named = further


@functools.cache
def taken(slug: str) -> dict[str, set[str]]:
    """Case → the student's functions that it is handed."""
    found = {}
    for file in materials(slug).case_files:
        for node in ast.parse(file.text).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                title = next(
                    word.value.value for word in node.decorator_list[0].keywords if word.arg == "name"
                )
                found[f"{file.question}: {title}"] = {argument.arg for argument in node.args.args}
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_an_empty_question_costs_only_what_calls_it(slug):
    calls, handed = uses(slug), taken(slug)
    for question, run in emptied(slug).items():
        missing = set(materials(slug).assignment.question(question).functions)
        for one in run.outcomes:
            if one.points < one.case.points and not one.case.key.startswith(f"{question}: "):
                reached = set().union(*(calls.get(name, {name}) for name in handed[one.case.key]))
                assert reached & missing, f"{question} empty: {one.case.key} lost points: {one.rationale}"


@pytest.mark.parametrize("slug", SLUGS)
def test_most_questions_stand_alone(slug):
    """Else the test above would allow too much."""
    alone = [
        question
        for question, run in emptied(slug).items()
        if all(
            one.points == one.case.points or one.case.key.startswith(f"{question}: ") for one in run.outcomes
        )
    ]

    assert 2 * len(alone) >= len(emptied(slug))
