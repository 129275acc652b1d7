# class: 38
# claim: runs over the C stack
# must: the cell is left out with a sentence
# base: solved
# earns: everything
# naive: spoils
# says: SIGSEGV
# %%
chain = ()
for _ in range(1_000_000):
    chain = (chain,)
hash(chain)
