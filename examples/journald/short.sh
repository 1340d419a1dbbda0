#!/bin/sh
# The journal as it comes, annotated. Options go to journalctl: short.sh -u ssh; short.sh --lines=1000 -p err
# --all shows messages that are no printable text, in place of "[33B blob data]", codes and all.
journalctl --follow --output=short "$@" | errgloss
