#!/usr/bin/env bash
# Parts of a file, cut anywhere and put together, equal the whole. usage: parts.sh PROGRAM
set -eu
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
RANDOM=13883

lines() { # how many
    awk -v count="$1" 'BEGIN {
        srand(13883)
        for (i = 0; i < count; i++) {
            if (i % 997 == 0) print i % 2 ? "#Fields: time sc-win32-status cs-method" : "#Fields: time cs-method sc-win32-status"
            if (i % 3 == 0) print "10:00:00", 5 + i % 3, 2 + i % 2
            if (i % 3 == 1) printf "hr=0x%08X, then errno %d\r\n", 2147942400 + i % 20, i % 130
            if (i % 1500 == 2) { for (j = 0; j < 9000; j++) printf "error %d, ", i + j; print "" }
            if (i % 50 == 9) print ""
        }
    }'
}

fail() {
    echo "$1"
    exit 1
}

# each FILE is cut at random places, some of them near each other
try_cuts() { # file, rounds, options
    local file=$1 rounds=$2 size
    shift 2
    size=$(stat -c %s "$file")
    "$program" "$@" "$file" >whole
    for round in $(seq "$rounds"); do
        cuts=$(for i in 1 2 3; do
            at=$(((RANDOM * 32768 + RANDOM) % (size + 2)))
            echo $at $((at + RANDOM % 40))
        done | tr ' ' '\n' | sort -nu)
        from=0
        : >parts
        for cut in $cuts; do
            "$program" "$@" --byte-range "$from:$cut" "$file" >>parts
            from=$cut
        done
        "$program" "$@" --byte-range "$from:" "$file" >>parts
        cmp whole parts || fail "$file $*, cut at $cuts (round $round)"
    done
}

lines 30000 >large.log
printf 'errno 2' >>large.log
lines 300 >small.log
{ cat small.log && printf 'errno 2'; } >unended.log
{ printf '\xef\xbb\xbf' && cat small.log; } >marked.log
{ printf '\xff\xfe' && iconv -f utf-8 -t utf-16le small.log && printf x; } >utf16le.log
iconv -f utf-8 -t utf-16be small.log >utf16be.log
for file in small.log unended.log marked.log utf16le.log utf16be.log; do try_cuts $file 8; done
try_cuts large.log 6
try_cuts large.log 2 --style=below -j2
try_cuts small.log 2 --with-filename

# of JSON the numbers of lines are not known
for file in small.log large.log marked.log; do
    "$program" --format=json $file | sed 's/"line":[0-9]*/"line":null/' >whole
    for i in 1 2 3 4 5; do "$program" --format=json --shard $i/5 $file; done | cmp - whole ||
        fail "$file as JSON in five shards"
done

# --stats counts what is in the part
lines=$("$program" --stats --shard 2/3 small.log 2>&1 >part | sed 's/.* bytes, \([0-9]*\) lines.*/\1/')
[ "$lines" = "$(grep -ac '' part)" ] || fail "$lines lines counted, $(grep -ac '' part) written"
