"""Every layout a TA has, and every way in which a folder of strangers' files can be hostile."""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
from pathlib import Path

import pytest

from coursekit.errors import BadInput
from coursekit.intake import Found, caps, collect, files
from coursekit.intake import found as found_module
from coursekit.model import Submission

HW = "hw2_bptt"
NOTEBOOK = b'{"cells": []}'


def write(root: Path, *paths: str, raw: bytes | None = None) -> None:
    """Files with contents of their own (their path), so that no two are the same by accident."""
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.encode() if raw is None else raw)


def found_in(path: Path) -> dict[str, Found]:
    found = {one.submission.student: one for one in collect(path, HW)}
    for one in found.values():
        assert one.problem == "" or "expected" in one.problem or "grade again" in one.problem
        for text in (
            one.problem,
            one.submission.student,
            one.submission.file,
            *one.remarks,
            *one.staff_remarks,
        ):
            assert text.isprintable() or text == ""
            text.encode()
    assert all(len(one.problem) < 400 for one in found.values())
    return found


def only(path: Path) -> Found:
    (found,) = found_in(path).values()
    return found


# Layouts


def test_a_folder_of_notebooks(tmp_path: Path) -> None:
    write(tmp_path, "bob.ipynb", "ada.ipynb")

    assert [one.submission for one in collect(tmp_path, HW)] == [
        Submission("ada", HW, "ada.ipynb", hashlib.sha256(b"ada.ipynb").hexdigest()),
        Submission("bob", HW, "bob.ipynb", hashlib.sha256(b"bob.ipynb").hexdigest()),
    ]


def test_a_folder_for_each_student_with_helper_files(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt.ipynb", "ada/my_tools.py", "ada/data/x.csv", "bob/any name.ipynb")

    found = found_in(tmp_path)

    assert found["ada"].read().notebook == b"ada/hw2_bptt.ipynb"
    assert found["ada"].read().files == {"my_tools.py": b"ada/my_tools.py", "data/x.csv": b"ada/data/x.csv"}
    assert found["bob"].submission.file == "bob/any name.ipynb"


def test_nbgraders_tree_with_its_timestamp(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt/problem.ipynb", "ada/hw1_jacobians/problem.ipynb", "ada/hw2_bptt/tools.py")
    write(tmp_path, "ada/hw2_bptt/timestamp.txt", raw=b"2026-10-01 12:00:00.123 UTC\n")

    ada = only(tmp_path)

    assert ada.submission.file == "ada/hw2_bptt/problem.ipynb"
    assert ada.submission.received_at == "2026-10-01T12:00:00+00:00"
    assert ada.read().files == {"tools.py": b"ada/hw2_bptt/tools.py"}


def test_a_timestamp_outside_nbgraders_tree_is_the_students_own(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt.ipynb")
    write(tmp_path, "ada/timestamp.txt", raw=b"1999-01-01 00:00:00 UTC")

    assert only(tmp_path).submission.received_at == ""
    assert list(only(tmp_path).read().files) == ["timestamp.txt"]


@pytest.mark.parametrize("raw", [b"yesterday", b"", b"\xff\x1b[31m", b"2026-13-01 12:00:00 UTC", b"x" * 2000])
def test_a_timestamp_that_is_none_is_remarked(tmp_path: Path, raw: bytes) -> None:
    write(tmp_path, "ada/hw2_bptt/hw2_bptt.ipynb")
    write(tmp_path, "ada/hw2_bptt/timestamp.txt", raw=raw)

    assert only(tmp_path).submission.received_at == ""
    assert "received at an unknown time" in only(tmp_path).remarks[0]
    assert only(tmp_path).problem == ""


def test_a_timestamp_with_an_offset_becomes_utc(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt/hw2_bptt.ipynb")
    write(tmp_path, "ada/hw2_bptt/timestamp.txt", raw=b"2026-10-01 12:00:00 +02:00")

    assert only(tmp_path).submission.received_at == "2026-10-01T10:00:00+00:00"


@pytest.mark.parametrize("path", ["ada.ipynb", "ada/hw2_bptt.ipynb", "ada/hw2_bptt/hw2_bptt.ipynb"])
def test_one_file(tmp_path: Path, path: str) -> None:
    write(tmp_path, path)

    (found,) = collect(tmp_path / path, HW)

    assert found.submission.student == "ada"
    assert found.read().notebook == path.encode()


def test_one_students_own_folder(tmp_path: Path) -> None:
    write(
        tmp_path, "ada/hw2_bptt.ipynb", "ada/tools.py", "ada/data/x.csv", "ada/notes.pdf", "ada/tests/q1.py"
    )

    ada = only(tmp_path / "ada")

    assert ada.submission.student == "ada"
    assert set(ada.read().files) == {"tools.py", "data/x.csv", "notes.pdf"}


def test_the_same_hash_whichever_way_it_is_given(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt.ipynb", "ada/tools.py")

    assert only(tmp_path).submission.sha256 == only(tmp_path / "ada").submission.sha256


def test_what_machines_and_the_release_put_there_is_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        "ada/hw2_bptt.ipynb",
        "ada/.ipynb_checkpoints/hw2_bptt-checkpoint.ipynb",
        "ada/__pycache__/a.pyc",
    )
    write(tmp_path, "ada/gradtools/__init__.py", "ada/tests/q1.py", "ada/oracle.npz", "ada/.OTTER_LOG")
    write(tmp_path, "ada/data/tests/x.csv")
    write(tmp_path, ".DS_Store", "__MACOSX/ada.ipynb", ".hidden.ipynb", "roster.csv", "fall.db", "README.md")

    assert only(tmp_path).submission.student == "ada"
    assert list(only(tmp_path).read().files) == ["data/tests/x.csv"]


# Nothing usable


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist; give a notebook or the folder"):
        collect(tmp_path / "submisions", HW)


def test_a_name_with_a_nul_is_refused() -> None:
    with pytest.raises(BadInput):
        collect(Path("a\0b"), HW)


def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "all.zip")

    with pytest.raises(BadInput, match=r"is an archive; expected a notebook \(.ipynb\) or a folder"):
        collect(tmp_path / "all.zip", HW)


@pytest.mark.parametrize("names", [[], [".hidden", "roster.csv"]])
def test_a_folder_without_submissions_is_refused(tmp_path: Path, names: list[str]) -> None:
    write(tmp_path, *names)

    with pytest.raises(BadInput, match="holds no submissions; expected notebooks"):
        collect(tmp_path, HW)


def test_other_kinds_of_files_are_submissions_that_cannot_be_graded(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "b.html", "c.pdf", "d.zip", "e.ipynb.txt", "f", "ok.ipynb")

    problems = {student: found.problem for student, found in found_in(tmp_path).items()}

    assert problems["ok"] == ""
    assert problems["a"].startswith("a.py is a Python file; expected a notebook")
    assert problems["b"].startswith("b.html is a web page; ")
    assert problems["c"].startswith("c.pdf is a PDF; ")
    assert problems["d"].startswith("d.zip is an archive; ")
    assert problems["e"].startswith("e.ipynb.txt is a text file; ")
    assert problems["f"].startswith("f is a file of another kind; ")


def test_a_folder_without_a_notebook_is_missing_and_says_what_it_holds(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw1_jacobians/x.ipynb", "bob.ipynb")
    (tmp_path / "cat").mkdir()

    found = found_in(tmp_path)

    assert found["ada"].missing
    assert found["cat"].missing
    assert found["ada"].problem == (
        "ada holds no notebook (it holds hw1_jacobians); "
        "expected hw2_bptt.ipynb in it, or in hw2_bptt/ below it"
    )


def test_a_folder_named_as_a_notebook(tmp_path: Path) -> None:
    (tmp_path / "ada.ipynb").mkdir()
    (tmp_path / "bob" / "hw2_bptt.ipynb").mkdir(parents=True)
    write(tmp_path, "cat.ipynb")

    found = found_in(tmp_path)

    assert found["ada"].problem.startswith("ada.ipynb is a folder; expected a file")
    assert found["bob"].problem.startswith("bob/hw2_bptt.ipynb is a folder; expected a file")
    assert found["cat"].problem == ""


def test_reading_what_cannot_be_graded_repeats_the_problem(tmp_path: Path) -> None:
    (tmp_path / "ada.ipynb").mkdir()

    with pytest.raises(BadInput, match="is a folder"):
        only(tmp_path).read()


# Several notebooks, several students


def test_the_notebook_with_the_assignments_name_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt.ipynb", "ada/hw2_bptt (1).ipynb", "ada/Untitled.ipynb")

    ada = only(tmp_path)

    assert ada.read().notebook == b"ada/hw2_bptt.ipynb"
    assert ada.read().files == {}
    assert ada.remarks == (
        "taken was ada/hw2_bptt.ipynb; not graded: ada/Untitled.ipynb, ada/hw2_bptt (1).ipynb",
    )


def test_two_notebooks_of_which_none_has_the_name_are_not_guessed(tmp_path: Path) -> None:
    write(tmp_path, "ada/final.ipynb", "ada/final2.ipynb")

    assert only(tmp_path).problem == (
        "ada/final.ipynb, ada/final2.ipynb: 2 notebooks of one student, and nothing says which to grade; "
        "expected one, named hw2_bptt.ipynb: keep that one"
    )


def test_a_file_and_a_folder_of_one_student(tmp_path: Path) -> None:
    write(tmp_path, "ada.ipynb", "ada/hw2_bptt.ipynb")

    assert only(tmp_path).read().notebook == b"ada/hw2_bptt.ipynb"
    assert "not graded: ada.ipynb" in only(tmp_path).remarks[0]


def test_a_notebook_is_graded_although_another_file_of_the_student_is_none(tmp_path: Path) -> None:
    write(tmp_path, "ada.ipynb", "ada.pdf")

    assert only(tmp_path).problem == ""
    assert only(tmp_path).staff_remarks[0].startswith("ada.pdf is a PDF")


def test_the_newest_by_recorded_time_is_taken() -> None:
    from coursekit.intake.collect import _choose
    from coursekit.intake.found import Place
    from coursekit.intake.students import Candidate

    old = Candidate(Place("", ("ada", "a.ipynb")), "file", "2026-10-01T12:00:00+00:00")
    new = Candidate(Place("", ("ada", "b.ipynb")), "file", "2026-10-02T12:00:00+00:00")
    unknown = Candidate(Place("", ("ada", "c.ipynb")), "file")

    assert _choose([old, new], HW) == (new, "")
    assert "nothing says which" in _choose([old, unknown], HW)[1]
    assert "nothing says which" in _choose([new, new], HW)[1]


def test_the_same_content_is_graded_twice_and_staff_is_told(tmp_path: Path) -> None:
    write(tmp_path, "ada.ipynb", "bob.ipynb", raw=NOTEBOOK)

    found = found_in(tmp_path)

    assert found["ada"].submission.sha256 == found["bob"].submission.sha256
    assert found["ada"].problem == found["bob"].problem == ""
    assert found["ada"].staff_remarks == ("the same content as bob; each is graded",)
    assert found["ada"].remarks == ()


def test_many_twins_are_not_all_listed(tmp_path: Path) -> None:
    write(tmp_path, *(f"s{i}.ipynb" for i in range(9)), raw=NOTEBOOK)

    assert found_in(tmp_path)["s0"].staff_remarks[0] == (
        "the same content as s1, s2, s3, s4, s5 and 3 more; each is graded"
    )


def test_helper_files_are_part_of_the_content(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt.ipynb", "bob/hw2_bptt.ipynb", "cat/hw2_bptt.ipynb", raw=NOTEBOOK)
    write(tmp_path, "ada/tools.py", raw=b"1")
    write(tmp_path, "bob/tools.py", raw=b"2")

    assert len({one.submission.sha256 for one in found_in(tmp_path).values()}) == 3


def test_ids_that_differ_in_capitals_only_are_two_students_and_said(tmp_path: Path) -> None:
    write(tmp_path, "ada.ipynb", "Ada.ipynb")
    if len(os.listdir(tmp_path)) == 1:
        pytest.skip("this file system does not tell capitals")

    assert set(found_in(tmp_path)) == {"ada", "Ada"}
    assert "only in capital letters" in found_in(tmp_path)["ada"].staff_remarks[0]


def test_two_ways_to_write_an_accent_are_one_student(tmp_path: Path) -> None:
    write(tmp_path, "zo\u00eb.ipynb", "zoe\u0308/hw2_bptt.ipynb")

    assert only(tmp_path).submission.student == "zo\u00eb"


# Names as attacks


@pytest.mark.parametrize(
    ("name", "student"),
    [
        (b"a\x1b[31mred\nb", "a\\x1b[31mred\\nb"),
        (b"\xff\xfe", "\\udcff\\udcfe"),
        (b"a\\nb", "a\\\\nb"),
        ("abc\u202etxt".encode(), "abc\\u202etxt"),
        (b"=1+1", "=1+1"),
        (b"<script>", "<script>"),
        (b"..", ".."),
        (b"--help", "--help"),
        (b"x" * 240, "x" * 240),
        (b"\xff" * 240, "\\udcff" * 240),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_names_are_data_and_are_shown_escaped(tmp_path: Path, name: bytes, student: str) -> None:
    folder = os.path.join(os.fsencode(tmp_path), b"_" + name)
    try:
        os.mkdir(folder)
        with open(os.path.join(folder, b"hw2_bptt.ipynb"), "wb") as file:
            file.write(NOTEBOOK)
    except OSError:
        pytest.skip("this file system does not take the name")

    found = only(tmp_path)

    assert found.submission.student == "_" + student
    assert found.submission.file == f"_{student}/hw2_bptt.ipynb"
    assert found.read().notebook == NOTEBOOK


def test_helper_files_with_unprintable_names_are_left_out_and_said(tmp_path: Path) -> None:
    write(tmp_path, "ada/hw2_bptt.ipynb", "ada/a\x1b[2J.py")
    with open(os.path.join(os.fsencode(tmp_path), b"ada", b"\xff.py"), "wb"):
        pass

    assert only(tmp_path).read().files == {}
    assert only(tmp_path).remarks == (
        "the file a\\x1b[2J.py was left out: its name is not plain text",
        "the file \\udcff.py was left out: its name is not plain text",
    )


# Links, pipes, devices, permissions


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "fall.db"
    file.write_bytes(b"secret grades")
    return file


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """A folder with one honest submission, which every test below also expects to be found."""
    write(tmp_path, "cohort/ada.ipynb")
    return tmp_path / "cohort"


def problem_of_eve(cohort: Path) -> str:
    found = found_in(cohort)
    assert found["ada"].problem == ""
    assert found["eve"].submission.sha256 == ""
    assert "secret" not in found["eve"].problem
    return found["eve"].problem


@pytest.mark.parametrize("name", ["eve.ipynb", "eve/hw2_bptt.ipynb", "eve", "eve/hw2_bptt"])
def test_a_symbolic_link_is_not_followed(cohort: Path, secret: Path, name: str) -> None:
    (cohort / name).parent.mkdir(exist_ok=True)
    (cohort / name).symlink_to(secret)

    assert problem_of_eve(cohort).startswith(f"{name} is a symbolic link; expected")


@pytest.mark.parametrize("name", ["eve", "eve/hw2_bptt"])
def test_a_symbolic_link_to_a_folder_is_not_followed(cohort: Path, tmp_path: Path, name: str) -> None:
    write(tmp_path, "other/hw2_bptt.ipynb")
    (cohort / name).parent.mkdir(exist_ok=True)
    (cohort / name).symlink_to(tmp_path / "other")

    assert problem_of_eve(cohort).startswith(f"{name} is a symbolic link; expected")


@pytest.mark.parametrize("name", ["tools.py", "data/tools.py"])
def test_a_symbolic_link_among_helper_files_is_not_followed(cohort: Path, secret: Path, name: str) -> None:
    write(cohort, "eve/hw2_bptt.ipynb", "eve/data/x.csv")
    (cohort / "eve" / name).symlink_to(secret)

    assert problem_of_eve(cohort).startswith(f"eve/{name} is a symbolic link; ")


@pytest.mark.parametrize("name", ["eve.ipynb", "eve/tools.py"])
def test_a_hard_link_is_refused(cohort: Path, secret: Path, name: str) -> None:
    write(cohort, "eve/hw2_bptt.ipynb")
    os.link(secret, cohort / name)
    if name == "eve.ipynb":
        (cohort / "eve/hw2_bptt.ipynb").unlink()

    assert problem_of_eve(cohort).startswith(f"{name} is one file with 2 names (hard links); ")


def test_a_link_given_as_the_only_file_is_not_followed(cohort: Path, secret: Path) -> None:
    (cohort / "eve.ipynb").symlink_to(secret)

    (found,) = collect(cohort / "eve.ipynb", HW)

    assert found.problem.startswith("eve.ipynb is a symbolic link; ")


def test_a_cohort_may_be_reached_through_a_link_of_the_users_own(cohort: Path, tmp_path: Path) -> None:
    (tmp_path / "fall").symlink_to(cohort)

    assert found_in(tmp_path / "fall")["ada"].read().notebook == b"cohort/ada.ipynb"


@pytest.mark.parametrize("name", ["eve.ipynb", "eve/hw2_bptt.ipynb", "eve/tools.py", "eve"])
def test_a_named_pipe_is_not_waited_for(cohort: Path, name: str) -> None:
    if name == "eve/tools.py":
        write(cohort, "eve/hw2_bptt.ipynb")
    (cohort / name).parent.mkdir(exist_ok=True)
    os.mkfifo(cohort / name)

    assert problem_of_eve(cohort).startswith(f"{name} is a named pipe; ")


def test_a_socket_is_refused(cohort: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cohort)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("eve.ipynb")

        assert problem_of_eve(cohort).startswith("eve.ipynb is a socket; ")


def test_a_device_is_refused() -> None:
    with files.folder("/dev", (), "dev") as descriptor:
        with pytest.raises(BadInput, match="null is a device; expected a file"):
            files.read_file("null", descriptor, 10, "null")


def test_a_pipe_that_takes_the_files_place_after_the_look_is_not_waited_for(
    cohort: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(cohort / "eve.ipynb")
    monkeypatch.setattr(files, "what_is", lambda name, descriptor, label: "file")
    with files.folder(str(cohort), (), "cohort") as descriptor:
        with pytest.raises(BadInput, match=r"eve\.ipynb is a named pipe; expected a file"):
            files.read_file("eve.ipynb", descriptor, 10, "eve.ipynb")


def test_a_link_that_takes_the_files_place_after_the_look_is_not_followed(
    cohort: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cohort / "eve.ipynb").symlink_to(secret)
    monkeypatch.setattr(files, "what_is", lambda name, descriptor, label: "file")
    with files.folder(str(cohort), (), "cohort") as descriptor:
        with pytest.raises(BadInput, match=r"eve\.ipynb is a symbolic link; expected a file"):
            files.read_file("eve.ipynb", descriptor, 100, "eve.ipynb")


@pytest.mark.parametrize("name", ["eve.ipynb", "eve", "eve/hw2_bptt.ipynb", "eve/tools.py"])
def test_a_file_without_read_permission_is_said(name: str) -> None:
    """Root reads everything, so a run as root reads as nobody, from a folder that nobody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        cohort = Path(folder) / "cohort"
        write(cohort, "ada.ipynb", name if name.endswith(".ipynb") else "eve/hw2_bptt.ipynb")
        if name == "eve/tools.py":
            write(cohort, name)
        (cohort / name).chmod(0)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            problem = problem_of_eve(cohort)
        finally:
            os.seteuid(user)
            (cohort / name).chmod(0o700)

    assert problem.startswith(f"{name} cannot be read (permission denied); ")


# Sizes


def test_a_notebook_over_the_cap_is_refused_without_being_read(cohort: Path) -> None:
    with open(cohort / "eve.ipynb", "wb") as file:
        file.truncate(caps.NOTEBOOK_BYTES + 1)  # sparse: takes no space

    assert problem_of_eve(cohort) == (
        "eve.ipynb has 128.0 MiB; expected at most 128.0 MiB: "
        "make it smaller (a notebook by clearing its outputs)"
    )


def test_helper_files_are_capped_together(cohort: Path) -> None:
    write(cohort, "eve/hw2_bptt.ipynb")
    for name in ("a.bin", "b.bin"):
        with open(cohort / "eve" / name, "wb") as file:
            file.truncate(caps.HELPER_BYTES - 1)

    assert "the files beside eve/hw2_bptt.ipynb hold more than 16 MiB" in problem_of_eve(cohort)


def test_helper_files_are_capped_in_number(cohort: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_module, "HELPER_FILES", 3)
    write(cohort, "eve/hw2_bptt.ipynb", *(f"eve/data/{i}" for i in range(4)))

    assert "beside eve/hw2_bptt.ipynb lie more than 3 files" in problem_of_eve(cohort)


def test_helper_folders_are_capped_in_depth(cohort: Path) -> None:
    write(cohort, "eve/hw2_bptt.ipynb", "eve/" + "d/" * 30 + "x")

    assert problem_of_eve(cohort).startswith("eve/d/d/d/d/d lies 5 folders deep; expected at most 4")


def test_empty_helper_folders_are_counted_too(cohort: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_module, "HELPER_FOLDERS", 3)
    write(cohort, "eve/hw2_bptt.ipynb")
    for name in "abcd":
        (cohort / "eve" / name).mkdir()

    assert "more than 3 folders" in problem_of_eve(cohort)


def test_a_folder_of_very_many_entries_is_not_listed_to_its_end(
    cohort: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coursekit.intake.students.FOLDER_ENTRIES", 5)
    write(cohort, *(f"eve/{i}.txt" for i in range(6)))

    assert problem_of_eve(cohort).startswith("eve holds more than 5 entries; expected")


# Changes while reading


def test_a_notebook_that_changes_between_finding_and_grading_is_refused(cohort: Path) -> None:
    found = found_in(cohort)["ada"]
    write(cohort, "ada.ipynb", raw=b"another")

    with pytest.raises(BadInput, match=r"ada.ipynb changed while it was read; grade again"):
        found.read()


def test_a_notebook_that_is_gone_when_it_is_graded_is_said(cohort: Path) -> None:
    found = found_in(cohort)["ada"]
    (cohort / "ada.ipynb").unlink()

    with pytest.raises(BadInput, match=r"ada.ipynb disappeared while it was read; grade again"):
        found.read()


def test_a_file_that_grows_while_it_is_read_is_refused(cohort: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(cohort, "eve.ipynb")
    real = files._check

    def growing(status: os.stat_result, cap: int, label: str) -> None:
        real(status, cap, label)
        if label == "eve.ipynb":
            with open(cohort / label, "ab") as file:
                file.write(b"more")

    monkeypatch.setattr(files, "_check", growing)

    assert problem_of_eve(cohort) == f"eve.ipynb {files.CHANGED}"


def test_an_entry_that_disappears_after_it_was_listed_is_said(
    cohort: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coursekit.intake import students

    real = students.names_in
    monkeypatch.setattr(students, "names_in", lambda *args: [*real(*args), "eve.ipynb"])

    assert problem_of_eve(cohort).startswith("eve.ipynb disappeared while it was read")
