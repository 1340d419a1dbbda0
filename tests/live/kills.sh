#!/usr/bin/env bash
# Runs that are killed at random moments and resumed end as if nobody had killed them: no file is damaged,
# lost, or annotated twice. usage: kills.sh PROGRAM [ROUNDS]
set -eu
program=$(realpath "$1")
rounds=${2:-50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
RANDOM=13883

mkdir -p logs/old logs/deep/er
for i in $(seq 24); do
    folder=logs/$([ $((i % 3)) = 0 ] && echo old/ || { [ $((i % 3)) = 1 ] && echo deep/er/; } || true)
    seq -f "line %.0f of file $i: errno $i" $((i * 60)) >"$folder$i.log"
    [ $((i % 4)) != 0 ] || gzip "$folder$i.log"
done
chmod 640 logs/old/*
cp -a logs pristine
began=$(date +%s%N)
"$program" -r --output-dir=expected pristine
usual=$((($(date +%s%N) - began) / 1000000)) # milliseconds

sums() { (cd "$1" && find . -type f -not -name .errgloss-journal | sort | xargs sha256sum); }
sums expected >expected.sums

# each file is whole: as it was, or as it is to be; none of another content or missing
check_whole() { # directory, whether files may be missing
    (cd pristine && find . -type f) | while read -r file; do
        if [ ! -e "$1/$file" ]; then
            [ "$2" = yes ] || { echo "$1/$file is gone" && exit 1; }
        else
            cmp -s "$1/$file" "expected/$file" || { [ "$2" = no ] && cmp -s "$1/$file" "pristine/$file"; } ||
                { echo "$1/$file is damaged" && exit 1; }
        fi
    done
}

kills=0
run_and_kill() { # resume options... : until it gets through
    local status resume=
    while :; do
        status=0
        { timeout -s KILL "0.$(printf %04d $((1 + RANDOM % (11 * usual))))" "$program" "$@" $resume 2>err || status=$?; } 2>/dev/null
        [ $status != 0 ] || break
        [ $status = 137 ] || { cat err && echo "status $status" && exit 1; }
        kills=$((kills + 1))
        check_whole "$target" "$missing"
        # without a journal it was killed before it began, or when it was done
        resume=
        if [ -n "$(find "$target" -name .errgloss-journal)" ]; then
            resume=--resume
        elif sums "$target" | cmp -s - expected.sums; then
            break
        fi
    done
}

while [ $kills -lt "$rounds" ]; do
    rm -rf out && mkdir out
    target=out missing=yes
    run_and_kill -r --output-dir=out pristine
    sums out | cmp - expected.sums
    rm -rf logs && cp -a pristine logs
    target=logs missing=no
    run_and_kill -r --in-place logs
    sums logs | cmp - expected.sums
    [ -z "$(find out logs -name '.*')" ] || { find out logs -name '.*' && exit 1; }
    [ "$(stat -c '%a' logs/old/3.log)" = 640 ]
done
echo "$kills kills"
