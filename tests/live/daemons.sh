# Sourced by the tests that run syslog daemons. They run in namespaces of their own, where /run, /var/log and
# /usr/local/bin are empty folders: so each example is tried as it stands, and nothing outlives a test.
# shellcheck shell=bash

skip() {
    echo "skipped: $1"
    exit 77
}

# Run the script that sourced this anew in such namespaces, with its arguments.
alone() { # program daemons...
    if [ -z "${ERRGLOSS_ALONE:-}" ]; then
        local user=()
        [ "$(id -u)" = 0 ] || user=(--map-root-user)
        local unshare=(unshare "${user[@]}" --mount --pid --fork --kill-child --mount-proc)
        "${unshare[@]}" true 2>/dev/null || skip "namespaces are not permitted here (unshare)"
        ERRGLOSS_ALONE=1 exec "${unshare[@]}" "$0" "$@"
    fi
    for folder in /run /var/log /usr/local/bin; do mount -t tmpfs -o mode=755 tmpfs "$folder"; done
    cp "$1" /usr/local/bin/errgloss
    export LC_ALL=C ASAN_OPTIONS=detect_leaks=0 HOME=/run
    unset XDG_CONFIG_HOME ERRGLOSS_PATH
    trap show_logs EXIT
}

failed=yes
show_logs() {
    [ "$failed" = yes ] || return 0
    for log in /run/*.log /var/log/*; do
        [ ! -f "$log" ] || [ ! -s "$log" ] || { echo "--- $log" && tail -n 8 "$log" | cut -c 1-300; }
    done
}

fail() {
    echo "FAILED: $1" >&2
    exit 1
}

# Wait until a command succeeds; not for ever.
wait_for() { # what, command...
    local what=$1 end=$((SECONDS + 60))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || fail "still waiting for $what"
        sleep 0.02
    done
}

has_lines() { # file, at least so many
    [ -e "$1" ] && [ "$(wc -l <"$1")" -ge "$2" ]
}

is_gone() { # process
    ! kill -0 "$1" 2>/dev/null
}

stage_pid() { pgrep -x errgloss | head -n 1; }
