"""The page for staff: who needs them, what was hard, what was got wrong, and everybody's row."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from fake_cohort import MISTAKES, assignment, cohort, failed, find, mixed, run, unreadable
from page_reader import Page

from coursekit.model import State, Status
from coursekit.pages import class_link, class_page, index_page, page_name
from coursekit.pages import cohort as statistics

HW = assignment()


def read(*runs, **options):
    return Page(class_page(dict(enumerate(runs, start=1)), HW, MISTAKES, **options))


def lose(student, question, mistake="", status=Status.FAILED, only_hidden=False):
    """A run that loses a question, all of it or its hidden half."""
    cases = [case for case in HW.question(question).cases if case.hidden or not only_hidden]
    return run(student, HW, {case.key: failed(case, mistake, status) for case in cases})


# -- needs you -----------------------------------------------------------------------------------------


def test_what_waits_for_staff_comes_first_and_gravest_first():
    """In a few words, then one line each with links to whom it concerns."""
    page = read(
        mixed("Ada", HW),
        unreadable("Bob", HW),
        lose("Cy", "q6", status=Status.TIMED_OUT),
        lose("Di", "q6", status=Status.CRASHED),
        replace(unreadable("Ed", HW, "No judge was free."), state=State.WAITING),
        run("Flo", HW, unsafe=True),
    )
    part = page.text.split("Needs you")[1].split("Scores")[0]
    order = [
        "2 broken cases · 1 could not be graded · 1 waiting to be graded · 1 crashed · 1 timed out",
        "q9: shape, 1 point, is broken : The case itself raised ZeroDivisionError, also with the reference. "
        "Ada",
        "could not be graded Bob : The file is no notebook: it is empty.",
        "waiting to be graded Ed : No judge was free.",
        "crashed : q6 (1) Di",
        "timed out : q6 (1) Cy",
        "graded with --unsafe : grade again where isolation works Flo",
    ]

    assert [part.find(text) for text in order] == sorted(part.find(text) for text in order)
    assert min(part.find(text) for text in order) >= 0


def test_the_same_file_from_two_students_is_shown():
    """Staff decide what it means."""
    page = read(run("Ada", HW, content="x"), run("Bob", HW, content="x"), run("Cy", HW))

    assert "handed in the same file, byte for byte Ada , Bob" in page.text


def test_many_students_are_folded():
    page = read(*(unreadable(f"Student {n}", HW) for n in range(6)))

    assert "6 students" in page.text
    assert len(page.all("details")) == 1


def test_notices_are_shown():
    assert "decide again" in read(run("Ada", HW), notices=["The decision finds no case: decide again."]).text


def test_nothing_to_do_is_said():
    assert "Nothing: every submission has its score." in read(run("Ada", HW)).text


# -- statistics ----------------------------------------------------------------------------------------


def test_the_head_counts_who_is_there():
    missing = replace(unreadable("Ed", HW), state=State.MISSING)
    page = read(run("Ada", HW), lose("Bob", "q5"), unreadable("Cy", HW), missing, late=[2])

    assert "36 of 40 points, median" in page.text
    assert "3 handed in · 1 missing · 2 with a score · 1 late" in page.text


@pytest.mark.parametrize(("size", "bands"), [(0, 0), (1, 1), (3, 3), (5, 5), (60, 5)])
def test_the_class_is_cut_into_fifths_or_fewer(size, bands):
    """Every judged student is in one band, bands are as equal as they can be and rise in score."""
    _, runs = cohort(60)
    judged = [r for r in runs if r.outcomes][:size]
    found = statistics.heat(judged, HW).bands

    assert len(found) == bands
    assert sum(band.size for band in found) == len(judged)
    assert all(band.low <= band.high for band in found)
    assert all(one.high <= two.low for one, two in pairwise(found))
    assert max([b.size for b in found], default=0) - min([b.size for b in found], default=0) <= 1


def test_the_heat_map_shows_shares_of_what_could_be_earned():
    """Broken cases weigh nothing; a question that nobody could earn has no share."""
    half = lose("Ada", "q5", only_hidden=True)
    broken = lose("Bob", "q9", status=Status.BROKEN)
    rows = {q.id: (shares, whole) for q, shares, whole in statistics.heat([half, broken], HW).rows}

    assert rows["q5"] == ((0.25, 1.0), 0.625)
    assert rows["q9"] == ((1.0, None), 1.0)


def test_mistakes_are_counted_by_student_and_ranked():
    """A student who fails three cases by one mistake made it once; two mistakes together are two."""
    case = find(HW, "q5: shape")
    both = run("Cy", HW, {case.key: replace(failed(case), mistake="LB03+LP01")})
    made = statistics.mistakes_made(
        [lose("Ada", "q4", "LP01"), lose("Bob", "q5", "LB03"), both, run("Di", HW)]
    )

    assert made == {"LB03": ("Bob", "Cy"), "LP01": ("Ada", "Cy")}


def test_unnamed_stands_on_top_of_the_mistakes():
    """It is where the next entry of the catalogue is found."""
    page = read(
        lose("Ada", "q5", "LB03"), lose("Bob", "q5", "LB03"), lose("Cy", "q4"), lose("Di", "q4", "gone")
    )
    part = page.text.split("Mistakes")[1].split("Public passed")[0]

    assert part.index("1 unnamed wrong in a way") < part.index("2 LB03 lstm_step_backward : the gradient")
    assert "q4, 1 student Cy" in part
    assert "gone not in the catalogue any more" in part


@pytest.mark.parametrize("status", [Status.TIMED_OUT, Status.CRASHED, Status.MISSING, Status.BROKEN])
def test_only_an_answer_can_be_an_unnamed_mistake(status):
    assert statistics.unnamed([lose("Ada", "q4", status=status)], HW) == []


def test_a_long_list_of_mistakes_is_folded():
    """Those that most students made are seen at once."""
    case = find(HW, "q5: shape")
    many = [run(f"S{n}", HW, {case.key: replace(failed(case), mistake=f"M{n:02}")}) for n in range(20)]
    page = read(*many, run("T", HW, {case.key: replace(failed(case), mistake="M19")}))

    assert "5 more" in page.text
    assert (
        page.text.index("2 M19")
        < page.text.index("1 M00")
        < page.text.index("5 more")
        < page.text.index("M18")
    )


def test_what_follows_through_is_no_mistake_and_no_gap():
    graded = mixed("Ada", HW)

    assert "q6" not in {question.id for question, _ in statistics.unnamed([graded], HW)}
    assert not {gap.question.id: gap.students for gap in statistics.gaps([graded], HW)}["q6"]


def test_public_passed_and_hidden_failed_over_a_tenth_is_flagged():
    """One of ten is not over 10 %, two of eleven are."""
    ten = [lose("Ada", "q5", only_hidden=True), lose("Bob", "q5"), *(run(f"S{n}", HW) for n in range(8))]
    eleven = [*ten, lose("Cy", "q5", only_hidden=True)]

    def q5(runs):
        return next(gap for gap in statistics.gaps(runs, HW) if gap.question.id == "q5")

    assert (q5(ten).students, q5(ten).judged, q5(ten).weak) == (("Ada",), 10, False)
    assert (q5(eleven).students, q5(eleven).weak) == (("Ada", "Cy"), True)
    assert "q5 One step backward 2 of 11 18 % ! too weak" in read(*eleven).text


# -- students ------------------------------------------------------------------------------------------


def test_every_student_has_a_row_with_a_link():
    of, runs = cohort()
    page = Page(class_page(dict(enumerate(runs)), of, MISTAKES))
    links = {a["href"] for a in page.all("a")}

    assert links == {f"students/{page_name(r.submission.student)}" for r in runs}


def test_a_row_tells_waiting_points_from_lost_ones():
    """And what has no score has a word, not a zero."""
    part = read(mixed("Ada", HW), unreadable("Bob", HW), late=[1]).text.split("Students")[1]

    assert "Ada 25+2? 6 6 1 1 3 5 0 3 0+2? late" in part
    assert "Bob ? ungradable, no score" in part


def test_the_dots_are_as_many_as_the_scores_and_said_in_words():
    _, runs = cohort(60)
    page = read(*runs)
    [label] = [a["aria-label"] for a in page.all("svg") if a.get("role") == "img"]

    assert len(page.all("circle")) == sum(bool(r.outcomes) for r in runs)
    assert len({(a["cx"], a["cy"]) for a in page.all("circle")}) == len(page.all("circle"))
    assert label.startswith("57 scores from 12 to 40 of 40; median 30, half lie between")


def test_a_crowd_of_dots_keeps_its_room():
    """Where everybody has the same score, dots stand abreast; none covers another or leaves the drawing."""
    page = read(*(run(f"S{n}", HW) for n in range(400)))
    [height] = [float(a["height"]) for a in page.all("svg") if a.get("role") == "img"]
    heights = [float(a["cy"]) for a in page.all("circle")]

    assert len({(a["cx"], a["cy"]) for a in page.all("circle")}) == 400
    assert height < 260
    assert min(heights) > 20


def test_a_class_without_a_score_still_has_a_page():
    page = read(unreadable("Ada", HW))

    assert "1 handed in · 0 with a score" in page.text
    assert page.all("svg") == []


def test_an_assignment_without_hidden_cases_has_no_gaps():
    bare = replace(HW, questions=tuple(replace(q, cases=q.cases[:1]) for q in HW.questions))

    assert "No question has both" in Page(class_page({1: run("Ada", bare)}, bare, MISTAKES)).text


@pytest.mark.parametrize("size", [3, 60])
def test_a_page_is_well_formed_and_ordered(size):
    """Hostile names included: no level skipped, a scope on every header, regions reached by keyboard."""
    _, runs = cohort(size)
    page = read(*runs)
    heads = page.heads()

    assert page.all("html") == [{"lang": "en"}]
    assert (heads[0], heads.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(heads))
    assert all(a["scope"] in ("row", "col") for a in page.all("th"))
    assert all(a["tabindex"] == "0" and a["aria-label"] for a in page.all("div") if a.get("role") == "region")
    assert page.all("script") == []


def test_the_index_lists_classes():
    _, runs = cohort(60)
    link = class_link(dict(enumerate(runs)), HW, "hw4_lstm/class.html")
    page = Page(index_page([link, class_link({}, replace(HW, slug="hw5_gru"), "hw5_gru/class.html")]))

    assert [a["href"] for a in page.all("a")] == ["hw4_lstm/class.html", "hw5_gru/class.html"]
    assert "hw4_lstm Gates that remember 60 30 of 40 4" in page.text
    assert "hw5_gru Gates that remember 0 – 0" in page.text


def test_a_form_has_its_row_without_a_function():
    part = read(lose("Ada", "q5", "generic:sign")).text.split("Mistakes")[1].split("Public passed")[0]

    assert "1 generic:sign the right numbers with the wrong sign" in part
    assert "unnamed" not in part
