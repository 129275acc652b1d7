"""The command that starts a zygote at each isolation level, with nothing in its environment but ours."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import coursekit
from coursekit.errors import OurFault
from coursekit.model import Isolation

# Users that nobody is: systemd's range for services' passing users.
_FIRST_UID, _UIDS = 61184, 4336
_OWN = "/coursekit"  # inside: nobody else has a folder of that name
_ENGINE = f"{_OWN}/engine"
_TMP = f"{_OWN}/tmp"
_PARTS = ("__init__.py", "wire", "worker")  # of coursekit, that workers get
_DEVICES = ("null", "zero", "full", "random", "urandom")
_TMP_BYTES = 64 << 20  # for matplotlib's font cache; a worker never sees it
_PACKAGE = Path(coursekit.__file__).parent


@dataclass(frozen=True, slots=True)
class Command:
    """How to start a zygote. `uid` is who its workers are on disk, None for whoever we are."""

    argv: tuple[str, ...]
    environment: dict[str, str]
    uid: int | None


def command(isolation: Isolation, control: int, scratch: str, warm: bool) -> Command:
    """The command for that level; `scratch` is a folder of the zygote's own (not at `namespaces`).

    Raises OurFault where the level cannot even be tried.
    """
    if not hasattr(os, "fork"):
        raise OurFault("workers need Linux or macOS; on Windows, use its Linux subsystem (WSL)")
    root = os.geteuid() == 0
    uid = _FIRST_UID + os.getpid() % _UIDS if root and isolation is not Isolation.PROCESS else 0
    if not _exists(uid):
        uid = 0  # the "root" of a container that has one user, who has nothing to drop to
    if isolation is Isolation.NAMESPACES:
        python = _python(_ENGINE, isolation, control, uid, False, warm)
        environment = _environment(_TMP)
        return Command((*_bubblewrap(root, environment), "--", *python), {}, None)
    keep = bool(uid) and not all(
        _enterable(path) for path in (_interpreter(), _stdlib(), *_sites(), _PACKAGE)
    )
    python = _python(str(_PACKAGE.parent), isolation, control, uid, keep, warm)
    environment = _environment(scratch)
    if isolation is Isolation.PROCESS:
        # On a student's own machine matplotlib has listed the fonts already, which takes it seconds.
        environment = environment | {"HOME": os.environ.get("HOME", scratch)}
        del environment["MPLCONFIGDIR"]
    return Command(python, environment, None if keep or not uid else uid)


def _python(
    engine: str, isolation: Isolation, control: int, uid: int, keep_fsuid: bool, warm: bool
) -> tuple[str, ...]:
    # Not -I: it would ignore PYTHONHASHSEED. -P and -s with an environment of our own isolate as well.
    flags = ("-P", "-s", "-S", "-B", "-X", "utf8")
    main = f"{engine}/coursekit/worker/__main__.py"
    sites = ":".join(map(str, _sites()))
    settings = (isolation.value, str(control), str(uid), str(int(keep_fsuid)), str(int(warm)))
    return (str(_interpreter()), *flags, main, engine, sites, *settings)


def _environment(scratch: str) -> dict[str, str]:
    one_thread = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    return {
        "HOME": scratch,
        "TMPDIR": scratch,
        "MPLCONFIGDIR": f"{scratch}/matplotlib",
        "MPLBACKEND": "template",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        **dict.fromkeys(one_thread, "1"),
    }


def _bubblewrap(root: bool, environment: dict[str, str]) -> list[str]:
    program = shutil.which("bwrap")
    if program is None:
        raise OurFault("bubblewrap (bwrap) is not installed")
    argv = [program, *(f"--unshare-{kind}" for kind in ("pid", "net", "ipc", "uts", "cgroup-try"))]
    # Root binds as root, since the interpreter may lie where only root enters; the zygote drops to nobody.
    argv += [] if root else ["--unshare-user"]
    argv += ["--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
    for name, value in environment.items():
        argv += ["--setenv", name, value]
    bindings = _bindings()
    for source, target in bindings.items():
        argv += [*_folders_above(target), "--ro-bind", source, target]
    if not any(
        target.startswith("/tmp/") for target in bindings.values()
    ):  # an interpreter in /tmp stays there
        argv += ["--symlink", _TMP.lstrip("/"), "/tmp"]
    for path in ("/lib", "/lib64"):
        if os.path.islink(path):
            argv += ["--symlink", os.readlink(path), path]
    for site in _sites():
        if (site / "coursekit").is_dir():  # installed, not editable: workers get a part of it, elsewhere
            argv += ["--tmpfs", str(site / "coursekit")]
    argv += ["--proc", "/proc", "--dir", "/dev", "--dir", "/dev/shm", "--dir", f"{_OWN}/release"]
    for name in _DEVICES:
        argv += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    return [*argv, "--perms", "0777", "--size", str(_TMP_BYTES), "--tmpfs", _TMP, "--remount-ro", "/"]


def _bindings() -> dict[str, str]:
    """What can be seen inside, and where: nothing else can."""
    paths = [*_shared_libraries(), str(_interpreter()), *_interpreter_folders(), *map(str, _sites())]
    engine = {str(_PACKAGE / name): f"{_ENGINE}/coursekit/{name}" for name in _PARTS}
    return {path: path for path in paths} | engine


def _folders_above(path: str) -> list[str]:
    """Made by ourselves: bubblewrap would close them to everybody but root."""
    above = reversed(Path(path).parents)
    return [word for folder in above if str(folder) != "/" for word in ("--dir", str(folder))]


def _interpreter() -> Path:
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()


def _stdlib() -> Path:
    return Path(os.__file__).parent


def _interpreter_folders() -> set[str]:
    """The standard library, and all of the interpreter's `lib` where that is not the system's."""
    lib = Path(sys.base_prefix) / "lib"
    return {str(_stdlib())} if sys.base_prefix == "/usr" else {str(lib)}


def _sites() -> list[Path]:
    """The folders of installed packages; never a folder that merely is on `sys.path`, as a course may be."""
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    for name in ("numpy", "matplotlib", "IPython"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin:
            paths.add(str(Path(spec.origin).parents[1]))
    return sorted(Path(path) for path in paths if os.path.isdir(path))


def _shared_libraries() -> list[str]:
    """The system's shared libraries and their loader, without its programs."""
    triplet = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
    paths = [f"/usr/lib/{triplet}", "/usr/lib64", f"/lib/{triplet}", "/lib64", "/etc/ld.so.cache"]
    paths += [str(path) for path in Path("/usr/lib").glob("ld-linux*")]
    return [path for path in paths if os.path.exists(path) and not _through_link(path)]


def _through_link(path: str) -> bool:
    """`/lib` is a link to `/usr/lib` on most systems, and is made anew inside."""
    return any(part.is_symlink() for part in (Path(path), *Path(path).parents))


def _exists(uid: int) -> bool:
    """Whether our user namespace knows that user."""
    try:
        ranges = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    except OSError:
        return True
    return any(int(first) <= uid < int(first) + int(count) for first, _, count in ranges)


def _enterable(path: Path) -> bool:
    """Whether just anybody may read what is there."""
    return all(part.stat().st_mode & 0o001 for part in path.parents) and bool(path.stat().st_mode & 0o004)
