# Sourced by the tests that run systemd-journald in namespaces of their own, beside daemons.sh.
# shellcheck shell=bash
journald=/lib/systemd/systemd-journald
socket=/run/systemd/journal/dev-log

need_journald() { # tools...
    [ -x $journald ] || skip "there is no systemd-journald"
    for tool in journalctl logger "$@"; do
        command -v "$tool" >/dev/null || skip "there is no $tool"
    done
    [ -s /etc/machine-id ] || skip "there is no /etc/machine-id, without which journald does not start"
}

# A journal in /run that knows nothing of the kernel, whose audit it leaves as it is. The group reads it, as
# everywhere; where users are mapped there is only one, and no other group.
configure_journald() {
    mkdir -p /run/systemd/journald.conf.d
    printf '[Journal]\nStorage=volatile\nRateLimitBurst=0\nReadKMsg=no\nAudit=\nForwardToWall=no\n' \
        >/run/systemd/journald.conf.d/test.conf
    install -d -m 2755 -g systemd-journal /run/log/journal 2>/dev/null || mkdir -p /run/log/journal
}

say() { logger -u $socket --socket-errors=on "$@"; }

jobs() { seq -f "job %.0f failed: errno 2" "$1" "$2" | say -t jobs; }

# What shells tell of a signal is no complaint.
complains() { # file
    grep -v 'Terminated$' "$1"
}
