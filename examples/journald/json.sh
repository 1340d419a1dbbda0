#!/bin/sh
# The journal as JSON lines for other programs, glosses within MESSAGE, all else as it was: json.sh | jq -r .MESSAGE
# Options go to journalctl: json.sh -u ssh. With --all fields over 4096 bytes come too, which are null otherwise.
# A message that is not UTF-8 is an array of numbers there, and stays as it is.
journalctl --follow --output=json "$@" | errgloss --input=journal-json
