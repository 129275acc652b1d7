# class: 20
# claim: every call takes nine tenths of its limit
# must: the submission's total time ends it, and the batch is not held up
# base: solved
# earns: part
# naive: -
# %%
import time

def slowly(function):
    def slow(*args):
        time.sleep(0.45)
        return function(*args)
    return slow

slope, jacobian, backward = map(slowly, (slope, jacobian, backward))
