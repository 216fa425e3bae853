# ./dev windows --try: the setup installed, used, brought up and removed under Wine, with a real PC/SC service.
#
# Wine 10 is Debian 13's, so a Debian 13 is made once in a folder (debootstrap) and entered with chroot in namespaces
# of its own; cloud and virtual reader run there beside it. What is tried stands in windows-trial-inside.sh. No Wine has
# a web view: the window is not opened, everything else is what a counter's PC gets.

source dev.d/expect.sh

WINE_FOLDER="${CARGO_TARGET_DIR:-target}/wine"
WINE_SYSTEM="$WINE_FOLDER/trixie"
# Wine; the virtual reader's PC/SC service; a display for dialogues nobody sees; what looks at books and answers.
WINE_PACKAGES=(wine64 libwine libpcsclite1 pcscd vsmartcard-vpcd iproute2 procps xvfb xauth xdotool faketime jq sqlite3 openssl curl)
OLDER_VERSION=0.0.9

try_windows_setup() {
    local version
    version="$(version_of_workspace)"
    [ "$(id -u)" -eq 0 ] || die "./dev windows --try makes a system in a folder and must be run as root."
    need_everything
    need_packages dev.d/windows-packages.txt
    # What was built before another change would be tried without a word.
    make_windows_setup "$version"
    build_programs
    make_wine_system
    lay_out_trial "$version"
    say "Installing, using, bringing up and removing it under Wine"
    inside_wine_system unshare --net bash /trial/windows-trial-inside.sh "$OLDER_VERSION" "$version"
    say "Installed, used, brought up and removed under Wine: all as it should be."
}

# Made once per list of packages; a trial changes nothing of it but its own folder and its user's home.
make_wine_system() {
    [ "$(cat "$WINE_SYSTEM/made" 2>/dev/null)" != "${WINE_PACKAGES[*]}" ] || return 0
    say "Making a Debian 13 with Wine (the first time takes some minutes)"
    rm -rf --one-file-system "$WINE_SYSTEM"
    mkdir -p "$WINE_SYSTEM"
    debootstrap --variant=minbase --include=ca-certificates trixie "$WINE_SYSTEM" >&2
    printf '#!/bin/sh\nexit 101\n' >"$WINE_SYSTEM/usr/sbin/policy-rc.d"
    chmod 0755 "$WINE_SYSTEM/usr/sbin/policy-rc.d"
    cp /etc/resolv.conf "$WINE_SYSTEM/etc/resolv.conf"
    inside_wine_system apt-get -qq update >&2
    inside_wine_system apt-get -qq install --yes --no-install-recommends "${WINE_PACKAGES[@]}" >&2
    echo "${WINE_PACKAGES[*]}" >"$WINE_SYSTEM/made"
}

lay_out_trial() { # version
    local trial="$WINE_SYSTEM/trial"
    rm -rf "$trial"
    mkdir -p "$trial/fixtures" "$trial/bin"
    cp "$WINDOWS_OUT/madoguchi-$1-setup.exe" "$trial/setup-$1.exe"
    make_older_setup "$trial/setup-$OLDER_VERSION.exe"
    x86_64-w64-mingw32-gcc -municode -O2 -o "$trial/without-rights.exe" dev.d/windows-trial-without-rights.c
    cp "$(build_folder)"/madoguchi-{cloud,virtual} "$trial/bin"
    cp -r fixtures/{authority,demo,ca,cards,stores} "$trial/fixtures"
    cp -r "$WINDOWS_LAID_OUT" "$trial/laid-out"
    cp -r "$WINDOWS_FOLDER/older" "$trial/older"
    cp terminal/src/card_descriptions/examples/felica-library.toml "$trial"
    cp dev.d/{say,expect,windows-trial-{inside,setup,counter,background}}.sh "$trial"
    cp dev.d/windows-trial-ask.js "$trial/ask.js"
    chmod -R a+rX "$trial"
}

# The same programs by another version, and with other bytes, so that it can be seen which of the two lies there.
make_older_setup() { # setup to write
    local older="$WINDOWS_FOLDER/older" program
    rm -rf "$older"
    cp -r "$WINDOWS_LAID_OUT" "$older"
    for program in "$older"/*.exe; do printf 'of %s' "$OLDER_VERSION" >>"$program"; done
    pack_windows_setup "$OLDER_VERSION" "$older" "$1"
}

# As on a PC: /proc, /dev, nothing kept in /tmp. The mounts, and all that runs there, are gone with the command.
inside_wine_system() {
    # shellcheck disable=SC2016 # the words are the inner shell's
    unshare --mount --pid --fork --kill-child -- sh -euc '
        mount --make-rprivate /
        # A root that is mounted can be left for further namespaces: the virtual reader makes some.
        mount --bind "$1" "$1"
        mount -t proc proc "$1/proc"
        mount -t sysfs -o ro sysfs "$1/sys"
        mount --rbind /dev "$1/dev"
        mount -t tmpfs tmpfs "$1/tmp"
        mount -t tmpfs tmpfs "$1/run"
        system="$1"; shift
        exec chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
            DEBIAN_FRONTEND=noninteractive "$@"
    ' sh "$(realpath "$WINE_SYSTEM")" "$@"
}
