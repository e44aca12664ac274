"""Parses an export archive with Python's own zipfile, gzip and json: `baseline.py ARCHIVE keep|drop`.

`keep` holds every parsed event, as a script does that goes on to use them; `drop` forgets each at once.
"""

import gzip
import json
import sys
import zipfile

kept = []
events = 0
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        with archive.open(name) as member, gzip.open(member) as lines:
            for line in lines:
                event = json.loads(line)
                events += 1
                if sys.argv[2] == "keep":
                    kept.append(event)
print(events)
