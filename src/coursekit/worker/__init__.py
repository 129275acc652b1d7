"""The untrusted side: a warm zygote, and its children that run a student's cells and answer calls.

Of coursekit's own modules it imports `wire` alone, and nobody imports it: it is started as
`python -m coursekit.worker` inside the sandbox.
"""
