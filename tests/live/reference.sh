#!/usr/bin/env bash
# The summaries are ours: of a catalog of more than 100 rows at most 3 in 100 say the same as the
# official wording, of a smaller one 10 in 100 (a plain fact sometimes leaves no other words). Case,
# punctuation and the full stop do not count. The wording lies beside a checkout of the maintainers;
# without it this is skipped.
set -u
source=$1
reference=$source/../shared/reference
[ -d "$reference" ] || { echo "skipped: no official wording at $reference"; exit 77; }
copied=0
for wording in "$reference"/*.tsv; do
    family=$(basename "$wording" .tsv)
    catalog=$(ls "$source"/data/*/"$family.tsv" 2>/dev/null) || continue
    awk -F'\t' -v family="$family" '
        function plain(text) { text = tolower(text); gsub(/[^a-z0-9]+/, " ", text); gsub(/^ +| +$/, "", text); return text }
        NR == FNR { official[tolower($1) FS plain($3)] = 1; next }
        /^#/ || $3 == "" { next }
        { rows++; if ((tolower($1) FS plain($3)) in official) { equal++; last = $1 " " $3 } }
        END {
            most = rows > 100 ? rows * 3 / 100 : rows * 10 / 100
            if (equal > most) { print family ": " equal " of " rows " rows say what the official wording says, such as " last; exit 1 }
        }' "$wording" "$catalog" || copied=1
done
exit $copied
