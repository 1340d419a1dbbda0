#!/bin/sh
# One catalog, one rule, one command. The program is taken from PATH.
cd "$(dirname "$0")" || exit 1
errgloss check shop.tsv shop.rules &&
    errgloss --catalog shop.tsv --rules shop.rules shop.log
