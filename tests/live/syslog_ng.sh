#!/usr/bin/env bash
# A real syslog-ng with each of examples/syslog-ng as it stands: with flow control nothing is lost, doubled or out of
# order, and what comes back is the message that went, with its own gloss.
# usage: syslog_ng.sh PROGRAM DAEMONS SOURCE COUNT
set -eu
# shellcheck source=tests/live/daemons.sh
. "$(dirname "$0")/daemons.sh"
daemon=$2/usr/sbin/syslog-ng source=$3 count=$4
[ -x "$daemon" ] || skip "there is no syslog-ng in $2"
command -v ip >/dev/null || skip "there is no ip (iproute2)"
libraries=$(realpath "$2/usr/lib/syslog-ng")
LD_LIBRARY_PATH=$libraries "$daemon" --version >/dev/null 2>&1 ||
    skip "a library of syslog-ng is missing: $(LD_LIBRARY_PATH=$libraries ldd "$daemon" | grep 'not found')"
alone "$@"
log=/var/log/annotated.log plain=/var/log/plain.log protocol=/var/log/protocol.log

main_configuration() { # the configuration that is tried
    cat <<CONF
@version: 3.38
options { stats-freq(0); keep-hostname(yes); use-dns(no); dns-cache(no); log-msg-size(131072); };
source s_src {
    unix-dgram("/run/in.sock");
    file("/run/in.log" flags(syslog-protocol) follow-freq(0.1));
};
destination d_plain { file("$plain" template("\${ISODATE} \${HOST} \${MSGHDR}\${MSG}\n") flags(no-multi-line)); };
destination d_protocol { file("$protocol" flags(syslog-protocol, no-multi-line) frac-digits(6)); };
log { source(s_src); destination(d_plain); destination(d_protocol); flags(flow-control); };
@include "$1"
CONF
}

# syslog-ng, with a loopback of its own
start() { # configuration
    main_configuration "$1" >/run/syslog-ng.conf
    LD_LIBRARY_PATH=$libraries unshare --net bash -c 'ip link set lo up && exec "$@"' - \
        "$daemon" -F -e --no-caps -f /run/syslog-ng.conf --module-path "$(echo "$libraries"/[0-9]*)" \
        -R /run/syslog-ng.persist -c /run/syslog-ng.ctl -p /run/syslog-ng.pid >>/run/syslog-ng.log 2>&1 &
    syslog_ng=$!
    wait_for "syslog-ng" test -S /run/in.sock
    wait_for "errgloss" pgrep -x errgloss >/dev/null
}

stop() {
    local child
    child=$(stage_pid)
    kill -TERM "$syslog_ng"
    wait "$syslog_ng" || fail "syslog-ng ended with $?"
    [ -z "$child" ] || wait_for "errgloss to end" is_gone "$child"
}

begin() { # what is tried
    echo "- $1"
    rm -rf /var/log/* /run/*
}

try() { # example, what is told of it
    begin "$1: $2"
    start "$source/examples/syslog-ng/$1"
}

# A variant of an example; not as it stands.
variant() { # example, sed expression
    sed "$2" "$source/examples/syslog-ng/$1" >/run/variant.conf
    start /run/variant.conf
}

statistics() { LD_LIBRARY_PATH=$libraries "$daemon-ctl" stats -c /run/syslog-ng.ctl; }
sum_of() { # a counter; empty where nothing counts it
    statistics | awk -F ';' -v what="$1" 'NF > 2 && $(NF - 1) == what { n++; sum += $NF } END { if (n) print sum + 0 }'
}
nothing_waits() { [ "$(sum_of queued)" = 0 ]; }
hang_up() {
    local before
    before=$(grep -c 'reload finished' /run/syslog-ng.log || true)
    reloaded() { [ "$(grep -c 'reload finished' /run/syslog-ng.log)" -gt "$before" ]; }
    kill -HUP "$syslog_ng"
    wait_for "the reload" reloaded
}

# messages with numbers of their own and with many codes
jobs() { seq "$1" "$2" | awk '{ print "job " $1 " failed: errno " $1 % 130 + 1 }'; }
send() { logger --tag job --socket-errors=on -u /run/in.sock --size 100000 "$@"; }
send_jobs() {
    jobs "$1" "$2" >"/run/jobs.$1"
    send -f "/run/jobs.$1"
}

# the same from many hosts and programs, of all priorities; first into another file, lest a half is read
send_records() { # from, to
    jobs "$1" "$2" | awk '{ n = $2
        sd = n % 3 ? sprintf("[job@32473 id=\"%d\" note=\"errno 5 \\\"quoted\\\" \\]\"][two@32473 a=\"b\"]", n) : "-"
        printf "<%d>1 2026-01-02T03:04:05.%06d%s host%d program%d %s ID%d %s %s%s\n", n % 192, n % 1000000,
            n % 2 ? "Z" : "+05:30", n % 7, n % 50, n % 4 ? n : "-", n % 5, sd, n % 11 ? "" : "\357\273\277", $0 }' >/run/records
    cat /run/records >>/run/in.log
}

arrived() { wait_for "$1 messages in $log" has_lines "$log" "$1"; }

# all that was sent is in the usual file, once and in order: what follows is compared with that
check_plain() { # how many
    wait_for "$1 messages" has_lines "$plain" "$1"
    wait_for "$1 messages" has_lines "$protocol" "$1"
    awk -v count="$1" '{ sub(/.*job /, "") } $1 != NR { bad = 1 } END { exit bad || NR != count }' "$plain" ||
        fail "syslog-ng itself lost messages or their order"
}

# each destination counts what it wrote by itself
uncounted() { sed 's/\[meta sequenceId="[0-9]*"\]//' "$@"; }
check_kept() { /usr/local/bin/errgloss strip "$log" | uncounted | cmp - <(uncounted "$protocol") || fail "$log differs"; }
texts() { awk '{ match($0, /job [0-9]/); print substr($0, RSTART ? RSTART : 1) }' "$@"; }
check_glosses() { texts "$plain" | /usr/local/bin/errgloss | cmp - <(texts "$log") || fail "$log has wrong glosses"; }
check_nothing_dropped() { [ "$(sum_of dropped)" = 0 ] || fail "syslog-ng dropped messages"; }
check_annotated() { /usr/local/bin/errgloss "$plain" | cmp - "$log" || fail "$log differs"; }

try destination.conf "$count messages keep their order, each has its gloss"
send_jobs 1 "$count"
arrived "$count"
check_plain "$count"
check_annotated
check_nothing_dropped
stop

try destination.conf "stopped while errgloss has yet to read: all is written"
send_jobs 1 1
arrived 1
child=$(stage_pid)
kill -STOP "$child"
send_jobs 2 500
check_plain 500
wait_for "the queue to be empty" nothing_waits
kill -TERM "$syslog_ng"
wait "$syslog_ng" || fail "syslog-ng ended with $?"
kill -CONT "$child"
wait_for "errgloss to end" is_gone "$child"
check_annotated

try destination.conf "rotated three times while messages flow"
send_jobs 1 "$count" &
sender=$!
for turn in 1 2 3; do
    wait_for "a part of the messages" has_lines "$plain" $((count * turn / 5))
    wait_for "a new file" test -e "$log"
    mv "$log" "$log.$turn"
    hang_up
    # one that is ended before it has begun takes with it what was sent to it
    has_begun() { [ "$(grep -c begins /var/log/errgloss.log)" -gt "$turn" ]; }
    wait_for "the next errgloss" has_begun
done
wait $sender
check_plain "$count"
all_came() { [ "$(cat "$log"* | wc -l)" -ge "$count" ]; }
wait_for "all messages" all_came
/usr/local/bin/errgloss "$plain" | sort | cmp - <(sort "$log"*) || fail "the files differ"
check_nothing_dropped
stop

for example in round-trip.conf round-trip-socket.conf; do
    try $example "$count messages keep host, program, priority, time, structured data and order"
    send_records 1 "$count"
    arrived "$count"
    check_plain "$count"
    check_kept
    check_glosses
    check_nothing_dropped
    stop
done

try round-trip.conf "a reload leaves errgloss as it is"
child=$(stage_pid)
send_jobs 1 1000
arrived 1000
hang_up
send_jobs 1001 2000
arrived 2000
check_plain 2000
check_kept
check_glosses
[ "$(stage_pid)" = "$child" ] || fail "errgloss began anew"
stop

try round-trip-socket.conf "five reloads while messages flow"
child=$(stage_pid)
send_jobs 1 "$count" &
sender=$!
for turn in 1 2 3 4 5; do
    wait_for "a part of the messages" has_lines "$plain" $((count * turn / 7))
    hang_up
done
wait $sender
arrived "$count"
check_plain "$count"
check_kept
check_glosses
[ "$(stage_pid)" = "$child" ] || fail "errgloss began anew"
check_nothing_dropped
stop

# What was in errgloss when it was killed is lost, and nothing else: the others come once, in order, with their own
# glosses. A line that it had begun to write into a FIFO may have the next one behind it, one for each kill at most.
check_killed() { # how many may be torn
    texts "$plain" | /usr/local/bin/errgloss | awk -v most="$1" '
        NR == FNR { right[++sent] = $0; next }
        { came++; at = last + 1; while (at <= sent && right[at] != $0) at++ }
        at <= sent { last = at; next }
        /<[0-9]+>1 / { torn++; next }
        { wrong++ }
        END { printf "  %d of %d lost, %d torn\n", sent - came, sent, torn; exit wrong || torn > most || last != sent }
        ' - <(texts "$log") || fail "$log has messages twice, out of order or with glosses of others"
}

is_new() { # process that was
    local now
    now=$(stage_pid)
    [ -n "$now" ] && [ "$now" != "$1" ]
}
kill_stage() {
    local child
    child=$(stage_pid)
    kill -KILL "$child"
    wait_for "a new errgloss" is_new "$child"
}

for example in destination.conf round-trip.conf round-trip-socket.conf; do
    try $example "errgloss is killed 5 times while messages flow"
    sixth=$((count / 6)) before=0
    for turn in 0 1 2 3 4; do
        send_jobs $((turn * sixth + 1)) $(((turn + 1) * sixth)) &
        sender=$!
        wait_for "a part of the messages" has_lines "$log" $((before + 1))
        kill_stage
        wait $sender
        before=$(wc -l <"$log")
    done
    send_jobs $((5 * sixth + 1)) $((6 * sixth))
    check_plain $((6 * sixth))
    last_came() { tail -n 1 "$log" | grep -q "job $((6 * sixth)) failed"; }
    wait_for "the last message" last_came
    check_killed "$([ $example = round-trip.conf ] && echo 5 || echo 0)"
    stop
done

# What programs and people may write into a log. A message may have several lines, or too long ones for most.
hostile() {
    printf 'braces {"msg":null} errno 5\n'
    printf 'quotes "errno 2" \\ \\" \\u0000 \\n errno 13\n'
    printf 'invalid \377\376\300 errno 5 \355\240\200\n'
    printf 'control \001\033[31merrno 5\033[0m\tend\r\n'
    printf 'looks like a gloss {EIO: no} {!= x} {? y} errno 5\n'
    printf '<34>1 - - - - - - a message within: errno 5\n'
    printf 'errno 5 %s\n' "$(head -c 65000 /dev/zero | tr '\0' x)"
    head -c 65000 /dev/zero | tr '\0' '"'
    printf ' errno 5\n'
    printf '} ] errno 5 { [\n'
}

for example in destination.conf round-trip.conf round-trip-socket.conf; do
    try $example "hostile messages come through"
    hostile >/run/hostile
    send -f /run/hostile
    send "$(printf 'three lines: errno 2\n<11>1 - - - - - - the second\nerrno 13')"
    send 'the last one: errno 5'
    arrived 11
    wait_for "the last message" grep -q 'the last one' "$plain"
    wait_for "the last message" grep -q 'the last one: errno 5 {EIO: ' "$log"
    if [ $example = destination.conf ]; then
        check_annotated
    else
        check_kept
    fi
    LC_ALL=C grep -q $'invalid \377\376\300 errno 5 {EIO: .*} \355\240\200' "$log" || fail "bytes that are no UTF-8 changed"
    grep -q 'three lines: errno 2 {ENOENT: .*} <11>1 .* errno 13 {EACCES: ' "$log" || fail "lines of a message were torn apart"
    [ "$(wc -l <"$log")" = 11 ] || fail "a message became two"
    stop
done

begin "a wrong option: messages pass as they are"
variant round-trip.conf 's/stage syslog/stage syslog --max-summary=many/'
send_jobs 1 1000
arrived 1000
check_plain 1000
cmp <(uncounted "$log") <(uncounted "$protocol") || fail "$log differs"
grep -q "'many'" /var/log/errgloss.log || fail "errgloss.log does not tell"
stop

begin "a catalog that changes"
printf '4001\tCARD_DECLINED\tthe bank declined the card\n' >/run/shop.tsv
printf '[refused]\nmatch = refused \\(code (?<code>\\d+)\\)\nfamily = shop\nsample = refused (code 4001) => 4001\nsilent = 4001\n' >/run/shop.rules
variant destination.conf 's|stage syslog|stage syslog --catalog=/run/shop.tsv --rules=/run/shop.rules|'
child=$(stage_pid)
said() { # code, pattern: a message like it has come; one more is sent each time
    send "refused (code $1)"
    grep -q "$2" "$log"
}
wait_for "the first gloss" said 4001 '(code 4001 {CARD_DECLINED: the bank declined the card})'
printf '4001\tCARD_DECLINED\tthe bank said no\n4002\tCARD_EXPIRED\tthe card is past its date\n' >/run/shop.tsv
wait_for "the new gloss" said 4002 '(code 4002 {CARD_EXPIRED: the card is past its date})'
printf 'no catalog\n' >/run/shop.tsv
told() { said 4001 never || grep -q 'stay as they were' /var/log/errgloss.log; }
wait_for "the bad catalog to be told" told
before=$(wc -l <"$log")
send "refused (code 4002)"
arrived $((before + 1))
tail -n 1 "$log" | grep -q CARD_EXPIRED || fail "a bad catalog took the old one's place"
[ "$(stage_pid)" = "$child" ] || fail "errgloss began anew"
stop

try source.conf "tail -F is followed over a rotation, and a killed errgloss begins anew"
log=/var/log/app-annotated.log
written=0
shown() { # one more line is written each time, until one is there
    written=$((written + 1))
    echo "line $written: errno 2" >>/var/log/app.log
    grep -q "$1" "$log" 2>/dev/null
}
gloss=' app: line [0-9]*: errno 2 {ENOENT: '
wait_for "the first line" shown "$gloss"
mv /var/log/app.log /var/log/app.log.1
rotated=$written
after() { grep "$gloss" "$log" | sed 's/.* line \([0-9]*\):.*/\1/' | awk -v after="$1" '$1 > after { n++ } END { exit !n }'; }
came_after() { shown never || after "$1"; }
wait_for "a line after the rotation" came_after $rotated
kill_stage
killed=$written
wait_for "a line after the kill" came_after $killed
stop

failed=no
