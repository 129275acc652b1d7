"""`python worker/__main__.py ENGINE SITES LEVEL CONTROL_FD UID KEEP_FSUID WARM`: becomes a zygote.

ENGINE is the folder that holds `coursekit`, SITES the folders of installed packages, `:` between them.
Run without `site`, so that no `.pth` file of the packages' folder runs code in here.
"""

import sys


def main() -> None:
    """Find our own modules and the installed packages, then serve."""
    engine, sites, *settings = sys.argv[1:]
    sys.path[:] = [engine, *sys.path, *sites.split(":")]
    from coursekit.worker.zygote import become_zygote

    become_zygote(engine, sites.split(":"), settings)


main()
