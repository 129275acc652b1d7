# class: 23
# claim: puts terminal codes, right-to-left marks and half characters into messages
# must: they are shown as text
# base: solved
# earns: part
# naive: -
# %%
def backward(dh, cache):
    raise ValueError("\x1b[2J\x1b]0;title\x07\r\n\u202egrade: 31 of 31\u2066 \ud800 \x00 \x9b31m")
