#!/usr/bin/env bash
# A real systemd-journald with examples/journald as they stand, and the command line of the unit in examples/systemd:
# JSON stays JSON, lines come while they are followed, a stop loses nothing, a start goes on where it stopped.
# usage: journal.sh PROGRAM SOURCE
set -eu
# shellcheck source=tests/live/daemons.sh
. "$(dirname "$0")/daemons.sh"
# shellcheck source=tests/live/journald.sh
. "$(dirname "$0")/journald.sh"
source=$2
need_journald systemd-analyze systemd-cat jq setpriv setsid
alone "$@"
unit=$source/examples/systemd/errgloss-journal.service
log=/var/log/journal.log
readers=$(getent group systemd-journal | cut -d : -f 3)

start_journald() {
    configure_journald
    $journald 2>/run/journald.log &
    wait_for journald test -S $socket
}

send_all_kinds() {
    for priority in emerg alert crit err warning notice info debug; do
        say -t kinds -p "user.$priority" "$priority: errno 2"
    done
    printf 'not UTF-8 \xdc\xff: errno 2\n' | say -t kinds
    printf 'controls \033[31merrno 2\033[0m \001\b\n' | say -t kinds
    printf 'quotes "\\" and {"msg":null} errno 2 {braces}\n' | say -t kinds
    printf 'MESSAGE=two lines: errno 2\nMESSAGE=errno 13\nPRIORITY=3\nNOTE=errno 2\n' | logger --journald
    echo "by stdout: errno 2" | systemd-cat -t kinds -p warning
    say -t kinds "7 packets, none failed"
    journalctl --sync
}

# In a session of its own, so that a signal can reach all its processes, as systemd's does.
follow() { # command...
    : >/run/out
    setsid "$@" >/run/out 2>/run/errors.log &
    followed=$!
}

stop() { # signal
    kill "-$1" -- "-$followed"
    wait "$followed" 2>/dev/null || true
    ! complains /run/errors.log || fail "it wrote to standard error"
}

came() { # text, file
    grep -qa -e "$1" "${2:-/run/out}"
}

check_glosses() { # how many of errno 2 and of errno 13, file
    [ "$(grep -ao 'errno 2 {ENOENT: [^}]*}' "$3" | wc -l)" = "$1" ] || fail "errno 2 is not glossed $1 times in $3"
    [ "$(grep -ao 'errno 13 {EACCES: [^}]*}' "$3" | wc -l)" = "$2" ] || fail "errno 13 is not glossed $2 times in $3"
}

try_text() { # example, format, options...
    echo "- $1 ${*:3}"
    follow "$source/examples/journald/$1" --quiet --no-tail "${@:3}"
    wait_for "what was there" came 'none failed$'
    say -t kinds "$*, errno 13"
    wait_for "a message while it runs" came "$*, errno 13 {EACCES: .*}\$"
    kill -0 "$followed" || fail "$1 has ended"
    stop TERM
    journalctl --quiet --output="$2" "${@:3}" >/run/plain
    errgloss strip /run/out | cmp - /run/plain || fail "$1 changed more than codes"
}

# the members are in another order each time
members() { jq -Sc 'del(.MESSAGE)' "$1"; }
messages() { jq -r '.MESSAGE | strings' "$1"; }

try_json() {
    echo "- json.sh"
    follow "$source/examples/journald/json.sh" --no-tail
    wait_for "what was there" came 'none failed'
    say -t kinds "json.sh, errno 13"
    wait_for "a message while it runs" came 'json.sh, errno 13 {EACCES: [^"]*}"'
    stop TERM
    journalctl --quiet --output=json >/run/plain
    [ "$(jq -c '.MESSAGE | arrays' /run/plain | wc -l)" = 2 ] || fail "two messages should be arrays"
    members /run/out >/run/members || fail "that is no JSON"
    members /run/plain | cmp - /run/members || fail "a member beside MESSAGE changed"
    messages /run/out >/run/messages
    messages /run/plain | cmp - <(errgloss strip /run/messages) || fail "more than codes changed in MESSAGE"
    jq -c '.MESSAGE | arrays' /run/plain | cmp - <(jq -c '.MESSAGE | arrays' /run/out) || fail "an array changed"
}

# What came before a signal is the beginning of the whole.
try_signals() {
    echo "- signals while messages flow"
    for victim in all journalctl; do
        jobs 1 20000 &
        sender=$!
        follow "$source/examples/journald/short.sh" --quiet --no-tail
        wait_for "some lines" has_lines /run/out 1000
        if [ $victim = all ]; then stop TERM; else
            kill -TERM "$(pgrep -g "$followed" -x journalctl)"
            wait_for "the end of the pipe" is_gone "$(pgrep -g "$followed" -x errgloss)"
            wait "$followed" || true
        fi
        wait $sender
        journalctl --sync
        journalctl --quiet --output=short | errgloss >/run/whole
        cmp -n "$(stat -c %s /run/out)" /run/out /run/whole || fail "lines are missing after SIGTERM to $victim"
    done
}

# ExecStart as systemd would read it, with the environment that it would give and a user without rights.
start_unit() {
    local command user=(setpriv "--reuid=65534" "--regid=65534" "--groups=$readers" --no-new-privs --bounding-set=-all)
    "${user[@]}" true 2>/dev/null || user=()
    command=$(sed -n '/^ExecStart=/,/[^\\]$/p' "$unit" | sed 's/\\$//' | tr -d '\n')
    command=${command#ExecStart=}
    follow env -i "PATH=/usr/local/bin:/usr/bin:/bin" "ASAN_OPTIONS=$ASAN_OPTIONS" STATE_DIRECTORY=/run/state \
        LOGS_DIRECTORY=/var/log "${user[@]}" sh -c "exec ${command//'$$'/'$'}"
}

folders_of_unit() {
    mkdir /run/state
    chown 65534 /run/state /var/log 2>/dev/null || true
}

lines() { wc -l <$log; }

try_unit() {
    echo "- the unit's command: started and stopped while messages flow"
    for round in $(seq 10); do
        start_unit
        jobs $((round * 1000)) $((round * 1000 + 999)) &
        sender=$!
        wait_for "the unit to copy" has_lines $log $(($(lines 2>/dev/null || echo 0) + 1 + RANDOM % 900))
        stop TERM
        wait $sender
    done
    journalctl --sync
    start_unit
    say -t kinds "the last: errno 13"
    wait_for "the last message" came "the last: errno 13 {EACCES: .*}\$" $log
    stop TERM
    journalctl --quiet --output=short | cmp - <(errgloss strip $log) || fail "the copy is not the journal"
    [ "$(grep -ac 'job .* failed: errno 2 {ENOENT: .*}$' $log)" = $((10000 + 40000)) ] || fail "not all codes are glossed"
}

jobs_there() { # from: how many of the 5000 from there are in the file
    grep -ao "job $1.... failed: errno 2 {ENOENT: [^}]*}" $log | sort -u | wc -l
}

all_there() { [ "$(jobs_there "$1")" = 5000 ]; }

try_killed_unit() {
    echo "- the unit's command: killed"
    local have
    for round in 0 1 2 3 4; do
        have=$(lines)
        start_unit
        jobs $((30000 + round * 1000)) $((30999 + round * 1000))
        wait_for "the unit to copy" has_lines $log $((have + 1))
        stop KILL
    done
    start_unit
    wait_for "all that was sent" all_there 3
    stop TERM
    echo "  $(($(grep -ac 'job 3.... failed' $log) - 5000)) lines came twice"
}

fails_with() { # message
    wait_for "it to fail" is_gone "$followed"
    ! wait "$followed" || fail "$1 is no failure"
    came "$1" /run/errors.log || fail "nothing tells: $1"
}

try_full_disk() {
    echo "- the unit's command: a full disk"
    mount -t tmpfs -o size=4m,mode=777 tmpfs /var/log
    head -c 4000k /dev/zero >/var/log/filler
    start_unit
    jobs 40000 44999
    fails_with "No space left on device"
    rm /var/log/filler
    start_unit
    wait_for "all that was sent" all_there 4
    stop TERM
    ! came '[0-9]:[0-9][0-9] .*[0-9]:[0-9][0-9] ' $log || fail "a line was put behind one that was cut short"
}

# A journalctl that fails is no pass either.
try_broken_cursor() {
    echo "- the unit's command: a broken cursor"
    echo broken >/run/state/cursor
    start_unit
    fails_with "seek to cursor"
}

check_unit_file() {
    echo "- the unit: systemd-analyze"
    systemd-analyze verify "$unit" >/run/errors.log 2>&1 || fail "the unit is not valid"
    [ ! -s /run/errors.log ] || fail "systemd-analyze verify warns"
    systemd-analyze security --offline=yes --threshold=15 --no-pager "$unit" >/run/security || fail "the unit is exposed"
    tail -n 1 /run/security
}

start_journald
send_all_kinds
try_text short.sh short
check_glosses 11 2 /run/out
try_text short.sh short --all
check_glosses 13 3 /run/out
try_text cat.sh cat
check_glosses 13 4 /run/out
try_json
check_glosses 11 5 /run/out
try_signals
check_unit_file
folders_of_unit
try_unit
try_killed_unit
try_full_disk
try_broken_cursor
failed=no
