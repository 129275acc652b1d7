"""The fixed-size messages between judge and zygote; the judge's requests and the zygote's replies.

    "S" + descriptor of the worker's socket  → "s", pid, + descriptor of a pidfd   fork a worker
    "K", pid                                 → "k"                                 kill it (where no pidfd is)
    "R", pid                                 → "r", pid, status, CPU seconds       wait for its end
    end of stream                            → the zygote kills every child and ends

"+" comes first, once the zygote is warm. Whatever fails before that is one line on its stderr.
"""

from struct import Struct

REQUEST = Struct("<cI")  # kind, pid
REPLY = Struct("<cIid")  # kind, pid, wait status, CPU seconds used
