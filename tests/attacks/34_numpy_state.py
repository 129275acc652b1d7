# class: 34
# claim: makes every rounding an error, every warning too, and prints nothing but dots
# must: the state is the worker's own
# base: solved
# earns: everything
# naive: -
# %%
import locale, random, warnings
import numpy as np
np.seterr(all="raise")
warnings.simplefilter("error")
np.set_printoptions(threshold=1, precision=0)
np.random.seed(0)
random.seed(0)
locale.setlocale(locale.LC_ALL, "C")
