#!/usr/bin/env bash
# The unit of examples/systemd as it stands, under a systemd that is booted for it alone in namespaces of its own: it
# works under all its hardening, makes no system call that it forbids, and survives restarts and rotations.
# usage: journal_unit.sh PROGRAM SOURCE
set -eu
# shellcheck source=tests/live/daemons.sh
. "$(dirname "$0")/daemons.sh"
# shellcheck source=tests/live/journald.sh
. "$(dirname "$0")/journald.sh"
systemd=/lib/systemd/systemd
unit=$2/examples/systemd/errgloss-journal.service
namespaces=(unshare --mount --uts --ipc --net --cgroup)

check_needs() {
    [ "$(id -u)" = 0 ] || skip "only root can boot a systemd"
    need_journald $systemd systemctl nsenter
    groups=$(findmnt --noheadings --first-only --types cgroup2 --output TARGET) || skip "there is no cgroup2"
    # the user namespace is for PrivateUsers= of the unit; in a chroot there is none to have
    "${namespaces[@]}" unshare --user true 2>/dev/null || skip "namespaces are not permitted here (unshare)"
}

# A control group for the systemd, in which nothing is left behind.
enter_group() {
    group=$groups/errgloss-test-$$
    mkdir "$group" 2>/dev/null || skip "control groups cannot be made here"
    trap leave_group EXIT
    (
        echo "$BASHPID" 2>/dev/null >"$group/cgroup.procs" || skip "control groups cannot be entered here"
        ERRGLOSS_ALONE=1 exec "${namespaces[@]}" "$0" "$@"
    )
}

is_left() { find "$group" -depth -type d -exec rmdir {} + 2>/dev/null; }

# shellcheck disable=SC2317 # the trap calls it
leave_group() {
    echo 1 2>/dev/null >"$group/cgroup.kill" || true
    wait_for "the end of what was started" is_left
}

if [ -z "${ERRGLOSS_ALONE:-}" ]; then
    check_needs
    enter_group "$@"
    exit
fi

# A /dev of its own: the machine's would get a link to this journal.
make_devices() {
    mount -t tmpfs -o mode=755 tmpfs /mnt
    for device in null zero full random urandom tty; do
        : >/mnt/$device
        mount --bind /dev/$device /mnt/$device
    done
    mkdir /mnt/shm /mnt/mqueue /mnt/pts
    mount -t devpts -o newinstance,ptmxmode=666 devpts /mnt/pts
    ln -s pts/ptmx /mnt/ptmx
    ln -s /proc/self/fd /mnt/fd
    mount --move /mnt /dev
}

# Nothing of the machine can be written to, and of its units there are those of journald alone.
make_machine() {
    local folders=(/run /usr/local/bin /tmp /var/tmp /var/log /var/lib)
    mount -t tmpfs -o mode=755 tmpfs /run
    mkdir -p /run/units /run/systemd/system.conf.d
    cp /lib/systemd/system/systemd-journald{.service,.socket,-dev-log.socket} "$unit" /run/units
    cp "$program" /run/errgloss
    for folder in "${folders[@]:1}"; do mount -t tmpfs -o mode=755 tmpfs "$folder"; done
    mv /run/errgloss /usr/local/bin/errgloss
    for target in test sysinit basic shutdown; do
        printf '[Unit]\nDefaultDependencies=no\n' >/run/units/$target.target
    done
    printf '[Manager]\nDefaultEnvironment=ASAN_OPTIONS=detect_leaks=0\n' >/run/systemd/system.conf.d/test.conf
    configure_journald
    make_devices
    mount -o remount,bind,ro /
    umount --recursive /sys/fs/cgroup
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
}

# SystemCallErrorNumber=EPERM would hide a forbidden system call; here it kills.
forbid_by_killing() {
    mkdir /run/units/errgloss-journal.service.d
    printf '[Unit]\nStartLimitIntervalSec=0\n[Service]\nSystemCallErrorNumber=kill\n' \
        >/run/units/errgloss-journal.service.d/test.conf
}

boot() {
    unshare --pid --fork --kill-child --mount-proc env -i PATH=/usr/sbin:/usr/bin container=test \
        SYSTEMD_UNIT_PATH=/run/units SYSTEMD_LOG_TARGET=journal $systemd --system --unit=test.target \
        --show-status=no 2>/run/systemd.log &
    booting=$!
    wait_for systemd test -S /run/systemd/private
    init=$(pgrep -P $booting)
    inside systemctl is-system-running --wait >/run/state.log || grep -qx degraded /run/state.log ||
        fail "systemd did not boot"
    inside systemctl start systemd-journald.socket systemd-journald-dev-log.socket systemd-journald.service
}

# With the processes of that systemd in /proc.
inside() { nsenter --target "$init" --pid --mount --root --wd "$@"; }

control() { # verb
    inside systemctl "$1" errgloss-journal.service 2>>/run/systemctl.log || fail "the unit does not $1"
}

log=/var/log/errgloss/journal.log
copied() { grep -qs "job $1 failed: errno 2 {ENOENT: .*}\$" $log; }

check_confined() {
    local process
    process=$(inside systemctl show --property=MainPID --value errgloss-journal.service)
    inside grep -qx 'NoNewPrivs:[[:space:]]*1' "/proc/$process/status" || fail "it may get privileges"
    inside grep -qx 'Seccomp:[[:space:]]*2' "/proc/$process/status" || fail "its system calls are free"
    inside grep -qx 'CapBnd:[[:space:]]*0*' "/proc/$process/status" || fail "it may have capabilities"
    ! inside grep -q '^Uid:.*[[:space:]]0' "/proc/$process/status" || fail "it is root"
}

check_copy() {
    control stop
    [ "$(inside systemctl show --property=Result --value errgloss-journal.service)" = success ] || fail "it ended badly"
    cat $log.1 $log | errgloss strip >/run/copied
    journalctl --quiet --output=short | head -n "$(wc -l </run/copied)" | cmp - /run/copied || fail "the copy is not the journal"
    journalctl --quiet --output=cat _SYSTEMD_UNIT=errgloss-journal.service >/run/said.log
    ! complains /run/said.log || fail "it complains"
}

init=
finish() {
    show_logs
    [ "$failed" = no ] || { journalctl | grep -v ' job ' | tail -n 20; tail -n 4 "$log"; }
    [ -n "$init" ] || return 0
    kill -KILL "$init"
    wait $booting 2>/dev/null || true
}

program=$1
trap finish EXIT
make_machine
forbid_by_killing
boot
jobs 1 1000
control start
wait_for "what was there" copied 1000
check_confined
for round in 2 3 4 5 6; do
    jobs "${round}000" "${round}999" &
    control restart
    wait $!
done
wait_for "messages beside restarts" copied 6999
mv $log $log.1
jobs 7000 7999
wait_for "messages after a rotation" copied 7999
check_copy
failed=no
