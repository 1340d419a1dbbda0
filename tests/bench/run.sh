#!/usr/bin/env bash
# Measures errgloss against cat and the tools that people use in its place, all in this run, in turn, and
# writes what came to tests/bench/runs/DATE-HOST.md: ratios tell, absolute figures are this machine's.
#
#   tests/bench/run.sh [--rounds N] [--size MB] [--no-install] [--to FILE]
#
# Corpora: the natural logs of ../shared/corpus/raw.tar.xz where they are at hand (mixed.log all of them,
# windows.log those of Windows), else generated lines; nothing.log, in which no rule finds anything, comes first.
set -eu
cd "$(dirname "$0")/../.."
rounds=7 size=200 install=yes to=
while [ $# -gt 0 ]; do
    case $1 in
    --rounds) rounds=$2 && shift ;;
    --size) size=$2 && shift ;;
    --no-install) install=no ;;
    --to) to=$2 && shift ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" && exit 2 ;;
    esac
    shift
done
[ $install = no ] || ./examples/install-packages.sh gcc libc6-dev cmake ninja-build pkg-config libpcre2-dev \
    libjansson-dev libexpat1-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev liblz4-dev libarchive-dev \
    ripgrep perl gawk mawk sed binutils xz-utils
cmake --preset release >/dev/null
cmake --build --preset release >/dev/null
errgloss=$PWD/build/release/errgloss
work=build/bench
mkdir -p $work/raw
cc -O2 -D_GNU_SOURCE -o $work/measure tests/bench/measure.c
measure=$work/measure
to=${to:-tests/bench/runs/$(date +%F).md}

# ---- corpora ----

repeat() { # FILE until it has $size MB
    local bytes=$((size * 1000000)) have
    have=$(stat -c %s "$1")
    while [ "$have" -lt $bytes ]; do
        cat "$1" "$1" >"$1.twice"
        mv "$1.twice" "$1"
        have=$((2 * have))
    done
    head -c $bytes "$1" | sed '$d' >"$1.cut" && mv "$1.cut" "$1"
}

generated() { # lines of a daemon, of which one in 25 reports an error
    seq 1 40000 | awk '{
        printf "Mar %2d %02d:%02d:%02d web%d app[%d]: ", $1 % 28 + 1, $1 / 3600 % 24, $1 / 60 % 60, $1 % 60, $1 % 7, 900 + $1 % 90
        if ($1 % 25 == 0) printf "cannot open /srv/data/%d.db: error %d\n", $1, $1 % 130
        else printf "request %d of user %d served in %d ms, %d bytes, status ok\n", $1, $1 * 7 % 1000, $1 % 300, $1 * 31 % 90000 }'
}

raw=../shared/corpus/raw.tar.xz
if [ ! -f $work/mixed.log ] || [ "$(stat -c %s $work/mixed.log)" -lt $((size * 900000)) ]; then
    if [ -f $raw ]; then
        tar -xJf $raw -C $work/raw
        find $work/raw -type f | sort | xargs cat >$work/mixed.log
        find $work/raw -type f | grep -E '/(cbs|dism|event|iis|msi|netsetup|setup|wua|mrt|loghub-Windows)' | sort | xargs cat >$work/windows.log
    else
        generated >$work/mixed.log
        generated | sed 's/$/\r/; s/^\(.\{15\}\) web\([0-9]*\) /2026-03-0\2 \1, Info  CBS /' >$work/windows.log
    fi
    # every digit gone, nothing is left to find
    tr '0-9' 'a-j' <$work/mixed.log >$work/nothing.log
    for log in mixed windows nothing; do repeat $work/$log.log; done
fi

# ---- measuring ----

pattern='(?i)(?:error|err|code|status|failed|hr|hresult|rc|errno)\W{1,3}(0x[0-9a-f]{1,8}|[0-9]{1,5})\b'
posix='(error|err|code|status|failed|hr|hresult|rc|errno)[^a-z0-9]{1,3}(0x[0-9a-f]{1,8}|[0-9]{1,5})'
cat >$work/table.pl <<EOF
my %t = map { (\$_, "NAME\$_") } 0 .. 5250;
while (<STDIN>) { s/$pattern(?{})/my \$m = \$&; exists \$t{\$1} ? "\$m [\$t{\$1}]" : \$m/gie; print }
EOF
sed -i 's/(?{})//' $work/table.pl
cat >$work/table.awk <<EOF
BEGIN { for (i = 0; i < 5251; i++) t[i] = "NAME" i }
{ line = tolower(\$0); out = ""; rest = \$0
  while (match(line, /$posix/)) { n = substr(line, RSTART, RLENGTH); sub(/^.*[^0-9a-fx]/, "", n)
    out = out substr(rest, 1, RSTART + RLENGTH - 1) (n in t ? " [" t[n] "]" : "")
    rest = substr(rest, RSTART + RLENGTH); line = substr(line, RSTART + RLENGTH) }
  print out rest }
EOF

declare -A tools=(
    [cat]="cat"
    [errgloss]="$errgloss"
    [rg]="rg --passthru -r \$0[NAME] $pattern"
    [perl]="perl $work/table.pl"
    [gawk]="gawk -f $work/table.awk"
    [mawk]="mawk -f $work/table.awk"
    [sed]="sed -E s/$posix/&[NAME]/Ig"
    [c++filt]="c++filt"
)
names=()
for tool in cat errgloss rg perl gawk mawk sed c++filt; do
    command -v "${tools[$tool]%% *}" >/dev/null && names+=("$tool")
done

median() { sort -g | awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

one() { # KIND PIPE_KIB LOG TOOL: a line of numbers, kept beside
    # slow peers get the first tenth of the log: their rate is what counts
    local log=$3 kind=$1
    case $4 in perl | gawk | mawk | sed | c++filt | rg) log=$work/tenth-$(basename "$3") ;; esac
    # shellcheck disable=SC2086
    set -- $2 "$log" ${tools[$4]}
    $measure "$kind" "$@"
}

compare() { # TITLE KIND PIPE_KIB LOG TOOL...
    local title=$1 kind=$2 kib=$3 log=$4 tool
    shift 4
    rm -f $work/numbers-*
    head -c $((size * 100000)) "$log" >"$work/tenth-$(basename "$log")"
    for _ in $(seq "$rounds"); do
        for tool in "$@"; do
            one "$kind" "$kib" "$log" "$tool" | awk -v size="$(
                case $tool in cat | errgloss*) stat -c %s "$log" ;; *) stat -c %s "$work/tenth-$(basename "$log")" ;; esac
            )" '{ print size / 1e6 / $1, ($2 + $3) / size * 1e9, $4 / 1024 }' >>"$work/numbers-$tool"
        done
    done
    local base
    base=$(cut -d' ' -f1 $work/numbers-cat | median)
    printf '\n### %s\n\n| tool | MB/s | x cat | cpu-s/GB | peak MiB | MB/s of each round |\n|---|---|---|---|---|---|\n' "$title"
    for tool in "$@"; do
        awk -v tool="$tool" -v base="$base" \
            -v rate="$(cut -d' ' -f1 "$work/numbers-$tool" | median)" \
            -v cpu="$(cut -d' ' -f2 "$work/numbers-$tool" | median)" \
            -v peak="$(cut -d' ' -f3 "$work/numbers-$tool" | median)" \
            '{ all = all sprintf(" %.0f", $1) } END { printf "| %s | %.0f | %.3f | %.2f | %.1f |%s |\n", tool, rate, rate / base, cpu, peak, all }' \
            "$work/numbers-$tool"
    done
}

starts() {
    printf '\n### Start to exit on empty input\n\n| tool | ms |\n|---|---|\n'
    for tool in "${names[@]}"; do
        # shellcheck disable=SC2086
        for _ in $(seq 21); do $measure start ${tools[$tool]}; done | cut -d' ' -f1 | median |
            awk -v tool="$tool" '{ printf "| %s | %.2f |\n", tool, $1 * 1000 }'
    done
}

latencies() {
    printf '\n### A line each millisecond through a pipe, µs from write to read\n\n| tool | p50 | p90 | p99 | longest |\n|---|---|---|---|---|\n'
    for tool in cat errgloss; do
        for _ in 1 2 3; do
            # shellcheck disable=SC2086
            $measure latency 3000 $work/mixed.log ${tools[$tool]}
        done | sort -g | sed -n 2p | awk -v tool="$tool" '{ printf "| %s | %s | %s | %s | %s |\n", tool, $1, $2, $3, $4 }'
    done
}

# More rules of one's own, no line hits them: the cost is to grow with the bytes, not with the rules.
growth_by_rules() {
    printf '\n### Growth by rules (mixed.log, own rules that hit nothing added)\n\n| rules added | MB/s |\n|---|---|\n'
    printf '1\tONE\tthe only code of this catalog\n' >$work/growth.tsv
    for count in 0 30 100 300; do
        for i in $(seq $count); do
            printf '[own-%d]\nmatch = \\b(?:widget%d|gadget%d) (?:failed|error)[: ]{1,2}(?<code>\\d{1,5})\\b\nfamily = growth\nsample = widget%d failed: 1 => 1\nsilent = widget 1\n' "$i" "$i" "$i" "$i"
        done >$work/growth.rules
        for _ in $(seq "$rounds"); do
            $measure stream 1024 $work/mixed.log "$errgloss" -j1 --catalog $work/growth.tsv --rules $work/growth.rules
        done | cut -d' ' -f1 | median | awk -v n=$count -v size="$(stat -c %s $work/mixed.log)" '{ printf "| %d | %.0f |\n", n, size / 1e6 / $1 }'
    done
}

growth_by_hits() {
    printf '\n### Growth by hits (generated lines)\n\n| lines with a hit | MB/s |\n|---|---|\n'
    for percent in 0 1 10 50 100; do
        seq 1 200000 | awk -v p=$percent '{ if ($1 % 100 < p) printf "Mar  1 10:00:00 web1 app[%d]: cannot open /srv/data/%d.db: error %d\n", $1 % 900, $1, $1 % 130 + 1
            else printf "Mar  1 10:00:00 web1 app[%d]: the file /srv/data/%d.db is open, %d rows\n", $1 % 900, $1, $1 % 130 }' >$work/hits.log
        for _ in $(seq "$rounds"); do $measure stream 1024 $work/hits.log "$errgloss" -j1; done | cut -d' ' -f1 | median |
            awk -v p=$percent -v size="$(stat -c %s $work/hits.log)" '{ printf "| %d %% | %.0f |\n", p, size / 1e6 / $1 }'
    done
}

hostile() {
    printf '\n### Hostile inputs (16 MB each, JSON is not asked for, output to a pipe)\n\n| input | MB/s |\n|---|---|\n'
    local bytes=16000000
    { yes 7 | tr -d '\n' || true; } 2>/dev/null | head -c $bytes >$work/hostile-one-line-of-digits
    { yes 'error failed status code result' | tr '\n' ' ' || true; } 2>/dev/null | head -c $bytes >$work/hostile-one-line-of-keywords
    { yes 'error 5' | tr '\n' ' ' || true; } 2>/dev/null | head -c $bytes >$work/hostile-a-hit-each-8-bytes
    { yes 'error 5 0x80070005 failed' || true; } 2>/dev/null | head -c $bytes >$work/hostile-short-lines-of-hits
    head -c $bytes /dev/urandom >$work/hostile-random-bytes
    for input in "$work"/hostile-*; do
        for _ in 1 2 3; do $measure stream 1024 "$input" "$errgloss" -j1; done | cut -d' ' -f1 | median |
            awk -v name="$(basename "$input" | sed 's/hostile-//; s/-/ /g')" -v size=$bytes '{ printf "| %s | %.0f |\n", name, size / 1e6 / $1 }'
    done
}

threads() {
    printf '\n### Threads (to /dev/null)\n\n| log | -j | MB/s |\n|---|---|---|\n'
    for _ in 1 2 3 4 5; do cat $work/mixed.log; done >$work/mixed5.log
    for log in mixed mixed5; do
        for jobs in 1 2; do
            for _ in $(seq "$rounds"); do
                /usr/bin/env bash -c "TIMEFORMAT=%R; time $errgloss -j$jobs $work/$log.log >/dev/null" 2>&1
            done | median | awk -v name=$log.log -v n=$jobs -v size="$(stat -c %s $work/$log.log)" '{ printf "| %s | %d | %.0f |\n", name, n, size / 1e6 / $1 }'
        done
    done
    rm $work/mixed5.log
}

tools[errgloss]="$errgloss -j1"
{
    printf '# Measured on %s\n\n' "$(date +%F)"
    # shellcheck disable=SC2016
    printf '`tests/bench/run.sh --rounds %s --size %s` on %s, Linux %s; medians of the rounds, tools in turn.\n\n' \
        "$rounds" "$size" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort | uniq -c | awk '{ $1 = $1 " x"; print }')" "$(uname -r)"
    printf -- '- errgloss %s, %s, %s\n' "$("$errgloss" --version | head -n 1)" "$("$errgloss" list | tail -n 1)" "$(cc --version | head -n 1)"
    for tool in cat rg perl gawk mawk sed c++filt; do
        command -v $tool >/dev/null && printf -- '- %s: %s\n' $tool "$($tool --version 2>&1 </dev/null | grep -m1 -E '[0-9]\.[0-9]' || $tool -W version 2>&1 | head -n 1)"
    done
    for log in nothing mixed windows; do
        compare "$log.log to a pipe of 1 MiB" stream 1024 $work/$log.log "${names[@]}"
    done
    compare "mixed.log to a pipe as it is (64 KiB for the others, errgloss widens its own)" stream "" $work/mixed.log cat errgloss
    compare "windows.log to a pipe as it is" stream "" $work/windows.log cat errgloss
    compare "mixed.log as a stage between two pipes as they are" stage "" $work/mixed.log cat errgloss
    threads
    starts
    latencies
    growth_by_rules
    growth_by_hits
    hostile
} | tee "$to"
