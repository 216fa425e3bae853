#!/usr/bin/env bash
# The trial of the Windows setup, from within the system that has Wine (windows-trial.sh). Everything is asked of
# files, of the registry and of the cloud's books, never of an exit code alone: a program that Wine does not even
# start may end with 0.
set -Eeuo pipefail
trap 'echo "It ended at line $LINENO: $BASH_COMMAND" >&2' ERR
cd /trial
for part in say expect windows-trial-setup windows-trial-counter windows-trial-background; do
    # shellcheck source=/dev/null
    source "./$part.sh"
done
export EXPECT_LOG=/trial/log

OLDER="$1"
THIS="$2"
CLERK='山田 太郎'
HOME_OF_CLERK="/home/$CLERK"
PREFIX="$HOME_OF_CLERK/.wine"
LOCAL="$PREFIX/drive_c/users/$CLERK/AppData/Local"
INSTALLED="$LOCAL/Programs/Madoguchi"
DATA="$LOCAL/jp.madoguchi.terminal"
UNINSTALL='Software\Microsoft\Windows\CurrentVersion\Uninstall\Madoguchi'
RUN='Software\Microsoft\Windows\CurrentVersion\Run'
BAKERY="$HOME_OF_CLERK/パン屋 こむぎ"
BOARD=PF2K7J1X
BOARD_OF_BAKERY=PF9M3C5T
CLOUD=127.0.0.1:18443
CONTROL=/trial/reader/control

# The clerk of this PC, whose name is in kanji with a space.
as_clerk() {
    setpriv --reuid 1000 --regid 1000 --clear-groups env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME="$HOME_OF_CLERK" \
        DISPLAY=:99 WINEDEBUG=-all PCSCLITE_CSOCK_NAME="${PCSCLITE_CSOCK_NAME:-/trial/reader/state/pcscd/pcscd.comm}" timeout 120 "$@"
}

# A file of this system, as Wine's Windows has it.
in_windows() { echo "Z:${1//\//\\}"; }

# A year off, where CLOCK says so.
wine() { as_clerk ${CLOCK:+faketime -f "$CLOCK"} /usr/lib/wine/wine64 "$@"; }

# The counter by command line, as it was installed; what it told is kept as JSON, and its exit code is handed on.
counter() { wine "$INSTALLED/madoguchi-terminal.exe" --json "$@" >/trial/told.json; }

told() { jq -er "$1" /trial/told.json; }

look_at_screen() { DISPLAY=:99 xdotool "$@"; }

registry() { # key, value
    wine reg query "$1" /v "$2" | tr -d '\r' | sed -n "s/^ *$2 *REG_[A-Z]* *//p"
}

books() { sqlite3 -readonly /trial/cloud/cloud.sqlite "$1"; }

virtual() { /trial/bin/madoguchi-virtual --control "$CONTROL" "$@"; }

lies() { # card
    virtual remove >/dev/null 2>&1 || true
    virtual insert "$1" >/dev/null
}

until_so() { # what, command …
    local what="$1" turn
    shift
    for turn in $(seq 240); do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.25
    done
    die "It did not come about in a minute: $what ($turn turns)"
}

a_pc_is_set_up() {
    say "A PC, a reader, a cloud"
    ip link set lo up
    grep -q "^$CLERK:" /etc/passwd || {
        echo "$CLERK:x:1000:1000::$HOME_OF_CLERK:/bin/sh" >>/etc/passwd
        echo 'clerk:x:1000:' >>/etc/group
    }
    rm -rf "$HOME_OF_CLERK"
    install -d -m 0700 -o 1000 -g 1000 "$HOME_OF_CLERK"
    Xvfb :99 -screen 0 1280x800x24 >/dev/null 2>&1 &
    until_so "a display" test -S /tmp/.X11-unix/X99
    wine wineboot --init >>"$EXPECT_LOG" 2>&1
    until_so "Windows' folders" test -d "$LOCAL"
    it_has_firmware "$BOARD"
}

# What Windows knows of its PC (docs/fingerprint.md) and Wine does not: a mainboard and a processor, each with its texts
# behind it, and the id of the make-up.
it_has_firmware() { # serial of the mainboard
    local table
    table="$({
        printf '\0\3\2\0\0\0\0\0'
        printf '\2\17\2\0\1\2\3\4\5\11\6\3\0\12\0Maker\0Board\0A00\0%s\0\0' "$1"
        printf '\4\60\4\0\1\3\315\2\301\6\10\0\377\373\353\277'
        head -c 32 /dev/zero
        printf 'CPU 1\0\0\177\4\177\0\0\0'
    } | od -An -v -tx1 | tr -d ' \n')"
    wine reg add 'HKLM\SYSTEM\CurrentControlSet\Services\mssmbios\Data' /v SMBiosData /t REG_BINARY /d "$table" /f >>"$EXPECT_LOG" 2>&1
    wine reg add 'HKLM\SYSTEM\HardwareConfig' /v LastConfig /d '{f1f6d4a0-0c2f-4b7e-9a86-5d7c3e1b2a90}' /f >>"$EXPECT_LOG" 2>&1
}

# pcscd of Debian 13 asks polkit, which nobody runs here.
a_reader_is_plugged_in() {
    [ -x /usr/sbin/pcscd.distrib ] || dpkg-divert --quiet --local --rename --divert /usr/sbin/pcscd.distrib --add /usr/sbin/pcscd
    printf '#!/bin/sh\nexec /usr/sbin/pcscd.distrib --disable-polkit "$@"\n' >/usr/sbin/pcscd
    chmod 0755 /usr/sbin/pcscd
    mkdir -p /trial/reader/state
    /trial/bin/madoguchi-virtual --control "$CONTROL" serve --cards /trial/fixtures/cards \
        --state-dir /trial/reader/state >/trial/reader/log 2>&1 &
    until_so "a reader" grep -q READY /trial/reader/log
}

# With TLS, by an authority that nobody else knows: that is how a municipality has it.
a_cloud_serves() {
    mkdir -p /trial/cloud
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=trial \
        -keyout cloud/authority.key -out cloud/authority.pem 2>>"$EXPECT_LOG"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=cloud -keyout cloud/tls.key \
        -out cloud/tls.csr 2>>"$EXPECT_LOG"
    printf 'subjectAltName=IP:127.0.0.1\nbasicConstraints=critical,CA:FALSE\n' >cloud/tls.ext
    openssl x509 -req -in cloud/tls.csr -CA cloud/authority.pem -CAkey cloud/authority.key -days 30 \
        -extfile cloud/tls.ext -out cloud/tls.pem 2>>"$EXPECT_LOG"
    printf '[tls]\ncertificate = "/trial/cloud/tls.pem"\nkey = "/trial/cloud/tls.key"\n' >cloud/cloud.toml
    bin/madoguchi-cloud --database cloud/cloud.sqlite demo seed fixtures/demo/kawasaki.toml >>"$EXPECT_LOG" 2>&1
    bin/madoguchi-cloud --settings cloud/cloud.toml --database cloud/cloud.sqlite serve --demo \
        --trust-anchors fixtures/ca --listen "$CLOUD" >cloud/log 2>&1 &
    until_so "a cloud" curl --silent --fail --cacert cloud/authority.pem "https://$CLOUD/health"
    cp cloud/authority.pem authority.pem
    printf 'cloud_address = "https://%s"\ncloud_authority = "Z:\\\\trial\\\\authority.pem"\n' "$CLOUD" >settings.toml
    chmod a+r authority.pem settings.toml
}

: >"$EXPECT_LOG"
a_pc_is_set_up
a_reader_is_plugged_in
a_cloud_serves
a_setup_that_cannot_finish_changes_nothing
say "Installing an older one"
it_is_installed_for_this_user "$OLDER"
it_becomes_a_terminal
it_serves_residents
what_is_not_in_order_is_said
it_has_firmware "$BOARD_OF_BAKERY"
a_street_receives_points
a_program_is_paired
it_answers_without_a_window
it_has_firmware "$BOARD"
it_is_brought_up
stores_of_earlier_programs_are_brought_up
it_is_cut_off_half_way
an_older_one_is_not_put_over_a_newer_one
a_program_that_runs_is_brought_up
a_program_that_does_not_end_goes_on
a_setup_that_cannot_go_on_takes_everything_back
it_is_removed
it_is_installed_for_all_users
