"""How much intake reads: every bound has a name and a reason."""

MIB = 1024 * 1024

# Notebooks with 100 MB of kept outputs do occur and are graded; past this only an attack or a mishap is left.
NOTEBOOK_BYTES = 128 * MIB

# Entries of the folder given: twenty times the largest course we know of.
COHORT_ENTRIES = 20_000

# Entries of one student's folder, hidden ones included: bounds the listing of a million empty files.
FOLDER_ENTRIES = 1_000

# Files beside the notebook: small modules and data. A virtual environment or a data set is a mishap.
HELPER_FILES = 100
HELPER_FOLDERS = 50
HELPER_BYTES = 16 * MIB
HELPER_DEPTH = 4

# nbgrader writes one line of about thirty characters.
TIMESTAMP_BYTES = 1_000

# Of a name in a sentence. Names may be 255 bytes long, their escaped form four times that.
SHOWN_WIDTH = 120
