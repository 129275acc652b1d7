"""What falls: a naive grader to most attacks, `otter run` to a sample, our own engine without a layer.

A suite that nothing fails proves nothing. The attacks succeed where nobody keeps student code apart; each
layer of the sandbox is needed by at least one, or says why it is there; and what the level `process` does not
stop is written down and true.
"""

import os
import re
import tomllib

import pytest
from attacking import effects, results, room, weaker
from attacking.files import FOLDER, attacks

from coursekit.model import Isolation
from coursekit.sandbox import why_not

ATTACKS = {attack.id: attack for attack in attacks()}
LAYERS = tomllib.loads((FOLDER / "layers.toml").read_text(encoding="utf-8"))["layer"]
# Who is no root has nothing to drop: there that layer is not.
ABSENT = set() if os.geteuid() == 0 else {"unprivileged user"}
NEEDED = [
    layer for layer in LAYERS if "attack" in layer and not ABSENT & {layer["name"], *layer.get("with", [])}
]
LEVELS = list(Isolation)


@pytest.fixture(scope="module", autouse=True)
def _room():
    if reason := room.why_no_room():
        pytest.skip(f"no room for attacks: {reason}")


def alone(grader, wanted, seconds):
    """What `attacking.alone` saw: (attack, layers taken out) → what happened."""
    request = {"grader": grader, "attacks": wanted}
    rights = grader in (Isolation.NAMESPACES.value, Isolation.LANDLOCK.value)
    seen = room.run("alone", request, rights=rights, seconds=seconds)
    return {(id, *layers): told for id, layers, told in seen}


# A naive grader


@pytest.fixture(scope="module")
def naive():
    """What the naive grader suffered from each attack that is to harm it."""
    wanted = [[id, []] for id, attack in ATTACKS.items() if attack.naive]
    seen = alone("naive", wanted, 900)
    return {id: effects.on_naive(told, ATTACKS[id]) for (id,), told in seen.items()}


def test_most_attacks_are_to_succeed_against_a_naive_grader():
    assert sum(bool(attack.naive) for attack in ATTACKS.values()) > len(ATTACKS) / 2


def test_they_do(naive):
    failed = {
        id: (ATTACKS[id].naive, sorted(suffered))
        for id, suffered in naive.items()
        if not set(ATTACKS[id].naive) <= suffered
    }

    assert {} == failed


def test_every_effect_was_seen(naive):
    assert {"forges", "steals", "breaches", "spoils", "hangs", "litters", "tampers"} == set().union(
        *naive.values()
    )


def test_the_naive_grader_grades_honest_work():
    """Else whatever happens to it would prove nothing."""
    [told] = alone("naive", [["17_hard_coded", []]], 60).values()

    assert 6 == told["grades"]["zz-sibling"]
    assert 0 == told["grades"]["17_hard_coded"]
    assert not told["left"]


# Otter


@pytest.mark.kernel
def test_a_sample_succeeds_in_otter_run():
    sample = {id: attack.otter for id, attack in ATTACKS.items() if attack.otter}

    seen = alone("otter", [[id, []] for id in sample], 600)

    assert len(sample) >= 3
    assert {} == {
        id: told["log"]
        for (id,), told in seen.items()
        if sample[id] not in effects.on_otter(told, ATTACKS[id])
    }


# Our own, without one layer


@pytest.fixture(scope="module", params=LEVELS, ids=lambda level: level.value)
def weakened(request):
    """The level, and what attacks did with a layer taken out, and with only the others of its guard out."""
    level = request.param.value
    if reason := why_not(request.param) or room.why_not_inside(level):
        pytest.skip(f"level {level}: {reason}")
    needed = [layer for layer in NEEDED if layer["level"] == level]
    wanted = {(layer["attack"], *out) for layer in needed for out in (taken(layer), others(layer))}
    seen = alone(level, [[id, out] for id, *out in sorted(wanted)], 900)
    return level, {key: effects.on_real(told, ATTACKS[key[0]]) for key, told in seen.items()}


def taken(layer):
    return [layer["name"], *layer.get("with", [])]


def others(layer):
    return layer.get("with", [])


def test_without_a_layer_an_attack_succeeds(weakened):
    level, seen = weakened
    needless = [
        layer["name"]
        for layer in NEEDED
        if layer["level"] == level and not seen[layer["attack"], *taken(layer)]
    ]

    assert [] == needless


def test_with_it_the_attack_does_not(weakened):
    level, seen = weakened
    weak = {
        layer["name"]: harm
        for layer in NEEDED
        if layer["level"] == level and (harm := seen[layer["attack"], *others(layer)])
    }

    # At level `process` a daemon is not kept from starting, only from lasting.
    assert {} == weak


def test_every_layer_is_needed_or_says_why_it_is_there():
    assert [] == [layer["name"] for layer in LAYERS if ("attack" in layer) == ("because" in layer)]
    assert {layer["name"] for layer in LAYERS} == set(weaker.LAYERS)
    assert set() == {layer["attack"] for layer in NEEDED} - set(ATTACKS)


def test_nothing_in_the_program_can_take_a_layer_out():
    """The switch lies in the tests; no option and no variable of the program's reaches it."""
    sources = (room.ROOT / "src" / "coursekit").rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)

    assert "weaker" not in text
    assert {"HOME", "COURSEKIT_DEBUG"} == set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", text))


# The weakest level


def test_what_level_process_does_not_stop_is_what_is_written_down():
    """Run again is what was seen to harm it; what was not is run again by `tools/security_table.py --run`."""
    written = {id: set(harm) for id, harm in results.stored()["process"].items() if harm}

    seen = alone("process", [[id, []] for id in sorted(written)], 900)

    harmed = {id: effects.on_real(told, ATTACKS[id]) for (id,), told in seen.items()}
    assert {} == {id: (written[id], harm) for id, harm in harmed.items() if not written[id] & harm}
