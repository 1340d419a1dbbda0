#!/usr/bin/env bash
# Unpacks the syslog daemons from Debian's packages into a folder, for the tests that run them. They are not
# installed: each would put the other away, and with it the syslog of the machine.
# usage: unpack-daemons.sh DIRECTORY
set -eu
packages=(rsyslog syslog-ng-core)
mkdir -p "$1"
cd "$1"
# an old or empty list of packages is the usual reason for a first failure
download() {
    apt-get download -qq "$1" && return
    if [ "$(id -u)" = 0 ]; then apt-get update -qq; else sudo -n apt-get update -qq; fi
    apt-get download -qq "$1"
}
for package in "${packages[@]}"; do
    [ ! -e "$package" ] || continue
    rm -f "$package"_*.deb
    if ! download "$package" >download.log 2>&1; then
        cat download.log
        echo "cannot download $package: the tests that need it will be skipped"
        continue
    fi
    dpkg -x "$package"_*.deb unpacked
    rm -f "$package"_*.deb
    touch "$package"
done
