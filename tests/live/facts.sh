#!/usr/bin/env bash
# Every row of the collected facts stands in a catalog here, code and symbol exact. The facts
# lie beside a checkout of the maintainers; without them this is skipped.
set -u
source=$1
facts=$source/../shared/facts
[ -d "$facts" ] || { echo "skipped: no collection of facts at $facts"; exit 77; }
missing=0
for fact in "$facts"/*.tsv; do
    family=$(basename "$fact" .tsv)
    catalog=$(ls "$source"/data/*/"$family.tsv" 2>/dev/null) || { echo "$family has no catalog"; missing=1; continue; }
    # a code may be written in decimal or hexadecimal: either form of the fact will do
    awk -F'\t' -v family="$family" '
        NR == FNR { if ($0 !~ /^#/) rows[tolower($1) FS $2] = 1; next }
        { symbol = $4 == "" ? "-" : $4
          if (!((tolower($2) FS symbol) in rows) && !((tolower($3) FS symbol) in rows)) {
              print family ": " $2 " " $3 " " symbol " is missing"; missing = 1 } }
        END { exit missing }' "$catalog" "$fact" || missing=1
done
exit $missing
