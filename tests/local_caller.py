"""A caller that runs a notebook's code in this process: a sandbox's place in unit tests."""

import copy

from coursekit.judge.drawn import without_style
from coursekit.wire import FunctionRef, Raised, Returned


class LocalCaller:
    """Implements judge.Caller over one namespace. Trusted code only."""

    def __init__(self, source: str) -> None:
        self.namespace: dict = {}
        exec(compile(source, "<student>", "exec"), self.namespace)  # noqa: S102 - trusted code of a test
        self.alive = True
        self.calls = 0

    def names(self):
        return {
            name: "function" if callable(value) else "value"
            for name, value in self.namespace.items()
            if not name.startswith("_")
        }

    def get(self, name):
        return Returned(self.namespace[name])

    def call(self, function, args, kwargs):
        self.calls += 1
        try:
            value = self.namespace[function](
                *(self._own(arg) for arg in args), **{key: self._own(arg) for key, arg in kwargs.items()}
            )
            return Returned(without_style(value))
        except Exception as error:
            return Raised(type(error).__name__, str(error), (f"cell 1, line 1: {function}",))

    def _own(self, arg):
        return self.namespace[arg.name] if isinstance(arg, FunctionRef) else copy.deepcopy(arg)

    def revive(self):
        return False
