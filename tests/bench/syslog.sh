#!/usr/bin/env bash
# Messages a second through rsyslog's mmexternal, one worker in order: errgloss beside a plugin that only
# answers {}. usage: syslog.sh [PROGRAM [COUNT [ROUNDS]]], after tests/unpack-daemons.sh build/daemons
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../../build/release/errgloss} count=${2:-200000} rounds=${3:-3}
daemons=$here/../../build/daemons/unpacked
# shellcheck source=tests/live/daemons.sh
. "$here/../live/daemons.sh"
alone "$program" "$count" "$rounds"
mkdir /run/rsyslog
cc -O2 -o /run/answer "$here/answer.c"
seq "$count" | awk '{ print "job " $1 " failed: errno " $1 % 130 + 1 }' >/run/hits
seq "$count" | awk '{ print "job " $1 " took " $1 % 130 + 1 " seconds and went well" }' >/run/plain

run() { # name, plugin with its options, input, messages
    cat >/run/rsyslog.conf <<CONF
global(workDirectory="/run/rsyslog")
module(load="imuxsock" SysSock.Use="off")
module(load="mmexternal")
input(type="imuxsock" Socket="/run/in.sock" RateLimit.Interval="0")
main_queue(queue.workerThreads="1" queue.size="300000" queue.timeoutEnqueue="60000" queue.dequeueBatchSize="64")
action(type="mmexternal" interface.input="$3" binary="$2")
action(type="omfile" file="/var/log/out.log")
CONF
    rm -f /run/in.sock /var/log/out.log
    "$daemons/usr/sbin/rsyslogd" -n -f /run/rsyslog.conf -i /run/rsyslogd.pid -M "$modules" &
    local rsyslogd=$! from
    wait_for rsyslogd test -S /run/in.sock
    from=$(date +%s%N)
    logger --tag job -u /run/in.sock -f "/run/$4"
    wait_for "$count messages" has_lines /var/log/out.log "$count"
    echo "$1 $(awk -v ns=$(($(date +%s%N) - from)) -v n="$count" 'BEGIN { printf "%07.0f", n * 1e9 / ns }')" | tee -a /run/results
    kill $rsyslogd
    wait $rsyslogd
}

modules=$(dirname "$(find "$daemons" -name omprog.so)")
: >/run/results
for _ in $(seq "$rounds"); do
    run "{} msg" "/run/answer" msg hits
    run "{} fulljson" "/run/answer" fulljson hits
    run "errgloss msg, hits" "/usr/local/bin/errgloss stage mmexternal" msg hits
    run "errgloss msg, no hits" "/usr/local/bin/errgloss stage mmexternal" msg plain
    run "errgloss fulljson into json, hits" "/usr/local/bin/errgloss stage mmexternal --input=fulljson --into=json" fulljson hits
done
echo "messages a second, median of $rounds:"
sort /run/results | awk '{ n = $NF; $NF = ""; if ($0 != last && last) show(); last = $0; v[++k] = n }
    function show() { print v[int((k + 1) / 2)] + 0, last; k = 0 } END { show() }'
failed=no
