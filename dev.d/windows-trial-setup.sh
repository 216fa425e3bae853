# The trial's steps of the setup: laid down, brought up, stopped by what happens on PCs, removed.

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
        wine reg query "HKCU\\$RUN" /v Madoguchi
    a_page_can_start_it HKCU
}

# A page that opens madoguchi: starts the program without a window, and hands it nothing.
a_page_can_start_it() { # root of the registry
    local command
    command="$(wine reg query "$1\\Software\\Classes\\madoguchi\\shell\\open\\command" /ve | tr -d '\r' | sed -n 's/^.*REG_SZ *//p')"
    expect "Windows knows madoguchi: as an address" wine reg query "$1\\Software\\Classes\\madoguchi" /v 'URL Protocol'
    expect "it opens without a window" grep -q '\\madoguchi\.exe" --background$' <<<"$command"
}

start_menu_has() { find "$PREFIX/drive_c" -path '*Start Menu*' -name "$1" | grep .; }

start_menu_has_it() { start_menu_has 窓口.lnk || start_menu_has Madoguchi.lnk; }

it_is_brought_up() {
    local registrations
    registrations="$(books 'select count(*) from registration')"
    say "Bringing it up"
    sums >/trial/before
    it_is_installed_for_this_user "$THIS"
    sums >/trial/after
    expect "what was kept is as it was" cmp /trial/before /trial/after
    counter operations
    expect "it goes on where it was" test "$(told .answer.uses)" = 2
    it_is_installed_for_this_user "$THIS"
    expect "a second time changes nothing" test "$(books 'select count(*) from registration')" = "$registrations"
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

# Where it cannot be installed it says so by its code, and nothing is there, or what was there is there whole.
a_setup_that_cannot_finish_changes_nothing() {
    say "Installing it where that cannot be"
    it_goes_where_nobody_may_write
    it_goes_where_there_is_no_room
    expect_not "Windows lists nothing" wine reg query "HKCU\\$UNINSTALL"
}

# Every file of the programs' folder.
programs() { (cd "${1:-$INSTALLED}" && find . -type f | sort | xargs -d '\n' sha256sum); }

# What the setup of a version ends with, told these words.
code_of_setup() { # version, word …
    local code=0 version="$1"
    shift
    wine "Z:\\trial\\setup-$version.exe" /S /CurrentUser "$@" >>"$EXPECT_LOG" 2>&1 || code=$?
    echo "$code"
}

it_goes_where_nobody_may_write() {
    install -d -m 0555 /trial/read-only
    expect "it says that it may not write there" test "$(code_of_setup "$THIS" '/D=Z:\trial\read-only\Madoguchi')" = 2
    expect "nothing is there" test -z "$(ls -A /trial/read-only)"
}

# Room for the programs once, and not twice.
it_goes_where_there_is_no_room() {
    local small=/trial/small there=/trial/small/Madoguchi size
    size="$(du -ck /trial/laid-out | tail -n 1 | cut -f 1)"
    mkdir -p "$small"
    mount -t tmpfs -o "size=$((size / 2))k,mode=0777" tmpfs "$small"
    expect "it says that the disk is full" test "$(code_of_setup "$THIS" '/D=Z:\trial\small\Madoguchi')" = 2
    expect "nothing is there" test -z "$(ls -A "$small")"
    mount -o "remount,size=$((size * 3 / 2))k" "$small"
    expect "with room it is installed in the folder that it was told" \
        test "$(code_of_setup "$OLDER" /STARTWITHPC /LANG=1041 '/SETTINGS=Z:\trial\settings.toml' '/D=Z:\trial\small\Madoguchi')" = 0
    expect "it speaks the language that it was told" start_menu_has 窓口.lnk
    expect "it starts with the PC" grep -q . <<<"$(registry "HKCU\\$RUN" Madoguchi)"
    expect "the settings say so, before what they said" \
        cmp "$DATA/settings.toml" <(printf 'start_with_pc = true\r\n' && cat settings.toml)
    programs "$there" >/trial/before
    expect "an update says that the disk is full" test "$(code_of_setup "$THIS")" = 2
    expect "what lies there is whole" cmp /trial/before <(programs "$there")
    wine "Z:\\trial\\small\\Madoguchi\\uninstall.exe" /CurrentUser /S
    until_so "the program is gone" test ! -e "$there"
    umount "$small"
    expect_not "nothing starts with the PC any more" wine reg query "HKCU\\$RUN" /v Madoguchi
    rm -r "$DATA"
}

# The power, or the task manager: held still while it unpacks, and then ended.
it_is_cut_off_half_way() {
    local setup
    say "Cutting a setup off half-way"
    programs >/trial/before
    wine "Z:\\trial\\setup-$OLDER.exe" /S /CurrentUser >>"$EXPECT_LOG" 2>&1 &
    until test -e "$INSTALLED/next/madoguchi.exe"; do kill -0 $!; done
    # Wine writes the program's own words over those that started it.
    setup="$(pgrep -f "^Z:.*setup-$OLDER")"
    kill -STOP "$setup"
    expect "another one gives way to it" test "$(code_of_setup "$THIS")" = 5
    kill -KILL "$setup"
    wait $! || true
    expect "what was installed is whole" cmp /trial/before <(programs | grep -v ' \./next/')
    it_is_installed_for_this_user "$THIS"
    expect "the next one leaves nothing of it" test ! -e "$INSTALLED/next"
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
    expect_not "Windows knows madoguchi: no more" wine reg query 'HKCU\Software\Classes\madoguchi'
    expect "what the clerk keeps stays" cmp /trial/before /trial/after
}

it_is_installed_for_all_users() {
    local everybody="$PREFIX/drive_c/Program Files/Madoguchi"
    say "Installing it for all users"
    wine "Z:\\trial\\setup-$THIS.exe" /S /AllUsers '/SETTINGS=Z:\trial\settings.toml'
    expect "it lies where programs lie" test -s "$everybody/madoguchi.exe"
    expect "Windows lists it for all" test "$(registry "HKLM\\$UNINSTALL" DisplayVersion)" = "$THIS"
    a_page_can_start_it HKLM
    expect "the settings are everybody's" cmp settings.toml "$PREFIX/drive_c/ProgramData/Madoguchi/settings.toml"
    rm "$DATA/settings.toml"
    INSTALLED="$everybody" counter operations
    expect "what this user keeps is found, by everybody's settings" test "$(told .answer.uses)" = 2
    INSTALLED="$everybody" a_page_starts_it
    wine "$everybody/uninstall.exe" /AllUsers /S
    until_so "the program is gone" test ! -e "$everybody"
    expect_not "Windows lists it no more" wine reg query "HKLM\\$UNINSTALL"
}
