# class: 20
# claim: stays below every limit of the wall's clock and uses more processor time than it may, in threads
# must: processor time has a limit of its own
# base: solved
# earns: everything
# naive: -
# says: processor time|did not end within
# %%
import hashlib, threading, time
end = time.monotonic() + 12

def burn():
    while time.process_time() < 1.25 and time.monotonic() < end:
        hashlib.pbkdf2_hmac("sha256", b"", b"", 20_000)

threads = [threading.Thread(target=burn) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if time.process_time() > 1.2:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {time.process_time():.1f} seconds")
