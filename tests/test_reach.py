"""What a change of one function can touch: never too little."""

from coursekit.judge.reach import Reach

SOURCE = """
LIMIT = 3
def leaf(x): return min(x, LIMIT)
def middle(x): return leaf(x) + 1
def lonely(x): return x
class Layer:
    def forward(self, x): return lonely(x)
table = [middle(x) for x in range(4)]
first, *rest = table
def reads(): return rest
def recursive(n): return recursive(n - 1) if n else table
def by_default(f=leaf): return f(1)
count = 1
count += 1
answer = 12
"""


def reached(*names):
    return Reach(SOURCE).of(names)


def test_a_function_reaches_what_it_calls_and_what_those_read():
    assert {"middle", "leaf"} <= reached("middle")
    assert "lonely" not in reached("middle")


def test_a_class_reaches_what_its_methods_use():
    assert "lonely" in reached("Layer")


def test_a_variable_reaches_all_that_the_cells_run():
    assert {"middle", "leaf"} <= reached("table")
    assert {"middle", "leaf"} <= reached("first")
    assert {"middle", "leaf"} <= reached("reads")


def test_a_variable_that_nothing_reads_is_reached_by_its_own_name_alone():
    assert "answer" in reached("answer")
    assert "answer" not in reached("table", "reads", "Layer", "count")
    assert "count" in reached("table")


def test_recursion_ends_and_defaults_count():
    assert {"recursive", "table", "leaf"} <= reached("recursive")
    assert "leaf" in reached("by_default")


def test_unknown_names_reach_themselves():
    assert {"np"} == reached("np")
