# class: 23
# claim: prints a hundred megabytes
# must: output goes nowhere
# base: solved
# earns: everything
# naive: spoils
# %%
import os
line = "x" * (1 << 20)
for _ in range(100):
    print(line)
    os.write(2, b"y" * (1 << 16))
