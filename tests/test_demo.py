"""`make demo`'s main job on the real course: everybody in the cohort fares as their maker says."""

import csv

from whole import ROOT

from coursekit.cli import run


def test_the_whole_cohort_fares_as_expected(tmp_path, capfd):
    code = run(["--course", str(ROOT), "demo", "--out", str(tmp_path / "demo")])

    told = capfd.readouterr().out
    assert 0 == code
    assert "not as expected" not in told
    assert (tmp_path / "demo" / "reports" / "class.html").is_file()
    with (tmp_path / "demo" / "reports" / "grades.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 60
    assert {"graded", "ungradable", "missing"} == {row["state"] for row in rows}


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path, capfd):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")

    code = run(["--course", str(ROOT), "demo", "--out", str(tmp_path / "thesis")])

    assert 2 == code
    assert "no earlier demo" in capfd.readouterr().err
    assert "years of work" == (tmp_path / "thesis" / "chapter.txt").read_text()
