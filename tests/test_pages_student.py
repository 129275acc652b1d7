"""The student's page: what to read first, what happened, what to think about, and never a silent zero."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from fake_cohort import HOSTILE, MISTAKES, assignment, failed, find, mixed, run, unreadable
from page_reader import Page

from coursekit.mistakes.forms import GENERIC
from coursekit.model import CellNote, Outcome, State, Status
from coursekit.pages import student_page

HW = assignment()


def read(graded, **options):
    return Page(student_page(graded, HW, MISTAKES, **options))


def worse(question, status=Status.FAILED, mistake="", cases=slice(None)):
    return {case.key: failed(case, mistake, status) for case in HW.question(question).cases[cases]}


@pytest.mark.parametrize(
    ("graded", "sentence"),
    [
        (run("Ada", HW), "Every case passed. Nothing is left to mend."),
        (mixed("Ada", HW), "q5 costs 5 of your 13 lost points; one slip explains all 3 failures."),
        (run("Ada", HW, worse("q6")), "q6 costs all 5 lost points."),
        (
            run("Ada", HW, worse("q5", mistake="LB03", cases=slice(4, 5))),
            "q5 costs all 2 lost points; one slip explains it.",
        ),
        (run("Ada", HW, worse("q7", cases=slice(0, 1))), "q7 costs the one lost point."),
        (run("Ada", HW, worse("q7", Status.MISSING)), "q7 costs all 2 lost points; it is not written yet."),
        (run("Ada", HW, worse("q7", Status.BROKEN)), "2 points wait for staff, and none is lost."),
        (
            run("Ada", HW, worse("q5") | worse("q5", mistake="LB03", cases=slice(0, 2))),
            "q5 costs all 8 lost points; one slip explains 2 of its 5 failures.",
        ),
        (
            run("Ada", HW, worse("q5", mistake="LB03") | worse("q5", mistake="LP01", cases=slice(0, 2))),
            "q5 costs all 8 lost points.",
        ),
        (unreadable("Ada", HW), "This submission could not be graded. It has no score, which is not a zero."),
        (
            replace(unreadable("Ada", HW), state=State.WAITING),
            "This submission waits to be graded. Nothing is decided yet.",
        ),
        (replace(unreadable("Ada", HW), state=State.MISSING), "Nothing was handed in."),
    ],
)
def test_the_sentence_to_read_first(graded, sentence):
    """It finds the question that costs most, and whether one slip explains it."""
    assert f"Read first {sentence}" in read(graded).text


def test_two_slips_together_are_called_two():
    both = {case.key: replace(failed(case, "LB03"), mistake="LB03+LP01") for case in HW.question("q5").cases}
    page = read(run("Ada", HW, both))

    assert "two slips together explain all 5 failures" in page.text
    assert MISTAKES["LB03"].explanation in page.text
    assert MISTAKES["LP01"].explanation in page.text


def test_a_lost_question_says_what_happened_most_likely_and_what_to_think_about():
    """In this order; cases that ended alike are told once."""
    page = read(mixed("Ada", HW))
    after = page.text.split("q5 · One step backward")[1].split("q7 ·")[0]
    order = ["3 of 8", "3 of 5 cases failed", "what happened", "most likely", MISTAKES["LB03"].explanation]
    order += ["think about", MISTAKES["LB03"].hint, "passed", "shape"]

    assert [after.index(text) for text in order] == sorted(after.index(text) for text in order)
    assert after.count("differs from the reference") == 1
    assert "worked example (public) , values on fresh numbers, one sample (hidden)" in after


def test_many_ways_to_fail_are_folded_after_three():
    """The first ones, and what to think about, are seen without scrolling."""
    told = {
        case.key: replace(failed(case, "LB03"), rationale=f"way {n}")
        for n, case in enumerate(HW.question("q5").cases)
    }
    page = read(run("Ada", HW, told))

    assert page.text.index("way 2") < page.text.index("2 more") < page.text.index("way 3")
    assert len(page.all("details")) == 1


def test_what_no_slip_explains_gets_advice_of_its_own():
    assert "No slip we know gives these numbers" in read(run("Ada", HW, worse("q4"))).text
    assert "No slip we know" not in read(run("Ada", HW, worse("q4", Status.RAISED))).text


def test_what_we_broke_is_called_our_fault_and_never_zero():
    """Its points wait; what the case said is for staff."""
    page = read(run("Ada", HW, worse("q9", Status.BROKEN)))

    assert "?/2" in page.text
    assert "38 of 40 points, 2 wait" in page.text
    assert "Our fault, not yours: 2 points wait for staff, none is lost." in page.text
    assert "ZeroDivisionError" not in page.text


def test_lost_and_waiting_points_are_both_told():
    page = read(run("Ada", HW, worse("q9", Status.BROKEN, cases=slice(0, 1)) | worse("q1")))

    assert "q1 costs all 6 lost points" in page.text
    assert "Our fault : 1 point could not be graded. It waits for staff, and none is lost." in page.text
    assert "1 + ?/2" in page.text


def test_what_could_not_be_graded_has_no_score_and_a_reason():
    page = read(unreadable("Ada", HW))

    assert "The file is no notebook: it is empty." in page.text
    assert "of 40" not in page.text
    assert page.all("table") == page.all("svg") == []


def test_a_question_that_was_not_judged_has_lost_nothing():
    """At level `process` only public cases are judged."""
    graded = run("Ada", HW)
    page = read(replace(graded, outcomes=graded.outcomes[:4]))

    assert "4 of 4 points" not in page.text
    assert "6 of 6 points" in page.text
    assert page.text.count("– not graded") == 8
    assert page.text.count("–/") == 8


def test_follow_through_is_a_remark_and_costs_nothing():
    page = read(mixed("Ada", HW))

    assert "↪ follows through" in page.text
    assert "q6: Correct but for the mistake of q5." in page.text
    assert "q6 · Backward through time" not in page.text


def test_points_that_staff_gave_are_explained():
    """Some of the points: neither passed nor failed."""
    case = find(HW, "q4: values on fresh numbers")
    given = replace(
        failed(case), points=1, remark="Staff set “values on fresh numbers” to 1 of 2 points: close"
    )
    page = read(run("Ada", HW, {case.key: given}))

    assert "◐ partly" in page.text
    assert "to 1 of 2 points: close" in page.text


def test_facts_of_the_grading_are_at_the_end():
    graded = mixed("Ada", HW)
    page = read(graded, run_id=12, late=True)

    assert "2026-10-21 01:10 UTC, late: it was due 2026-10-20 23:59 UTC" in page.text
    assert "run 12" in page.text
    assert "namespaces" in page.text
    assert graded.submission.sha256[:12] in page.text


def test_the_seed_is_named_but_not_given():
    """The whole of it draws the hidden inputs; its beginning lets staff find the run."""
    graded = run("Ada", HW)
    html = student_page(graded, HW, MISTAKES)

    assert graded.seed[:8] in html
    assert graded.seed[:16] not in html


def test_preliminary_scores_say_so():
    assert "Preliminary : graded without full isolation" in read(run("Ada", HW, unsafe=True)).text
    assert "Preliminary" not in read(run("Ada", HW)).text


def test_own_lines_and_remarks_are_shown():
    page = read(mixed("Ada", HW))

    assert "Cell 14: NameError: name 'plt' is not defined" in page.text
    assert ("pre", "plt.plot(norms)") in page.texts
    assert "They cost no points." in page.text


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_a_word_and_a_sign(status):
    """Never colour alone, and screen readers hear the word only."""
    page = read(run("Ada", HW, worse("q1", status)))
    kinds = [a for a in page.all("span") if a.get("class") in ("good", "bad", "wait")]
    hidden = [a for a in page.all("span") if a.get("aria-hidden") == "true"]

    assert len(kinds) == len(hidden) > 0


# -- form ----------------------------------------------------------------------------------------------

EVERY = [run, mixed, unreadable]


@pytest.mark.parametrize("make", EVERY)
def test_a_page_is_well_formed_and_ordered(make):
    """One h1, no level skipped, a scope on every header, unique ids that links find."""
    page = read(make("Ada", HW))
    heads = page.heads()
    ids = [a["id"] for _, a in page.found if "id" in a]

    assert page.all("html") == [{"lang": "en"}]
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(heads))
    assert all(a["scope"] in ("row", "col") for a in page.all("th"))
    assert len(set(ids)) == len(ids)
    assert {a["href"][1:] for a in page.all("a")} <= set(ids)


def test_a_page_loads_nothing_and_runs_nothing():
    page = read(mixed("Ada", HW))
    [policy] = [a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]

    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert [a["href"] for a in page.all("link")] == ["data:,"]
    assert page.all("script") == page.all("img") == []


def hostile(name):
    """Everything that a student can write, written by an attacker."""
    case = HW.cases[0]
    bad = Outcome(case, Status.RAISED, 0, f"{name}\n{name}", name, name, name)
    return run(
        name,
        HW,
        {case.key: bad},
        reason=name,
        cell_notes=(CellNote(1, name, name),),
        remarks=(name,),
        submission=replace(run(name, HW).submission, file=name, received_at=name),
    )


@pytest.mark.parametrize(
    "name", [*HOSTILE, "</style><script>x</script>", "'\" onload=x", "`<b>`", "]]>", "<!--"]
)
def test_nothing_of_a_student_becomes_markup(name):
    """The page has the same elements and attributes as with a harmless text; only texts differ."""
    harmless, attacked = read(hostile("harmless")), read(hostile(name))

    def shape(page):
        return [(tag, sorted(attributes)) for tag, attributes in page.found if tag != "code"]

    assert shape(attacked) == shape(harmless)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hidden_character_of_a_student_reaches_the_page(name):
    html = student_page(hostile(name), HW, MISTAKES)

    assert not set(html) & set("\x00\x1b\r\u202e\udcff")


def test_long_texts_are_cut():
    """A flood of output costs no reader the rest of the page."""
    flood = "x" * 100_000
    assert (
        len(student_page(hostile(flood), HW, MISTAKES))
        < len(student_page(hostile("x"), HW, MISTAKES)) + 10_000
    )


def test_a_form_is_told_like_a_mistake_though_no_table_has_it():
    form = GENERIC["generic:sign"]
    case = HW.question("q5").cases[4]
    outcome = replace(failed(case), mistake="generic:sign", hint=f"`dW_hh` of `backward`: {form.hint}")
    page = read(run("Ada", HW, {case.key: outcome}))

    assert f"most likely {form.explanation}" in page.text
    assert f"think about dW_hh of backward : {form.hint}" in page.text
    assert "No slip we know" not in page.text


def test_where_no_name_fits_the_place_is_told_beside_it():
    case = HW.question("q5").cases[4]
    outcome = replace(failed(case), hint="`dW_hh` is wrong only in the part of f.")
    page = read(run("Ada", HW, {case.key: outcome}))

    assert "dW_hh is wrong only in the part of f." in page.text
    assert "No slip we know gives these numbers" in page.text
