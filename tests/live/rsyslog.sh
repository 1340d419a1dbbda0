#!/usr/bin/env bash
# A real rsyslogd with each of examples/rsyslog as it stands: nothing is lost, doubled, shifted or, with one
# worker, out of order, whatever becomes of errgloss meanwhile.
# usage: rsyslog.sh PROGRAM DAEMONS SOURCE COUNT
set -eu
# shellcheck source=tests/live/daemons.sh
. "$(dirname "$0")/daemons.sh"
daemon=$2/usr/sbin/rsyslogd source=$3 count=$4
[ -x "$daemon" ] || daemon=$(command -v rsyslogd) || skip "there is no rsyslogd"
modules=$(dirname "$(find "$2" /usr/lib -name omprog.so -print -quit 2>/dev/null)")
alone "$@"
mkdir /run/rsyslog
log=/var/log/annotated.log

main_configuration() { # the configuration that is tried
    cat <<CONF
global(workDirectory="/run/rsyslog" maxMessageSize="128k")
main_queue(queue.workerThreads="1" queue.size="50000" queue.timeoutEnqueue="60000" queue.timeoutShutdown="60000")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="/run/in.sock" RateLimit.Interval="0")
input(type="imuxsock" Socket="/run/protocol.sock" RateLimit.Interval="0" useSpecialParser="off" parseHostname="on")
include(file="$1")
action(type="omfile" file="/var/log/plain.log" template="RSYSLOG_FileFormat")
action(type="omfile" file="/var/log/protocol.log" template="RSYSLOG_SyslogProtocol23Format")
CONF
}

start() { # configuration
    main_configuration "$1" >/run/rsyslog.conf
    rm -f /run/*.sock
    "$daemon" -n -f /run/rsyslog.conf -i /run/rsyslogd.pid -M "$modules" >>/run/rsyslogd.log 2>&1 &
    rsyslogd=$!
    wait_for "rsyslogd" test -S /run/in.sock
    wait_for "rsyslogd" test -S /run/protocol.sock
}

stop() {
    kill -TERM "$rsyslogd"
    wait "$rsyslogd" || fail "rsyslogd ended with $?"
}

try() { # example, what is told of it
    echo "- $1: $2"
    rm -f /var/log/* /run/rsyslogd.log /run/rsyslog/*
    start "$source/examples/rsyslog/$1"
}

# messages with numbers of their own and with many codes
jobs() { seq "$1" "$2" | awk '{ print "job " $1 " failed: errno " $1 % 130 + 1 }'; }
send() { logger --tag job --socket-errors=on -u /run/in.sock --size 100000 "$@"; }
send_jobs() {
    jobs "$1" "$2" >"/run/jobs.$1"
    send -f "/run/jobs.$1"
}

arrived() { wait_for "$1 messages in $log" has_lines "$log" "$1"; }

# all that was sent is in the usual file, once and in order: what follows is compared with that
check_plain() { # how many
    wait_for "$1 messages" has_lines /var/log/plain.log "$1"
    awk -v count="$1" '{ sub(/.* job: job /, "") } $1 != NR { bad = 1 } END { exit bad || NR != count }' \
        /var/log/plain.log || fail "rsyslog itself lost messages or their order"
}

check_kept() { /usr/local/bin/errgloss strip "$log" | diff - /var/log/plain.log >/run/difference.log; [ ! -s /run/difference.log ] || fail "$log differs"; }
check_annotated() { /usr/local/bin/errgloss stage syslog </var/log/plain.log | diff - "$log" >/run/difference.log; [ ! -s /run/difference.log ] || fail "$log differs"; }

# each line is the plain one, or that with its own gloss; prints how many percent are
share_of_annotated() {
    # shellcheck disable=SC2094 # it is only read
    /usr/local/bin/errgloss stage syslog </var/log/plain.log | paste -d '\n' - "$log" /var/log/plain.log | awk '
        NR % 3 == 1 { right = $0 } NR % 3 == 2 { came = $0 }
        NR % 3 == 0 { n++; if (came == right) fine++; else if (came != $0) bad = 1 }
        END { print fine * 100 / n; exit bad }' || fail "a message has a gloss of another"
}

try annotate.conf "$count messages keep their order, each has its gloss"
send_jobs 1 "$count"
arrived "$count"
check_plain "$count"
check_annotated
stop

# Kill errgloss so many times, spread over the messages; where these are few they may be through before.
kill_errgloss() { # how often
    local kills=0
    while [ $kills -lt "$1" ] && ! has_lines "$log" "$count"; do
        if has_lines "$log" $((count * (kills + 1) / ($1 + 2))) && pkill -KILL -x errgloss; then kills=$((kills + 1)); fi
        sleep 0.005
    done
    echo "  $kills kills"
}

try annotate.conf "errgloss is killed 20 times meanwhile"
send_jobs 1 "$count" &
sender=$!
kill_errgloss 20
wait $sender
arrived "$count"
check_plain "$count"
check_kept
share=$(share_of_annotated)
echo "  $share % annotated"
[ "$count" -lt 200000 ] || [ "${share%.*}" -ge 97 ] || fail "less than 97 % are annotated"
stop

try annotate.conf "rsyslogd gets SIGHUP, stops and starts while messages flow"
third=$((count / 3))
send_jobs 1 $third
kill -HUP "$rsyslogd"
arrived $((third / 2)) # a queue that is full when rsyslogd is told to stop loses messages
send_jobs $((third + 1)) $((2 * third))
kill -HUP "$rsyslogd"
wait_for "all messages" has_lines /var/log/plain.log $((2 * third)) # what is in its socket dies with rsyslogd
stop
start "$source/examples/rsyslog/annotate.conf"
send_jobs $((2 * third + 1)) "$count"
arrived "$count"
check_plain "$count"
check_kept
echo "  $(share_of_annotated) % annotated"
stop

try annotate-fast.conf "two workers lose nothing"
send_jobs 1 "$count"
arrived "$count"
check_plain "$count"
cmp <(/usr/local/bin/errgloss stage syslog </var/log/plain.log | sort) <(sort "$log") || fail "$log differs"
stop

# What programs and people may write into a log. Lines are one message each; rsyslog itself escapes control bytes.
hostile() {
    printf 'braces {"msg":null} errno 5\n'
    printf '{"msg":null}\n'
    printf 'quotes "errno 2" \\ \\" \\u0000 \\n errno 13\n'
    printf 'invalid \377\376\300 errno 5 \355\240\200\n'
    printf 'control \001\033[31merrno 5\033[0m\tend\r\n'
    printf 'looks like a gloss {EIO: no} {!= x} {? y} errno 5\n'
    printf 'errno 5 %s\n' "$(head -c 65000 /dev/zero | tr '\0' x)"
    head -c 65000 /dev/zero | tr '\0' '"'
    printf ' errno 5\n'
    printf '} ] errno 5 { [\n'
    printf 'the last one: errno 5\n'
}

check_hostile() {
    wait_for "the last message" grep -qs 'the last one' "$log"
    wait_for "the last message" grep -qs 'the last one' /var/log/plain.log
    check_kept
    share_of_annotated >/dev/null
    grep -q 'the last one: errno 5 {EIO: ' "$log" || fail "the last message has no gloss"
}

try annotate.conf "hostile messages come through, each with its own gloss"
hostile >/run/hostile
send -f /run/hostile
check_hostile
LC_ALL=C grep -q $'invalid \377\376\300 errno 5 {EIO: .*} \355\240\200' "$log" || fail "bytes that are no UTF-8 changed"
grep -q '^.*{"msg":null} errno 5 {EIO: ' "$log" || fail "no gloss beside a JSON null"
! grep 'errno 5.* xxxx' "$log" | grep -q EIO || fail "a reply was longer than --max-reply"
stop

# A variant of an example; not as it stands.
variant() { # example, sed expression
    sed "$2" "$source/examples/rsyslog/$1" >"/run/variant.conf"
    rm -f /var/log/* /run/rsyslogd.log
    start /run/variant.conf
}

for input in msg rawmsg fulljson; do
    for into in msg json; do
        echo "- hostile messages by $input into $into, with replies up to 1 MiB"
        variant annotate.conf "s/--input=fulljson/--input=$input --max-reply=1M/; s/\"fulljson\"/\"$input\"/; s/--into=json/--into=$into/"
        send -f /run/hostile
        check_hostile
        check_annotated
        stop
    done
done

echo "- a wrong option, and a catalog that is not there"
variant annotate.conf 's/--input=fulljson/--input=fulltext/'
send_jobs 1 1000
arrived 1000
check_plain 1000
cmp "$log" /var/log/plain.log
grep -q "'fulltext'" /var/log/errgloss.log
stop
variant annotate.conf 's/--input=fulljson/--input=fulljson --catalog=missing.tsv/'
send_jobs 1 1000
arrived 1000
check_plain 1000
check_annotated
grep -q "missing.tsv" /var/log/errgloss.log
stop

echo "- catalogs that change, well and badly"
printf '4001\tCARD_DECLINED\tthe bank declined the card\n' >/run/shop.tsv
printf '[refused]\nmatch = refused \\(code (?<code>\\d+)\\)\nfamily = shop\nsample = refused (code 4001) => 4001\nsilent = 4001\n' >/run/shop.rules
variant annotate.conf 's|--input=fulljson|--input=fulljson --catalog=/run/shop.tsv --rules=/run/shop.rules|'
said() { # pattern: a message like it has come; one more is sent each time
    send "refused (code $code)"
    grep -qs "$1" "$log"
}
code=4001
wait_for "the first gloss" said '(code 4001 {CARD_DECLINED: the bank declined the card})'
printf '4001\tCARD_DECLINED\tthe bank said no\n4002\tCARD_EXPIRED\tthe card is past its date\n' >/run/shop.tsv
code=4002
wait_for "the new gloss" said '(code 4002 {CARD_EXPIRED: the card is past its date})'
printf 'no catalog\n' >/run/shop.tsv
refused() { said never || grep -qs 'stay as they were' /var/log/errgloss.log; }
wait_for "the bad catalog to be told" refused
printf '[refused]\n' >/run/shop.rules
before=$(wc -l <"$log")
send "refused (code 4002)"
arrived $((before + 1))
tail -n 1 "$log" | grep -q CARD_EXPIRED || fail "a bad catalog took the old one's place"
stop

try structured-data.conf "elements are added, ours replaced, texts stay"
send -u /run/protocol.sock --rfc5424=notq --sd-id 'other@32473' --sd-param 'errno="5"' --msgid ID7 'failed: errno 2'
send 'failed: errno 13'
send -u /run/protocol.sock --rfc5424=notq --sd-id 'errgloss@32473' --sd-param 'code="old"' 'failed: errno 5'
log=/var/log/structured.log
arrived 3
grep -q ' job - ID7 \[other@32473 errno="5"\]\[errgloss@32473 code="2" symbol="ENOENT" text="[^"]*"\] failed: errno 2$' "$log"
grep -q ' job - - \[errgloss@32473 code="13" symbol="EACCES" text="[^"]*"\]  *failed: errno 13$' "$log"
grep -q ' job - - \[errgloss@32473 code="5" symbol="EIO" text="[^"]*"\] failed: errno 5$' "$log"
log=/var/log/annotated.log
stop

try tree.conf "variables for templates"
send 'failed: errno 2'
send 'all is well'
send 'failed: errno 13, then errno 5'
wait_for "two messages" has_lines /var/log/codes.json 2
jq -e -s 'length == 2 and .[0].symbol == "ENOENT" and .[1].code == "13" and .[1].family == "errno_linux"' \
    /var/log/codes.json >/dev/null || fail "$(cat /var/log/codes.json)"
stop

try annotated-file.conf "what cannot be written now is kept, also over a stop, and written later"
mkdir "$log"
send_jobs 1 1000
errors() { grep -qs 'annotated.log: Is a directory' /var/log/errgloss.log; }
wait_for "the fault to be told" errors
check_plain 1000
stop
rmdir "$log"
start "$source/examples/rsyslog/annotated-file.conf"
arrived $((1000 - 128)) # rsyslog 8.2302 gives up the batch at hand when it stops
send_jobs 1001 1001
wait_for "the last message" grep -q 'job 1001 ' "$log"
stop

# of a transaction that was not confirmed all comes again
check_at_least_once() {
    sort -u "$log" | /usr/local/bin/errgloss strip | cmp - <(sort /var/log/plain.log) || fail "$log has not each message"
    echo "  $(($(wc -l <"$log") - count)) messages twice"
}
all_there() { [ "$(sed 's/.*: job: job \([0-9]*\) .*/\1/' "$log" | sort -u | wc -l)" = "$count" ]; }

try annotated-file.conf "errgloss is killed 5 times, in the middle of transactions"
send_jobs 1 "$count" &
sender=$!
kill_errgloss 5
wait $sender
wait_for "all messages" all_there
check_plain "$count"
check_at_least_once
mv "$log" "$log.1"
renewed() { kill -HUP "$rsyslogd" && send "job 0 failed: errno 5" && [ -s "$log" ]; }
wait_for "a file in the place of one that was renamed" renewed
stop

failed=no
