# class: 22
# claim: uses a pool of processes, as people who want speed do
# must: a sentence in its own cell; the rest is graded
# base: solved
# earns: everything
# naive: litters
# %%
import multiprocessing, time
context = multiprocessing.get_context("fork")
helpers = [context.Process(target=time.sleep, args=(20,), daemon=False) for _ in range(2)]
for helper in helpers:
    helper.start()
