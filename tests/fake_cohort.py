"""Invented runs of an invented class, hostile names included, for tests of gradebook, exports and pages."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

from coursekit.model import (
    Assignment,
    Case,
    CellNote,
    Isolation,
    Mistake,
    Outcome,
    Question,
    Run,
    State,
    Status,
    Submission,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\tTab first",
    "Right‮to left",
    "A" * 300,
    "../../etc/passwd",
    "con\x00trol\x1b[31mred\r\nline",
    "undecodable\udcff",
    "{{ 7 * 7 }}{% raw %}",
    "Zoë Ångström-Łukasz 李小龍",
)

# fmt: off
NAMES = (
    "Ada Lovelace", "Alan Turing", "Grace Hopper", "Emmy Noether", "Kurt Gödel", "Sofya Kovalevskaya",
    "Srinivasa Ramanujan", "Mary Somerville", "Leonhard Euler", "Maryam Mirzakhani", "Évariste Galois",
    "Hypatia of Alexandria", "Carl Gauss", "Katherine Johnson", "Paul Erdős", "Julia Robinson",
    "Georg Cantor", "Ingrid Daubechies", "Henri Poincaré", "Karen Uhlenbeck", "Bernhard Riemann",
    "Florence Nightingale", "Niels Abel", "Shafi Goldwasser", "Jakob Steiner", "Radia Perlman",
    "Felix Klein", "Barbara Liskov", "David Hilbert", "Frances Allen", "Hermann Weyl", "Annie Easley",
    "John von Neumann", "Mary Cartwright", "Stefan Banach", "Dorothy Vaughan", "Andrey Kolmogorov",
    "Cathleen Morawetz", "Norbert Wiener", "Olga Taussky", "Claude Shannon", "Marjorie Browne",
    "Edsger Dijkstra", "Sophie Germain", "Donald Knuth", "Émilie du Châtelet", "Peter Lax", "Ruth Lyttle",
    "Terence Tao", "Vera Faddeeva",
)
# fmt: on

PLAN = (  # id, title, functions, (public, hidden) points of the cases
    ("q1", "The four gates from one product", ("lstm_gates",), (1, 1), (2, 2)),
    ("q2", "One LSTM step", ("lstm_step",), (1, 1), (2, 2)),
    ("q3", "The whole sequence", ("lstm_forward",), (1, 1), (3,)),
    ("q4", "How the state remembers", ("forget_product",), (1,), (2,)),
    ("q5", "One step backward", ("lstm_step_backward",), (1, 1), (2, 2, 2)),
    ("q6", "Backward through time", ("lstm_backward",), (1,), (2, 2)),
    ("q7", "The bias that opens the gate", ("half_life",), (1,), (1,)),
    ("q8", "Which path carries the gradient", ("answer_q8",), (1,), (2,)),
    ("q9", "The figure", ("figure_q9",), (1,), (1,)),
)

CASES = ("shape", "worked example", "values on fresh numbers", "one sample", "states near ±1", "many steps")

MISTAKES = {
    "LB03": Mistake(
        "LB03",
        "lstm_step_backward",
        "dc = dc_next + dh * o * (1 - tc**2)",
        "dc = dc_next",
        "the gradient of c_t lacks dh's share",
        "Two arrows leave c_t in the diagram: one to c_{t+1}, and which other?",
    ),
    "LF02": Mistake(
        "LF02",
        "lstm_step",
        "i * g",
        "i + g",
        "the candidate is added to the input gate instead of multiplied by it",
        "A closed input gate lets nothing in. What does yours let in when i = 0?",
    ),
    "LG01": Mistake(
        "LG01",
        "lstm_gates",
        "[i, f, g, o]",
        "[i, f, o, g]",
        "the four gates are cut in another order than i, f, g, o",
        "Which rows of W_ih belong to the candidate? Look at the table of letters.",
    ),
    "LF06": Mistake(
        "LF06",
        "lstm_forward",
        "h, c = step(x[t], h, c)",
        "h, c = step(x[t], h0, c0)",
        "every step starts from h0 and c0: the state is not carried",
        "Print h before and after two steps. Whose h does step 2 begin with?",
    ),
    "LB11": Mistake(
        "LB11",
        "lstm_backward",
        "dW_hh += g",
        "dW_hh = g",
        "dW_hh is overwritten at each step instead of added up",
        "How many steps use W_hh, and how many of them does your dW_hh remember?",
    ),
    "LH01": Mistake(
        "LH01",
        "half_life",
        "np.log(0.5) / np.log(f)",
        "0.5 / f",
        "the half-life is read off a straight line instead of an exponential",
        "After n steps f has been multiplied n times. What is left of 1?",
    ),
    "LP01": Mistake(
        "LP01",
        "forget_product",
        "range(k + 1, T)",
        "range(k, T)",
        "the product includes step k itself",
        "How many factors stand between step k and step k itself?",
    ),
}


def assignment(slug: str = "hw4_lstm", due: str = "2026-10-20T23:59:00+00:00") -> Assignment:
    """Nine questions, 40 points."""
    questions = []
    for id, title, functions, public, hidden in PLAN:
        worth = [(points, False) for points in public] + [(points, True) for points in hidden]
        names = ("shape", "worked example")[: len(public)] + CASES[2:]
        cases = [Case(id, name, points, flag) for name, (points, flag) in zip(names, worth, strict=False)]
        questions.append(Question(id, title, functions, tuple(cases), 20, (f"{slug}.{id}",)))
    return Assignment(slug, "Gates that remember", tuple(questions), due=due)


def submission(student: str, slug: str = "hw4_lstm", content: str = "", received_at: str = "") -> Submission:
    """A submission whose bytes are `content`, by default unlike anybody's."""
    raw = (content or f"{student} {slug}").encode("utf-8", "surrogatepass")
    return Submission(student, slug, f"{slug}.ipynb", hashlib.sha256(raw).hexdigest(), received_at)


def run(
    student: str,
    of: Assignment,
    worse: dict[str, Outcome] | None = None,
    *,
    content: str = "",
    received_at: str = "2026-10-19T18:30:00+00:00",
    **fields: object,
) -> Run:
    """A graded run in which all cases pass but those in `worse` (by case key)."""
    outcomes = tuple((worse or {}).get(case.key, passed(case)) for case in of.cases)
    whole = Run(
        submission(student, of.slug, content, received_at),
        "9f2c41d07ab3",
        Isolation.NAMESPACES,
        State.GRADED,
        outcomes,
        seed=hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest(),
        started_at="2026-10-21T08:00:00+00:00",
        seconds=0.21,
    )
    return replace(whole, **fields)  # type: ignore[arg-type]


def passed(case: Case) -> Outcome:
    """A case that held."""
    return Outcome(case, Status.PASSED, case.points, seconds=0.001)


def failed(case: Case, mistake: str = "", status: Status = Status.FAILED) -> Outcome:
    """A case that did not hold, with the messages that the judge would give."""
    hint = MISTAKES[mistake].hint if mistake in MISTAKES else ""
    return Outcome(case, status, 0, RATIONALES[status], hint, mistake)


def find(of: Assignment, key: str) -> Case:
    """The case of that key."""
    return next(case for case in of.cases if case.key == key)


RATIONALES = {
    Status.FAILED: "`dc_prev` differs from the reference: largest relative error 0.41 at [1, 3].",
    Status.RAISED: "lstm_forward raised ValueError: shapes (3,#) and (6,#) not aligned\n    z = x @ W_ih + b",
    Status.TIMED_OUT: "`lstm_backward` did not answer within 10 seconds.",
    Status.CRASHED: "The process that ran `lstm_backward` died (out of memory).",
    Status.MISSING: "`half_life` is still the stub.",
    Status.BROKEN: "The case itself raised ZeroDivisionError, also with the reference.",
    Status.PASSED: "",
}


def mixed(student: str, of: Assignment) -> Run:
    """A run with something of everything."""
    worse = {case.key: failed(case, "LB03") for case in of.question("q5").cases[1:4]}
    for case in of.question("q6").cases:
        worse[case.key] = replace(
            failed(case), points=case.points, followed=True, remark="Correct but for the mistake of q5."
        )
    worse |= {case.key: failed(case, status=Status.RAISED) for case in of.question("q3").cases[1:]}
    worse |= {case.key: failed(case, status=Status.MISSING) for case in of.question("q7").cases}
    worse |= {case.key: failed(case, status=Status.BROKEN) for case in of.question("q9").cases}
    worse["q4: values on fresh numbers"] = failed(find(of, "q4: values on fresh numbers"))
    return run(
        student,
        of,
        worse,
        cell_notes=(CellNote(14, "NameError: name 'plt' is not defined", "plt.plot(norms)"),),
        remarks=("`np.seterr(all='raise')` in cell 3 was set back before each case.",),
        received_at="2026-10-21T01:10:00+00:00",
    )


def unreadable(student: str, of: Assignment, reason: str = "The file is no notebook: it is empty.") -> Run:
    """A submission that could not be graded."""
    return run(student, of, state=State.UNGRADABLE, outcomes=(), reason=reason)


def cohort(size: int = 60, seed: int = 7) -> tuple[Assignment, list[Run]]:
    """A class of `size`: hostile names, two people of one name's kind, and slips of every sort."""
    of = assignment()
    dice = random.Random(seed)
    many = [f"{name} {n}" for n in range(2, 2 + size // 20) for name in NAMES]
    names = [*NAMES[: max(size - len(HOSTILE), 3)], *HOSTILE, *many][:size]
    return of, [_someone(name, of, dice, i) for i, name in enumerate(names)]


def _someone(name: str, of: Assignment, dice: random.Random, i: int) -> Run:
    if i % 20 == 4:
        return unreadable(name, of)
    if i % 25 == 11:
        return mixed(name, of)
    skill = dice.betavariate(5, 1.6)
    worse = {}
    for number, question in enumerate(of.questions):
        if dice.random() < skill - 0.03 * number:
            continue
        named = [m.id for m in MISTAKES.values() if m.function in question.functions]
        slip = dice.choice([*named, *named, ""])
        status = dice.choice([Status.FAILED] * 5 + [Status.RAISED, Status.MISSING, Status.TIMED_OUT])
        for case in question.cases:
            if case.hidden or dice.random() < 0.5:
                worse[case.key] = failed(case, slip if status is Status.FAILED else "", status)
    late = "2026-10-21T09:00:00+00:00" if dice.random() < 0.1 else "2026-10-19T18:30:00+00:00"
    return run(name, of, worse, received_at=late)
