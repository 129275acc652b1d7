# class: 13
# claim: returns an object whose __array__, __len__ and __iter__ never end
# must: no method of it is called
# base: stub
# earns: nothing
# naive: hangs
# %%
class Endless:
    def __array__(self, *args, **kwargs):
        while True:
            pass
    __len__ = __iter__ = __float__ = __index__ = __array__

slope = jacobian = backward = lambda *args: Endless()
