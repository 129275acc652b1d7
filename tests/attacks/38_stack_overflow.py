# class: 38
# claim: runs over the C stack
# must: the cell is left out with a sentence
# base: solved
# earns: everything
# naive: spoils
# says: SIGSEGV|did not end within|processor time
# %%
chain = ()
for _ in range(1_000_000):
    chain = (chain,)
hash(chain)
