#!/usr/bin/env bash
# The trial of the Windows setup, from within the system that has Wine (windows-trial.sh). Everything is asked of
# files, of the registry and of the cloud's books, never of an exit code alone: a program that Wine does not even
# start may end with 0.
set -Eeuo pipefail
trap 'echo "It ended at line $LINENO: $BASH_COMMAND" >&2' ERR
cd /trial
for part in say expect; do
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
CLOUD=127.0.0.1:18443
CONTROL=/trial/reader/control

# The clerk of this PC, whose name is in kanji with a space.
as_clerk() {
    setpriv --reuid 1000 --regid 1000 --clear-groups env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME="$HOME_OF_CLERK" \
        DISPLAY=:99 WINEDEBUG=-all PCSCLITE_CSOCK_NAME=/trial/reader/state/pcscd/pcscd.comm timeout 120 "$@"
}

wine() { as_clerk /usr/lib/wine/wine64 "$@"; }

# The counter by command line, as it was installed; what it told is kept as JSON, and its exit code is handed on.
counter() { wine "$INSTALLED/madoguchi-terminal.exe" --json "$@" >/trial/told.json; }

told() { jq -er "$1" /trial/told.json; }

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

it_is_installed_for_this_user() { # version
    local name
    wine "Z:\\trial\\setup-$1.exe" /S /CurrentUser '/SETTINGS=Z:\trial\settings.toml'
    for name in madoguchi.exe madoguchi-terminal.exe WebView2Loader.dll third-party.txt uninstall.exe fonts/OFL.txt \
        fonts/BIZUDPGothic-Regular.ttf fonts/BIZUDPGothic-Bold.ttf; do
        expect "$name is there" test -s "$INSTALLED/$name"
    done
    expect "it stands in the start menu" start_menu_has_it
    expect "Windows lists it to be removed, as $1" test "$(registry "HKCU\\$UNINSTALL" DisplayVersion)" = "$1"
    expect "the settings that lay beside the setup are the user's" cmp settings.toml "$DATA/settings.toml"
    expect_not "nothing starts it with the PC unless asked" \
        wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Run' /v Madoguchi
}

start_menu_has_it() {
    find "$PREFIX/drive_c" -path '*Start Menu*' \( -name 窓口.lnk -o -name Madoguchi.lnk \) | grep .
}

it_becomes_a_terminal() {
    say "Registering it"
    counter status
    expect "it says that it is no terminal yet" test "$(told .answer.place.state)" = unregistered
    printf 'yaoya2345\n' | counter register --terminal '1413 0001' --staff-name '山田 太郎' --shop-name やまだ八百屋 \
        --postal-code 2100001 --address 川崎市川崎区本町1-1 --phone 044-000-0000 --mail yaoya@example.jp
    expect "the books have one registration" test "$(books 'select count(*) from registration')" = 1
    expect "and what was typed, in Japanese" test "$(books 'select shop_name from registration')" = やまだ八百屋
    expect "its store is there" test -s "$DATA/terminal.sqlite"
    expect "Windows' credential store has its keys" sh -c "tr -d '\0' <'$PREFIX/user.reg' | grep -q 'device-key'"
    counter status
    expect "the next start finds them" test "$(told .answer.place.state)" = registered
}

it_serves_residents() {
    local before key
    say "Serving residents"
    lies hanako
    counter look-up
    before="$(told '.answer.accounts[0].balance')"
    counter use 141305/1=300
    key="$(told .answer.key)"
    expect "a My Number card's points were used" test "$(told '.answer.state.accounts[0].after')" = "$((before - 300))"
    expect "the books have the use" test "$(books "select count(*) from operation where kind = 'use' and outcome = 'done'")" = 1
    counter print "$key"
    expect "its receipt is a paper in the user's documents" receipt_is_a_paper
    lies taro
    printf '1234\n' | counter use --pin 141305/1=3500
    expect "a card signed with its PIN" \
        test "$(books "select count(*) from operation where kind = 'use' and identified_by = 'signature'")" = 1
    mkdir -p "$DATA/cards"
    cp felica-library.toml "$DATA/cards/10-library.toml"
    lies library
    counter read-customer-number
    expect "a library's FeliCa card says its number" test "$(told .answer.number)" = 2900012345
    expect "the books hold" bin/madoguchi-cloud --database cloud/cloud.sqlite check-books
}

# Its name is in Japanese; what it holds is found by the face that the setup brought.
receipt_is_a_paper() {
    find "$PREFIX/drive_c/users" -name '*.pdf' -exec head -c 4 {} + | grep -q %PDF
}

it_is_brought_up() {
    say "Bringing it up"
    sums >/trial/before
    it_is_installed_for_this_user "$THIS"
    sums >/trial/after
    expect "what was kept is as it was" cmp /trial/before /trial/after
    counter operations
    expect "it goes on where it was" test "$(told .answer.uses)" = 2
    it_is_installed_for_this_user "$THIS"
    expect "a second time changes nothing" test "$(books 'select count(*) from registration')" = 1
}

sums() { (cd "$DATA" && find . -name 'settings.toml' -o -name 'terminal.sqlite' -o -path './cards/*' | sort | xargs -d '\n' sha256sum); }

a_program_in_use_is_not_replaced() {
    say "Bringing it up while it is in use"
    wine "$INSTALLED/madoguchi-terminal.exe" bridge >>"$EXPECT_LOG" 2>&1 &
    until_so "a counter for programs" sh -c 'ss -ltn | grep -q :24725'
    (cd "$INSTALLED" && sha256sum ./*.exe) >/trial/before
    wine "Z:\\trial\\setup-$OLDER.exe" /S /CurrentUser || true
    (cd "$INSTALLED" && sha256sum ./*.exe) >/trial/after
    expect "not half of it was replaced" cmp /trial/before /trial/after
    expect "Windows still lists what is there" test "$(registry "HKCU\\$UNINSTALL" DisplayVersion)" = "$THIS"
    wine taskkill /f /im madoguchi-terminal.exe >>"$EXPECT_LOG" 2>&1
    wait %% || true
}

it_is_removed() {
    say "Removing it"
    sums >/trial/before
    # It goes on as a copy of itself, so that its own file can go.
    wine "$INSTALLED/uninstall.exe" /CurrentUser /S
    until_so "the program is gone" test ! -e "$INSTALLED"
    sums >/trial/after
    expect_not "it stands no more in the start menu" start_menu_has_it
    expect_not "Windows lists it no more" wine reg query "HKCU\\$UNINSTALL"
    expect "what the clerk keeps stays" cmp /trial/before /trial/after
}

it_is_installed_for_all_users() {
    local everybody="$PREFIX/drive_c/Program Files/Madoguchi"
    say "Installing it for all users"
    wine "Z:\\trial\\setup-$THIS.exe" /S /AllUsers '/SETTINGS=Z:\trial\settings.toml'
    expect "it lies where programs lie" test -s "$everybody/madoguchi.exe"
    expect "Windows lists it for all" test "$(registry "HKLM\\$UNINSTALL" DisplayVersion)" = "$THIS"
    expect "the settings are everybody's" cmp settings.toml "$PREFIX/drive_c/ProgramData/Madoguchi/settings.toml"
    rm "$DATA/settings.toml"
    INSTALLED="$everybody" counter operations
    expect "what this user keeps is found, by everybody's settings" test "$(told .answer.uses)" = 2
    wine "$everybody/uninstall.exe" /AllUsers /S
    until_so "the program is gone" test ! -e "$everybody"
    expect_not "Windows lists it no more" wine reg query "HKLM\\$UNINSTALL"
}

: >"$EXPECT_LOG"
a_pc_is_set_up
a_reader_is_plugged_in
a_cloud_serves
say "Installing an older one"
it_is_installed_for_this_user "$OLDER"
it_becomes_a_terminal
it_serves_residents
it_is_brought_up
a_program_in_use_is_not_replaced
it_is_removed
it_is_installed_for_all_users
