"""`coursekit doctor` tells what holds here, and would tell what does not."""

import json
from pathlib import Path

import pytest
from whole import ROOT

from coursekit.cli import run
from coursekit.model import Isolation
from coursekit.sandbox import probes, why_not
from coursekit.sandbox.probes import PROBES, Finding
from coursekit.verbs.doctor import ADVICE, Diagnosis, Level

SECLUDED = {"network", "fork", "processes", "signals", "read", "write"}


@pytest.fixture(scope="module", params=list(Isolation), ids=lambda level: level.value)
def tried(request):
    """Every property tried at one level."""
    if reason := why_not(request.param):
        pytest.skip(reason)
    course = (ROOT / "pyproject.toml", ROOT / "solutions" / "hw2_bptt" / "master.py")
    return request.param, {one.probe.id: one for one in probes.probe(request.param, course)}


def test_what_a_level_promises_holds(tried):
    level, findings = tried

    assert {} == {id: one.told for id, one in findings.items() if level in one.probe.promised and one.told}


def test_each_probe_manages_where_nothing_keeps_it_from_it(tried):
    """Else it would say of any machine that all is well."""
    level, findings = tried
    if level is Isolation.PROCESS:
        assert SECLUDED == {id for id, one in findings.items() if not one.holds}
        assert not any("could not be tried" in one.told for one in findings.values())


def test_a_probe_that_cannot_be_tried_does_not_hold(monkeypatch):
    broken = probes.Probe("odd", "is odd", (Isolation.PROCESS,), "def odd(at):\n    return undefined")
    monkeypatch.setattr(probes, "PROBES", (broken,))

    [finding] = probes.probe(Isolation.PROCESS)

    assert not finding.holds
    assert "could not be tried: NameError" in finding.told


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    probes.probe(Isolation.PROCESS)

    assert [] == list(tmp_path.iterdir())
    assert probes.VARIABLE not in __import__("os").environ


def level(isolation, *, why="", told=None):
    """A level with its findings as if they had been tried."""
    found = () if why else tuple(Finding(one, (told or {}).get(one.id, "")) for one in PROBES)
    return Level(isolation, why, found)


def test_the_exit_code_says_whether_hidden_cases_can_be_graded():
    strong, landlock, weak = (level(one) for one in Isolation)
    no_bubblewrap = level(Isolation.NAMESPACES, why="bubblewrap (bwrap) is not installed")
    no_landlock = level(Isolation.LANDLOCK, why="no Landlock in this kernel")
    leaky = level(Isolation.LANDLOCK, told={"network": "it reached a service"})

    assert 0 == Diagnosis((strong, landlock, weak)).exit_code
    assert 0 == Diagnosis((no_bubblewrap, landlock, weak)).exit_code
    assert 1 == Diagnosis((no_bubblewrap, no_landlock, weak)).exit_code
    assert 1 == Diagnosis((strong, leaky, weak)).exit_code
    assert 1 == Diagnosis(tuple(level(one, why="no") for one in Isolation)).exit_code


def test_the_advice_leads_to_the_next_level_first():
    missing = (
        level(Isolation.NAMESPACES, why="bubblewrap (bwrap) is not installed"),
        level(Isolation.LANDLOCK, why="no Landlock"),
        level(Isolation.PROCESS, told={"network": "it reached a service"}),
    )

    first, second = Diagnosis(missing).advice

    assert ADVICE[Isolation.LANDLOCK] in first
    assert "here: no Landlock" in first
    assert "apt install bubblewrap" in second
    assert () == Diagnosis(tuple(level(one) for one in Isolation)).advice


def test_a_broken_promise_is_shown_and_advised_against(monkeypatch, capsys):
    leaky = Diagnosis((level(Isolation.NAMESPACES, told={"fork": "it started a child"}),))
    monkeypatch.setattr("coursekit.verbs.doctor.doctor", lambda course: leaky)

    assert 1 == run(["doctor"])
    told = capsys.readouterr().out
    assert "✗ BROKEN" in told
    assert "namespaces: it started a child, against the promise" in told
    assert "do not grade at `namespaces`" in told


def test_it_tells_a_reader_and_a_program_the_same(capfd, monkeypatch, tmp_path):
    """Also where there is no course around."""
    monkeypatch.chdir(tmp_path)
    code = run(["doctor"])
    table = capfd.readouterr().out
    assert code == run(["doctor", "--json"])
    told = json.loads(capfd.readouterr().out)

    assert f"batches are graded at level: {told['level']}" in table
    assert {one.value for one in Isolation} == set(told["levels"])
    for name, found in told["levels"].items():
        assert found["works"] == (not found["why_not"]) == (name in table)
        if found["works"]:
            assert {one.id for one in PROBES} == set(found["properties"])
    assert code == (0 if told["level"] != "process" else 1)


def test_a_course_that_is_named_and_not_there_is_told(tmp_path):
    assert 2 == run(["--course", str(tmp_path), "doctor"])


def test_every_probe_says_what_it_claims():
    assert len(PROBES) == len({one.id for one in PROBES})
    for one in PROBES:
        assert f"def {one.id}(at):" in one.code
        assert one.claim[0].islower()
        assert not one.claim.endswith(".")
    assert Path(probes.__file__).name == "probes.py"
