"""Random wrong versions of a function: one edit of its syntax tree each, of the kinds that people make."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Iterator

BINARY = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
}
CALLS = {
    "tanh": ("sin", "arctan"),
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "sqrt": ("square",),
    "exp": ("expm1",),
    "log": ("log1p",),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
    "ones": ("zeros",),
    "ones_like": ("zeros_like",),
    "max": ("min",),
    "min": ("max",),
    "abs": ("negative",),
    "cumprod": ("cumsum",),
}


def edits(source: str, rng: random.Random) -> Iterator[str]:
    """Every edit that applies, each once, in random order. The texts compile; most of them are wrong."""
    tree = ast.parse(source)
    places = [
        (index, number) for index, node in enumerate(ast.walk(tree)) for number in range(len(_changes(node)))
    ]
    rng.shuffle(places)
    names = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})
    for index, number in places:
        edited = copy.deepcopy(tree)
        node = list(ast.walk(edited))[index]
        _changes(node)[number](node, rng, names)
        text = ast.unparse(ast.fix_missing_locations(edited))
        try:
            compile(text, "<edit>", "exec")
        except (SyntaxError, ValueError):
            continue
        yield text + "\n"


Change = Callable[[ast.AST, random.Random, list[str]], None]


def _changes(node: ast.AST) -> list[Change]:
    """What can be done to this node."""
    match node:
        case ast.BinOp(op=ast.MatMult()):
            return [_transpose("left"), _transpose("right"), _swap_sides]
        case ast.BinOp():
            return [_operator, _term("left"), _term("right")]
        case ast.Constant() if type(node.value) in (int, float):
            return [_number, _number]
        case ast.AugAssign():
            return [_augmented, _assigned]
        case ast.Call(func=ast.Name(id="range")):
            return [_shorter, _later]
        case ast.Call(func=ast.Name(id="reversed")):
            return [_forwards]
        case ast.Call(func=ast.Attribute(attr=name)) if name in CALLS:
            return [_other_call]
        case ast.Subscript(slice=ast.Slice()):
            return [_slice]
        case ast.UnaryOp(op=ast.USub()):
            return [_positive]
        case ast.Tuple(elts=[_, _, *_]) | ast.List(elts=[_, _, *_]):
            return [_permuted]
        case ast.Name(ctx=ast.Load()):
            return [_other_name]
        case ast.Return():
            return [_negated]
    return []


def _replace(node: ast.AST, new: ast.AST) -> None:
    """`node` becomes `new`, in place."""
    node.__class__ = new.__class__
    node.__dict__.clear()
    node.__dict__.update(new.__dict__)


def _transpose(side: str) -> Change:
    def change(node, rng, names):
        setattr(node, side, ast.Attribute(getattr(node, side), "T", ast.Load()))

    return change


def _swap_sides(node, rng, names):
    node.left, node.right = node.right, node.left


def _operator(node, rng, names):
    node.op = rng.choice(BINARY.get(type(node.op), (ast.Add,)))()


def _term(side: str) -> Change:
    def change(node, rng, names):
        _replace(node, getattr(node, side))

    return change


def _number(node, rng, names):
    node.value = rng.choice([node.value + 1, node.value - 1, node.value * 2, node.value + 3])


def _augmented(node, rng, names):
    node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()


def _assigned(node, rng, names):
    _replace(node, ast.Assign([node.target], node.value))


def _shorter(node, rng, names):
    node.args[-1 if len(node.args) < 3 else 1] = ast.BinOp(
        node.args[-1 if len(node.args) < 3 else 1], ast.Sub(), ast.Constant(1)
    )


def _later(node, rng, names):
    if len(node.args) == 1:
        node.args.insert(0, ast.Constant(1))
    else:
        node.args[0] = ast.BinOp(node.args[0], ast.Add(), ast.Constant(1))


def _forwards(node, rng, names):
    _replace(node, node.args[0])


def _other_call(node, rng, names):
    node.func.attr = rng.choice(CALLS[node.func.attr])


def _slice(node, rng, names):
    part = rng.choice(["lower", "upper"])
    old = getattr(node.slice, part) or ast.Constant(0 if part == "lower" else -1)
    setattr(node.slice, part, ast.BinOp(old, ast.Add(), ast.Constant(1)) if part == "lower" else old)
    if part == "upper" and getattr(node.slice, part) is old and not isinstance(old, ast.Constant):
        node.slice.upper = ast.BinOp(old, ast.Sub(), ast.Constant(1))


def _positive(node, rng, names):
    _replace(node, node.operand)


def _permuted(node, rng, names):
    i, j = rng.sample(range(len(node.elts)), 2)
    node.elts[i], node.elts[j] = node.elts[j], node.elts[i]


def _other_name(node, rng, names):
    node.id = rng.choice([name for name in names if name != node.id] or [node.id])


def _negated(node, rng, names):
    if node.value is not None and not isinstance(node.value, ast.Tuple | ast.Dict):
        node.value = ast.UnaryOp(ast.USub(), node.value)
