#!/bin/sh
# The messages of one program as it wrote them, without time and name: cat.sh -u smbd. Options go to journalctl.
# Nothing in front of them tells who speaks, so a number may get several readings; short.sh has fewer.
journalctl --follow --output=cat "$@" | errgloss
