"""The attack suite: every file of `tests/attacks/` beside honest siblings, at each level that fences code in.

What each attack is and must come to, its header says. Here stands what must hold for all of them. What the
level `process` does not stop, and what a naive grader falls to, is in test_attacks_weak.py.
"""

import json
import re
from collections import Counter

import pytest
from attacking import results, room
from attacking.course import POSSIBLE, TOKEN
from attacking.files import attacks
from attacking.siblings import KINDS

from coursekit.model import Isolation
from coursekit.sandbox import why_not

ATTACKS = {attack.id: attack for attack in attacks()}
LEVELS = [Isolation.NAMESPACES, Isolation.LANDLOCK]
CLASSES = range(1, 39)
LARGE = (1, 5, 6, 7, 9, 11, 13, 14, 19, 21, 22, 23, 29, 31, 36)
# Of what is told to a student: it says what happened, and nothing about what they may have had in mind.
ACCUSING = re.compile(
    r"cheat|attack|hostile|malicious|forg(e|ing)|hack|suspic|dishonest|misconduct|tamper", re.I
)
# The judge's own time beside the submission's; generous, since the machine may be busy with other things.
MARGIN_SECONDS = 15.0
TOTAL_SECONDS = 5.0


@pytest.fixture(scope="module", params=LEVELS, ids=lambda level: level.value)
def seen(request):
    """What was seen of one batch with all attacks in it."""
    if reason := why_not(request.param):
        pytest.skip(f"level {request.param.value}: {reason}")
    if reason := room.why_not_inside(request.param.value):
        pytest.skip(f"no room for attacks at level {request.param.value}: {reason}")
    return room.run("batch", {"level": request.param.value}, rights=True, seconds=600)


# The files


def test_there_are_enough_of_every_class():
    counts = Counter(attack.kind for attack in ATTACKS.values())

    assert len(ATTACKS) >= 120
    assert set(CLASSES) == set(counts)
    assert [] == [kind for kind in LARGE if counts[kind] < 4]


def test_no_attack_spells_out_what_only_success_says():
    spelled = [one.id for one in ATTACKS.values() if "BREACH" in one.text or re.search(TOKEN, one.text)]

    assert [] == spelled


# The batch


def test_every_submission_has_its_result(seen):
    assert set(ATTACKS) == set(seen["attacks"])
    assert [] == [name for name, told in (seen["attacks"] | seen["siblings"]).items() if not told]


def test_every_run_was_made_at_the_level(seen):
    runs = [*seen["attacks"].values(), *seen["siblings"].values()]

    assert {seen["level"]} == {told["isolation"] for told in runs}


def test_nobody_earns_more_than_the_same_work_without_the_attack(seen):
    # What is worth points by itself says so in its header: a table of public answers earns the public points.
    odd = {
        id: (told["earned"], ATTACKS[id].earns)
        for id, told in seen["attacks"].items()
        if told["earned"] > max(seen["honest"][ATTACKS[id].base], worth(ATTACKS[id]))
    }

    assert {} == odd


def worth(attack):
    return int(attack.earns) if attack.earns.isdigit() else 0


def test_every_attack_comes_to_what_its_header_says(seen):
    odd = {
        id: (
            ATTACKS[id].earns,
            told["state"],
            told["earned"],
            told["statuses"],
            told["reason"],
            told["notes"],
        )
        for id, told in seen["attacks"].items()
        if not as_expected(ATTACKS[id], told)
    }

    assert {} == odd


def as_expected(attack, told):
    if attack.earns in ("ungradable", "missing"):
        return told["state"] == attack.earns
    ranges = {"nothing": range(1), "part": range(1, POSSIBLE), "everything": range(POSSIBLE, POSSIBLE + 1)}
    points = ranges.get(attack.earns, range(worth(attack), worth(attack) + 1))
    return told["state"] == "graded" and told["earned"] in points


def test_no_point_waits_for_staff(seen):
    """A case that a student can break is points that nobody gave."""
    assert {} == {id: told["withheld"] for id, told in seen["attacks"].items() if told["withheld"]}


def test_no_secret_comes_home(seen):
    brought = {
        id: told["secrets"]
        for id, told in (seen["attacks"] | seen["siblings"]).items()
        if told["secrets"] and not excused(seen, id)
    }

    assert {} == brought
    assert [] == seen["secrets_in_files"]
    assert {} == {id: told for id, told in seen["attacks"].items() if told["seed_shown"]}


def test_no_limit_and_no_fence_gave_way(seen):
    breached = {
        id: told["breach"] for id, told in seen["attacks"].items() if told["breach"] and not excused(seen, id)
    }

    assert {} == breached


def test_what_is_said_to_pass_at_a_level_does_pass(seen):
    """A header that excuses more than it must would hide the day on which the level stops it."""
    passing = {id for id in ATTACKS if excused(seen, id)}

    assert passing == {
        id for id in passing if seen["attacks"][id]["breach"] or seen["attacks"][id]["secrets"]
    }


def excused(seen, id):
    return id in ATTACKS and ATTACKS[id].passes_at(seen["level"])


def test_siblings_are_graded_as_without_attacks(seen):
    fields = (
        "state",
        "earned",
        "withheld",
        "reason",
        "statuses",
        "rationales",
        "mistakes",
        "notes",
        "remarks",
    )
    odd = {
        name: (field, told[field])
        for name, told in seen["siblings"].items()
        for field in fields
        if told[field] != seen["clean"][seen["kinds"][name]][field]
    }

    assert {} == odd
    assert set(KINDS) == set(seen["kinds"].values())
    assert POSSIBLE == seen["clean"]["solved"]["earned"] > seen["clean"]["half"]["earned"] > 0
    assert "HA1" in seen["clean"]["mistaken"]["mistakes"]


def test_nothing_is_left(seen):
    assert [] == seen["left"]
    assert [] == seen["changed"], "the course or the submissions are others than before"
    assert seen["earlier"], "what the gradebook held before is there"
    assert "" == seen["log"], "the terminal is staff's"


def test_everything_ended_within_its_time(seen):
    late = {
        id: told["seconds"]
        for id, told in seen["attacks"].items()
        if told["seconds"] > TOTAL_SECONDS + MARGIN_SECONDS
    }

    assert {} == late


def test_every_result_says_in_a_sentence_what_happened(seen):
    silent = {
        id: told
        for id, told in seen["attacks"].items()
        if told["earned"] < POSSIBLE
        and not (told["reason"] or (told["rationales"] and all(told["rationales"])))
    }

    assert {} == silent


def test_what_is_said_helps(seen):
    mute = {
        id: sentences(told)
        for id, told in seen["attacks"].items()
        if ATTACKS[id].says and not re.search(ATTACKS[id].says, "\n".join(sentences(told)))
    }

    assert {} == mute


def sentences(told):
    return [told["reason"], *told["rationales"], *told["notes"], *told["remarks"]]


def test_what_is_said_is_one_line_of_plain_text_and_accuses_nobody(seen):
    for id, told in seen["attacks"].items():
        for sentence in sentences(told):
            assert sentence.isprintable(), id
            assert not ACCUSING.search(sentence), (id, sentence)


def test_staff_are_told_what_only_staff_may_know(seen):
    notices = "\n".join(seen["notices"])

    assert "36_same_file, 36_same_file-twin" in notices or "the same content as" in notices
    assert "only in capital letters" in notices


def test_the_results_are_those_that_are_written_down(seen):
    """`make security` writes tests/attacks/results.json, of which docs/security.md is made."""
    assert results.of_level(seen) == results.stored()[seen["level"]]


def test_pages_hold_no_markup_of_students(seen):
    assert {} == {id: told["markup"] for id, told in seen["attacks"].items() if told["markup"]}


def test_what_was_seen_is_plain_data(seen):
    assert json.loads(json.dumps(seen)) == seen
