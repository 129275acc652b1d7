"""How often diagnosis names right, on seeds that nobody saw: single mistakes, pairs, other wrong code.

A name is right where the Reference carrying the named mistakes behaves as the submission does, on every call
that the cases make under several keys. So a name that no input tells from the true one is right, too.
"""

from __future__ import annotations

import ast
import random
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from local_caller import LocalCaller
from wrong_edits import edits

from coursekit.build.materials import load
from coursekit.course import Course
from coursekit.judge.judge import Judge
from coursekit.judge.proxy import Call
from coursekit.mistakes.agree import NAMED
from coursekit.mistakes.budget import Budget
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.explain import explain
from coursekit.mistakes.replay import Replayer, Version, can_replay, same_reply
from coursekit.mistakes.substitute import function_source
from coursekit.model import Mistake, Outcome
from coursekit.wire import Handle, Raised, Returned, encode
from coursekit.wire.errors import WireError

ROOT = Path(__file__).resolve().parents[1]
KEYS = tuple(f"a key that no audit uses, {n}".encode() for n in range(3))


def slugs(root: Path = ROOT) -> tuple[str, ...]:
    """Every assignment of the course."""
    return Course(root).slugs()


@dataclass
class Rate:
    """Of `tried` submissions, how many were named right, wrong, or not at all; `seconds` of diagnosis."""

    tried: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    generic: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.tried if self.tried else 1.0


class Caller(LocalCaller):
    """A notebook of which cells may fail, and whose calls end: the Reference with some functions replaced."""

    def __init__(self, course: Subject, functions: dict[str, str]) -> None:
        self.namespace, self.alive, self.calls = {}, True, 0
        self.budget, self.endless = Budget(10**9, 0.5, 60.0), set()
        for name, code in course.statements:
            if name in functions:
                code = compile(functions[name], f"<{name}>", "exec")
            try:
                self.budget.run(lambda code=code: exec(code, self.namespace))  # noqa: S102 - our own master
            except Exception:  # a cell that fails; later ones still run
                continue

    def call(self, function, args, kwargs):
        found = None
        if function not in self.endless:
            found = self.budget.run(lambda: super(Caller, self).call(function, args, kwargs))
        if found is None:
            self.endless.add(function)
        return _travelled(found) if found is not None else Raised("TimeoutError", "too long")


def _travelled(reply: Returned | Raised) -> Returned | Raised:
    """The reply as it comes out of a sandbox: what is not plain stays there, and a handle stands for it."""
    if isinstance(reply, Returned):
        try:
            encode(reply.value)
        except WireError:
            return Returned(Handle(0, "a thing that stays"))
    return reply


class Subject:
    """One assignment, with the calls that all its cases make of the Reference under every key."""

    def __init__(self, slug: str, root: Path = ROOT) -> None:
        of = load(root, slug)
        self.reference, self.mistakes, self.assignment = of.reference, of.mistakes, of.assignment
        self.judge = Judge(of.assignment, of.case_files, of.reference)
        self.catalogue = Catalogue(of.reference, of.mistakes)
        self.statements = [
            (getattr(node, "name", ""), compile(ast.Module([node], []), "<cell>", "exec"))
            for node in ast.parse(of.reference).body
        ]
        self.pool: dict[str, list[Call]] = {}
        for key in KEYS:
            for one in self.judge.run(Caller(self, {}), key):
                for call in one.record.calls:
                    if can_replay(call):
                        self.pool.setdefault(call.function, []).append(call)
        self.truth = Replayer(self.catalogue, Budget(10**9, 2.0, 10**9))

    @property
    def functions(self) -> list[str]:
        """Graded functions that the cases call."""
        graded = [name for question in self.assignment.questions for name in question.functions]
        return [name for name in graded if name in self.pool]

    def mistaken(self, mistakes: tuple[Mistake, ...]) -> dict[str, str] | None:
        """The text of every function that carries one of them; None where two exclude one another."""
        texts: dict[str, str] = {}
        for mistake in mistakes:
            text = texts.get(mistake.function) or function_source(self.reference, mistake.function)
            if text.count(mistake.right) != 1:
                return None
            texts[mistake.function] = text.replace(mistake.right, mistake.wrong)
        try:
            for text in texts.values():
                ast.parse(text)
        except SyntaxError:
            return None
        return texts

    def behaves(self, functions: dict[str, str], names: list[str]) -> list[list[object]]:
        """What these functions answer to every call of the pool, in a notebook of their own."""
        caller = Caller(self, functions)
        return [
            [caller.call(name, call.args, call.kwargs) for call in self.pool.get(name, ())] for name in names
        ]

    def same(self, one: list[list[object]], other: list[list[object]]) -> bool:
        return all(_same(a, b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True))

    def outcomes(self, functions: dict[str, str], key: bytes) -> tuple[tuple[Outcome, ...], float]:
        """The outcomes of a submission, and the seconds that explaining took."""
        judged = self.judge.run(Caller(self, functions), key)
        started = time.process_time()
        found = explain(self.catalogue, self.assignment, judged)
        return found, time.process_time() - started


def _same(one: object, other: object) -> bool:
    return isinstance(one, Returned | Raised) and same_reply(one, other, NAMED)


def singles(subject: Subject, rng: random.Random, most: int | None = None) -> Rate:
    """Every single mistake (or `most` of them)."""
    chosen = list(subject.mistakes)
    rng.shuffle(chosen)
    rate = Rate()
    for mistake in chosen[:most]:
        _try(subject, rate, (mistake,), KEYS[0])
    return rate


def pairs(subject: Subject, rng: random.Random, count: int) -> Rate:
    """Random pairs within one question, as they can stand in one submission."""
    home = {name: question.id for question in subject.assignment.questions for name in question.functions}
    every = [
        pair
        for pair in combinations(subject.mistakes, 2)
        if home.get(pair[0].function) == home.get(pair[1].function)
    ]
    rng.shuffle(every)
    rate = Rate()
    for pair in every:
        if rate.tried == count:
            break
        _try(subject, rate, pair, KEYS[0])
    return rate


def _try(subject: Subject, rate: Rate, mistakes: tuple[Mistake, ...], key: bytes) -> None:
    functions = subject.mistaken(mistakes)
    if functions is None:
        return
    outcomes, seconds = subject.outcomes(functions, key)
    named = _named(outcomes)
    if not named and _equivalent(subject, functions, named):
        return  # two that undo each other
    label = "+".join(mistake.id for mistake in mistakes)
    rate.tried += 1
    rate.seconds.append(seconds)
    if named == {mistake.id for mistake in mistakes} or _equivalent(subject, functions, named):
        rate.right += 1
    elif named and not _partly(named, mistakes):
        rate.wrong.append(f"{label} named {'+'.join(sorted(named))}")
    else:
        rate.silent.append(f"{label} named {'+'.join(sorted(named)) or 'nothing'}")


def _partly(named: set[str], mistakes: tuple[Mistake, ...]) -> bool:
    return named < {mistake.id for mistake in mistakes}


def _named(outcomes: tuple[Outcome, ...]) -> set[str]:
    ids = {id for outcome in outcomes for id in outcome.mistake.split("+") if id}
    return {id for id in ids if not id.startswith("generic:")}


def _equivalent(subject: Subject, functions: dict[str, str], named: set[str]) -> bool:
    """Whether a notebook with the named mistakes behaves as this one does."""
    theirs = subject.mistaken(tuple(mistake for mistake in subject.mistakes if mistake.id in named))
    if theirs is None:
        return False
    names = subject.functions
    return subject.same(subject.behaves(functions, names), subject.behaves(theirs, names))


def others(subject: Subject, rng: random.Random, count: int) -> Rate:
    """Random wrong code that no single mistake of the table behaves like, and not the Reference either."""
    rate = Rate()
    for name, text in _wrong_texts(subject, rng):
        if rate.tried == count:
            break
        functions = {name: text}
        outcomes, seconds = subject.outcomes(functions, KEYS[0])
        rate.tried += 1
        rate.seconds.append(seconds)
        named = _named(outcomes)
        rate.generic.update({o.mistake for o in outcomes if o.mistake.startswith("generic:")})
        if not named:
            rate.silent.append(name)
        elif _equivalent(subject, functions, named):
            rate.right += 1
        else:
            rate.wrong.append(f"{name} named {'+'.join(sorted(named))}:\n{text}")
    return rate


def _wrong_texts(subject: Subject, rng: random.Random) -> Iterator[tuple[str, str]]:
    """(function, its wrong text); every function comes up equally often."""
    known: dict[str, list[list[list[object]]]] = {}
    sources = {name: edits(function_source(subject.reference, name), rng) for name in subject.functions}
    while sources:
        for name in list(sources):
            text = next(sources[name], None)
            if text is None:
                del sources[name]
                continue
            if name not in known:
                versions = [Version(name), *(Version(name, (one,)) for one in subject.catalogue.of(name))]
                known[name] = [
                    [[subject.truth.reply(version, call) for call in subject.pool[name]]]
                    for version in versions
                ]
            found = subject.behaves({name: text}, [name])
            if not any(subject.same(found, one) for one in known[name]):
                yield name, text


def quietly() -> warnings.catch_warnings:
    """A context in which overflow and the like are not told: they are a subject of this course."""
    return warnings.catch_warnings(action="ignore")
