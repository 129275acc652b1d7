# class: 14
# claim: returns ints of ten million bits, and answers a choice with half characters
# must: sizes are bounded, and text is text
# base: stub
# earns: nothing
# naive: -
# %%
slope = lambda h: 1 << 10**7
jacobian = lambda h, W: [[10**5000, -(10**5000)]]
backward = lambda dh, cache: "0" * 10**7
q2_choice = "\ud800\udfff" * 10
