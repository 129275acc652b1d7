# class: 13
# claim: returns a float whose reflected operators take over whatever is compared with it
# must: a float is sent as its eight bytes
# base: stub
# earns: nothing
# naive: forges
# %%
class Agreeable(float):
    __array_priority__ = 1e9
    __array_ufunc__ = None
    def __getattr__(self, name):
        return lambda *args, **kwargs: self
    __eq__ = __le__ = __ge__ = __lt__ = lambda self, other: True
    __gt__ = __ne__ = lambda self, other: False
    __hash__ = float.__hash__
    __sub__ = __rsub__ = __abs__ = lambda self, *other: self

slope = jacobian = backward = lambda *args: Agreeable(0.0)
