# ./dev install: the packages installed into a fresh Debian, used, brought up, removed; each checked by what is
# there afterwards.
#
# The system is a folder (debootstrap) entered with chroot in namespaces of its own: nothing of this computer is
# touched, and no service of systemd runs there. The cloud is started with the very words of its unit.

source dev.d/expect.sh

INSTALL_SUITE="${INSTALL_SUITE:-bookworm}"
INSTALL_FOLDER="${CARGO_TARGET_DIR:-target}/install"
EXPECT_LOG=out/install/log

dev_install() {
    [ "$(id -u)" -eq 0 ] || die "./dev install makes a system in a folder and must be run as root."
    need_everything
    need_packages dev.d/installer-packages.txt
    # What was built yesterday is not what is tried: where nothing changed this takes seconds.
    need_screens
    build_shipped_programs
    say "Making the packages, and older ones to come from"
    rm -rf out/install
    make_older_programs out/install/older-programs
    make_debian_packages "$(version_of_workspace)" "$SHIPPED_PROGRAMS" out/install/this
    make_debian_packages "$(version_of_workspace)~older" out/install/older-programs out/install/older
    check_packages out/install/this/*.deb
    make_fresh_system
    try_packages
    say "Installed, used, brought up, removed and purged: all as it should be."
}

# The same programs with a section more, which stripping leaves in: it is seen whether they were replaced.
make_older_programs() { # folder
    local program
    mkdir -p "$1"
    echo "an older program" >"$1/.older"
    for program in "$SHIPPED_PROGRAMS"/*; do
        objcopy --add-section ".older=$1/.older" "$program" "$1/${program##*/}"
    done
}

# A bare Debian, made once and copied for each run.
make_fresh_system() {
    local base="$INSTALL_FOLDER/$INSTALL_SUITE.tar"
    SYSTEM="$INSTALL_FOLDER/system"
    leave_system
    mkdir -p "$INSTALL_FOLDER/archives" "$SYSTEM"
    if [ ! -f "$base" ]; then
        say "Making a bare $INSTALL_SUITE"
        debootstrap --variant=minbase --include=ca-certificates,curl,procps "$INSTALL_SUITE" "$SYSTEM" >&2
        tar -C "$SYSTEM" --one-file-system -cf "$base.part" .
        mv "$base.part" "$base"
    else
        tar -C "$SYSTEM" -xf "$base"
    fi
    # Nobody starts services while packages are installed there.
    printf '#!/bin/sh\nexit 101\n' >"$SYSTEM/usr/sbin/policy-rc.d"
    chmod 0755 "$SYSTEM/usr/sbin/policy-rc.d"
    cp /etc/resolv.conf "$SYSTEM/etc/resolv.conf"
    mkdir -p "$SYSTEM/packages"
    cp -r out/install/. "$SYSTEM/packages"
    trap leave_system EXIT
}

# The mounts are those of the namespace and are gone with it.
leave_system() { rm -rf --one-file-system "$INSTALL_FOLDER/system"; }

# Runs a command in the system, with what a PC has: /proc, /dev, and packages fetched before.
inside() {
    # shellcheck disable=SC2016 # the words are the inner shell's
    unshare --mount --pid --fork --kill-child -- sh -euc '
        mount --make-rprivate /
        mount --bind "$1" "$1"
        mount -t proc proc "$1/proc"
        mount -t sysfs -o ro sysfs "$1/sys"
        mount --rbind /dev "$1/dev"
        mount --bind "$2" "$1/var/cache/apt/archives"
        system="$1"; shift 2
        exec chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
            DEBIAN_FRONTEND=noninteractive "$@"
    ' sh "$SYSTEM" "$INSTALL_FOLDER/archives" "$@"
}

install_inside() { # packages …
    inside apt-get -qq -o APT::Keep-Downloaded-Packages=true -o Dpkg::Use-Pty=0 \
        install --yes --no-install-recommends "$@" >>out/install/apt.log 2>&1 ||
        { tail -n 30 out/install/apt.log >&2; die "the packages could not be installed"; }
}

packages_inside() { # this or older
    find "out/install/$1" -name '*.deb' -printf "/packages/$1/%f\n"
}

try_packages() {
    local packages
    say "Installing older packages into it"
    inside apt-get -qq update >>out/install/apt.log 2>&1
    mapfile -t packages < <(packages_inside older)
    install_inside "${packages[@]}"
    the_files_are_there
    the_cloud_is_set_up
    use_what_is_installed
    the_cloud_goes_on_postgresql
    the_readers_let_in_whom_they_should
    say "Bringing the packages up over what was used"
    expect_not "the programs are the older ones so far" programs_are_the_new_ones
    keep_sums before
    mapfile -t packages < <(packages_inside this)
    install_inside "${packages[@]}"
    keep_sums after
    same before after "what was kept is as it was"
    expect "the programs are the new ones" programs_are_the_new_ones
    what_was_used_is_still_there
    settings_that_were_removed_stay_so
    say "Removing and purging"
    keep_sums used
    inside apt-get -qq remove --yes madoguchi madoguchi-cloud >>out/install/apt.log 2>&1
    removed_but_for_data
    inside apt-get -qq purge --yes madoguchi madoguchi-cloud >>out/install/apt.log 2>&1
    purged
}

the_files_are_there() {
    local unit=/lib/systemd/system/madoguchi-cloud.service
    expect "the window's program runs" inside madoguchi --version
    expect "it says in a sentence that there is no display" inside sh -c 'madoguchi 2>&1 | grep -q 画面がない'
    expect "it stands in the desktop's menu" test -s "$SYSTEM/usr/share/applications/madoguchi.desktop"
    expect "a start with the PC ends by itself and makes nothing where nobody has chosen it" \
        inside sh -euc "$(words_at_sign_in); "'[ ! -e /root/.local ]'
    expect "and begins where it is chosen for all" start_with_pc_chosen_for_all
    expect "systemd understands how the first call starts it" the_users_units_are_understood
    expect_not "which nothing switches on for anybody" \
        sh -c "find '$SYSTEM/etc/systemd/user' '$SYSTEM/usr/lib/systemd/user' -path '*.wants/*' -name 'madoguchi*' | grep ."
    expect "the papers' face is known to the system" \
        inside sh -c 'fc-list "BIZ UDPGothic" | grep -q truetype/madoguchi'
    expect "this installation has its value, for every user to read" \
        inside sh -c 'grep -Eqx "[0-9a-f]{64}" /var/lib/madoguchi/installation && [ "$(stat -c %a /var/lib/madoguchi/installation)" = 644 ]'
    expect "the cloud's key is root's alone" inside sh -c '[ "$(stat -c "%a %U" /etc/madoguchi/kek)" = "600 root" ]'
    expect "its folder is its user's alone" \
        inside sh -c '[ "$(stat -c "%a %U" /var/lib/madoguchi-cloud)" = "700 madoguchi-cloud" ]'
    expect "its settings are not everybody's to read" \
        inside sh -c '[ "$(stat -c "%a %G" /etc/madoguchi/cloud.toml)" = "640 madoguchi-cloud" ]'
    expect "without a name it ends, with the code after which systemd leaves it so" a_nameless_cloud_ends
    expect "systemd understands its unit" systemd-analyze verify --root="$SYSTEM" madoguchi-cloud.service
    expect "systemd finds little exposed in it" \
        systemd-analyze security --offline=true --threshold=25 "$SYSTEM$unit"
}

# What every desktop starts when somebody signs in.
words_at_sign_in() { sed -n 's/^Exec=//p' "$SYSTEM/etc/xdg/autostart/madoguchi.desktop"; }

# There is no display there: a start that goes on says so.
start_with_pc_chosen_for_all() {
    local settings="$SYSTEM/etc/madoguchi/settings.toml" begins=no
    cp -p "$settings" out/install/settings.toml
    sed -i 's/^# start_with_pc = true/start_with_pc = true/' "$settings"
    inside sh -c "$(words_at_sign_in) 2>&1 | grep 画面がない" && begins=yes
    cp -p out/install/settings.toml "$settings"
    [ "$begins" = yes ]
}

a_nameless_cloud_ends() {
    local unit="$SYSTEM/lib/systemd/system/madoguchi-cloud.service" code=0
    inside sh -c "$(sed -n 's/^ExecStart=//p' "$unit")" || code=$?
    grep -qx "RestartPreventExitStatus=$code" "$unit"
}

# systemd-analyze looks for no user's units below another root: it gets them with the program's place there.
the_users_units_are_understood() {
    local units=out/install/units
    install -d -m 0700 "$units"
    cp "$SYSTEM"/usr/lib/systemd/user/madoguchi-bridge.* "$units"
    sed -i "s#=/usr/bin/#=$(realpath "$SYSTEM")/usr/bin/#" "$units/madoguchi-bridge.service"
    XDG_RUNTIME_DIR="$PWD/$units" systemd-analyze --user verify --man=no "$units"/madoguchi-bridge.{socket,service}
}

the_cloud_is_set_up() {
    sed -i 's/^# name = .*/name = "kawasaki"/; s/^listen = .*/listen = "127.0.0.1:18480"/' "$SYSTEM/etc/madoguchi/cloud.toml"
    operate municipality add 141305 川崎市
    operate site add 141305 やまだ八百屋
    operate terminal add --municipality 141305 --site 1 --kind point_use_counter >out/install/terminal
}

# As an operator does: with the settings, as the service's user.
operate() {
    inside setpriv --reuid madoguchi-cloud --regid madoguchi-cloud --clear-groups \
        madoguchi-cloud --settings /etc/madoguchi/cloud.toml "$@"
}

# Runs a script there while the cloud serves as its unit says: user, key as a credential, no more rights than these, a
# system that is read-only but for its folder. A second script goes before.
with_cloud() { # script, script before
    # shellcheck disable=SC2016 # the words are the inner shell's
    inside sh -euc '
        eval "$2"
        install -d -m 0700 /run/credentials
        install -m 0400 -o madoguchi-cloud /etc/madoguchi/kek /run/credentials/madoguchi-kek
        chown madoguchi-cloud /run/credentials
        words="$(sed -n "s/^ExecStart=//p" /lib/systemd/system/madoguchi-cloud.service)"
        CREDENTIALS_DIRECTORY=/run/credentials unshare --mount sh -euc "
            mount --bind /var/lib/madoguchi-cloud /var/lib/madoguchi-cloud
            mount -o remount,bind,ro /
            exec setpriv --reuid madoguchi-cloud --regid madoguchi-cloud --clear-groups --no-new-privs \
                --inh-caps -all --bounding-set -all,+net_bind_service $words" 2>/var/log/madoguchi-cloud.log &
        cloud=$!
        curl --silent --retry 60 --retry-delay 1 --retry-connrefused --output /dev/null http://127.0.0.1:18480/health
        eval "$1"
        kill -TERM "$cloud"
        wait "$cloud"
    ' sh "$1" "${2:-}"
}

use_what_is_installed() {
    expect "the cloud answers that all is well, and ends content" \
        with_cloud 'curl --silent --fail http://127.0.0.1:18480/health | grep -q ok'
    expect "its books lie in its folder" test -s "$SYSTEM/var/lib/madoguchi-cloud/cloud.sqlite"
    a_clerk_sits_down
    # shellcheck disable=SC2046 # terminal ID and password
    set -- $(tail -n 1 out/install/terminal)
    expect "a clerk registers this PC at the address laid down for all users" \
        clerk_says "printf '%s\n' '$2' | madoguchi-terminal --json register --terminal '$1' --staff-name 山田 \
            --shop-name やまだ八百屋 --postal-code 2100001 --address 川崎市川崎区本町1-1 --phone 044-000-0000 \
            --mail yaoya@example.jp"
    expect "the terminal's store lies in the clerk's own folder" test -s "$SYSTEM/$CLERKS_STORE"
    a_street_receives
    expect_not "and no key of it in any file there" \
        grep -rqE 'BEGIN .*PRIVATE KEY' "$SYSTEM/home/clerk/.local/share/jp.madoguchi.terminal"
}

# Points that a terminal has merged into a street's, sealed with openssl alone as docs/merge-file.md says.
a_street_receives() {
    local key=30313233343536373839616263646566 record=30010100000017,1500,20261121093015000042 hash
    hash="$(printf '%s,Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E' "$record" | md5sum | cut -d ' ' -f 1)"
    mkdir "$SYSTEM/packages/street"
    printf 'street = "300101"\nprofile = 1\n[[key]]\naes = "%s"\nsecret = "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E"\n' "$key" \
        >"$SYSTEM/packages/street-keys.toml"
    chmod 0600 "$SYSTEM/packages/street-keys.toml"
    { printf 0123456789abcdef && printf '%s,%s' "$record" "$hash" | openssl enc -aes-128-cbc -K "$key" -iv "$key"; } \
        >"$SYSTEM/packages/street/merge_300101_20261121093015000042.dat"
    expect "a street without any window receives merged points" inside sh -euc '
        madoguchi-receive take-in --folder /packages/street --data /packages/street-books --keys /packages/street-keys.toml |
            grep "^1,30010100000017,1500,20261121093015000042,"
        [ -e /packages/street/ack_300101_20261121093015000042.dat ]'
}

# On a server on the same computer, by the lines that stand in the settings.
the_cloud_goes_on_postgresql() {
    local lines="$SYSTEM/packages/postgresql"
    say "Putting the cloud on PostgreSQL"
    install_inside postgresql sudo
    sed -n 's/^#   sudo/sudo/p' "$SYSTEM/etc/madoguchi/cloud.toml" >"$lines"
    sed 's/^database = .*//; s/^# database = /database = /' "$SYSTEM/etc/madoguchi/cloud.toml" >"$lines.toml"
    expect "the settings say how" test "$(wc -l <"$lines")" = 2
    # shellcheck disable=SC2016 # the words are the inner shell's
    expect "it serves from there in its unit's sandbox, without a password" \
        with_cloud 'curl --silent --fail http://127.0.0.1:18480/health | grep ok
            sudo -u madoguchi-cloud madoguchi-cloud --settings /etc/madoguchi/cloud.toml municipality add 141305 川崎市
            sudo -u madoguchi-cloud psql --no-align --tuples-only madoguchi --command "\dt" | grep madoguchi-cloud' '
            version="$(ls /etc/postgresql)"
            pg_conftool "$version" main set listen_addresses ""
            pg_conftool "$version" main set port 5432
            pg_ctlcluster "$version" main start
            [ -e /packages/postgresql.done ] || { . /packages/postgresql; : >/packages/postgresql.done; }
            chown root:madoguchi-cloud /packages/postgresql.toml
            chmod 0640 /packages/postgresql.toml
            mount --bind /packages/postgresql.toml /etc/madoguchi/cloud.toml'
}

# Who does not sit at the PC: a member of the group may, another may not, and polkit understands the rule. The pcscd of
# Debian 12 asks nobody, so what pcscd asks for elsewhere is laid down here.
the_readers_let_in_whom_they_should() {
    local asked="$SYSTEM/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy"
    install_inside polkitd
    [ -e "$asked" ] || readers_actions >"$asked"
    # shellcheck disable=SC2016 # the words are the inner shell's
    expect "a member of the group may use the readers from afar, and nobody else" inside timeout 120 sh -euc '
        id member || { useradd member; useradd stranger; usermod --append --groups madoguchi member; }
        install -d /run/dbus
        dbus-uuidgen --ensure=/etc/machine-id
        dbus-daemon --system --nofork &
        until [ -S /run/dbus/system_bus_socket ]; do sleep 0.1; done
        /usr/lib/polkit-1/polkitd --no-debug &
        until dbus-send --system --print-reply --dest=org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority \
            org.freedesktop.DBus.Peer.Ping; do sleep 0.1; done
        may() {
            setpriv --reuid "$1" --regid "$1" --init-groups sleep 60 &
            # Asked earlier, it would still be root who is asked about.
            until grep -q "^Uid:[[:space:]]*$(id -u "$1")[[:space:]]" "/proc/$!/status"; do sleep 0.1; done
            for action in access_pcsc access_card; do
                pkcheck --action-id "org.debian.pcsc-lite.$action" --process $! || return 1
            done
        }
        may member
        ! may stranger'
}

readers_actions() {
    local action
    echo '<policyconfig>'
    for action in access_pcsc access_card; do
        printf '<action id="org.debian.pcsc-lite.%s"><description>%s</description><message>%s</message>' "$action" "$action" "$action"
        echo '<defaults><allow_any>no</allow_any><allow_inactive>no</allow_inactive><allow_active>yes</allow_active></defaults></action>'
    done
    echo '</policyconfig>'
}

programs_are_the_new_ones() {
    local package program
    for package in out/install/this/*.deb; do
        rm -rf out/install/unpacked
        dpkg-deb --extract "$package" out/install/unpacked
        for program in out/install/unpacked/usr/bin/*; do
            cmp "$program" "$SYSTEM/usr/bin/${program##*/}" || return 1
        done
    done
}

what_was_used_is_still_there() {
    expect "this PC is still the terminal, for the cloud as well" \
        clerk_says 'madoguchi-terminal --json operations && madoguchi-terminal --json status | grep -q registered'
    expect "the books are right" operate check-books
}

# An administrator may keep the cloud's settings elsewhere: dpkg lays a removed file down no more.
settings_that_were_removed_stay_so() {
    local settings="$SYSTEM/etc/madoguchi/cloud.toml" packages
    mapfile -t packages < <(packages_inside this)
    mv "$settings" out/install/cloud.toml
    expect "the packages are installed whole also where the cloud's settings were removed" inside sh -euc '
        dpkg --install "$@"
        dpkg --status madoguchi-cloud | grep -qx "Status: install ok installed"' sh "${packages[@]}"
    mv out/install/cloud.toml "$settings"
}

CLERKS_STORE=home/clerk/.local/share/jp.madoguchi.terminal/terminal.sqlite

# A user of the PC with a session bus and a keyring, as a desktop gives them.
a_clerk_sits_down() {
    install_inside dbus gnome-keyring
    inside sh -c 'useradd --create-home clerk && install -d -m 0700 -o clerk -g clerk /run/user/1000 &&
        { [ -s /etc/machine-id ] || dbus-uuidgen >/etc/machine-id; }'
    printf 'cloud_address = "http://127.0.0.1:18480"\n' >>"$SYSTEM/etc/madoguchi/settings.toml"
}

# Says something at the clerk's keyboard while the cloud serves.
clerk_says() { # script
    printf '%s\n' "$1" >"$SYSTEM/packages/said"
    with_cloud "runuser -u clerk -- env HOME=/home/clerk XDG_RUNTIME_DIR=/run/user/1000 LANG=C.UTF-8 dbus-run-session -- sh -euc '
        printf keyring | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        . /packages/said'"
}

keep_sums() { # name
    (cd "$SYSTEM" && sha256sum etc/madoguchi/* var/lib/madoguchi/installation var/lib/madoguchi-cloud/cloud.sqlite "$CLERKS_STORE") \
        >"out/install/sums-$1"
}

same() { # name, name, what
    expect "$3" cmp "out/install/sums-$1" "out/install/sums-$2"
}

removed_but_for_data() {
    expect_not "the window's program is gone" test -e "$SYSTEM/usr/bin/madoguchi"
    expect_not "the cloud's program is gone" test -e "$SYSTEM/usr/bin/madoguchi-cloud"
    expect "settings, keys and books stay" keep_sums removed
    same used removed "and are as they were"
}

purged() {
    expect_not "a purge takes the settings" test -e "$SYSTEM/etc/madoguchi/settings.toml"
    expect_not "and what made this installation known" test -e "$SYSTEM/var/lib/madoguchi"
    expect "books are money: they stay" test -s "$SYSTEM/var/lib/madoguchi-cloud/cloud.sqlite"
    expect "and the key that opens them" test -s "$SYSTEM/etc/madoguchi/kek"
    expect_not "nothing else of the packages is left" \
        sh -c "find '$SYSTEM/usr' '$SYSTEM/lib/systemd' '$SYSTEM/etc' -iname '*madoguchi*' ! -path '*/etc/madoguchi' \
            ! -path '*/etc/passwd*' | grep ."
}
