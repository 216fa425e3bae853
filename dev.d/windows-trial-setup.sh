# The trial's steps of the setup: laid down, brought up, stopped by what happens on PCs, removed.

it_is_installed_for_this_user() { # version
    local name
    expect "it ends with nothing to say" test "$(code_of_setup "$1" '/SETTINGS=Z:\trial\settings.toml')" = 0
    for name in madoguchi.exe madoguchi-terminal.exe madoguchi-receive.exe WebView2Loader.dll third-party.txt uninstall.exe fonts/OFL.txt \
        fonts/BIZUDPGothic-Regular.ttf fonts/BIZUDPGothic-Bold.ttf; do
        expect "$name is there" test -s "$INSTALLED/$name"
    done
    expect "they are those of $1" programs_are_of "$1"
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

# By their bytes: what Windows lists is what the setup says of itself.
programs_are_of() { # version
    local name laid_out="laid-out"
    [ "$1" = "$THIS" ] || laid_out=older
    for name in madoguchi.exe madoguchi-terminal.exe madoguchi-receive.exe; do
        cmp "$laid_out/$name" "$INSTALLED/$name" || return 1
    done
}

# Nobody gets an older one by mistake: it cannot open the newer one's records.
an_older_one_is_not_put_over_a_newer_one() {
    say "Putting an older one over it"
    programs >/trial/before
    expect "it says that a newer one is there" test "$(code_of_setup "$OLDER")" = 7
    expect "nothing was changed" cmp /trial/before <(programs)
    expect "Windows still lists what is there" test "$(registry "HKCU\\$UNINSTALL" DisplayVersion)" = "$THIS"
    expect "told so it is carried out" test "$(code_of_setup "$OLDER" /DOWNGRADE)" = 0
    expect "the older one is there" programs_are_of "$OLDER"
}

a_program_that_runs_is_brought_up() {
    local before
    say "Bringing it up while it runs"
    sed -i '1i bridge = true' "$DATA/settings.toml"
    wine "$INSTALLED/madoguchi.exe" --background --data-dir "$(in_windows "$DATA")" >>"$EXPECT_LOG" 2>&1 &
    before=$!
    until_so "a counter for programs" somebody_listens
    expect "the setup ends with nothing to say" test "$(code_of_setup "$THIS")" = 0
    wait "$before" || true
    expect "the new one is there" programs_are_of "$THIS"
    until_so "a counter for programs, by the new one" somebody_listens
    expect "told the same folder, and to have no window" it_was_started_with --data-dir "$(in_windows "$DATA")" --background
    expect "nothing of the old one is left" test ! -e "$INSTALLED/old-1"
    wine "$INSTALLED/madoguchi.exe" --end >>"$EXPECT_LOG" 2>&1
    until_so "its end" nobody_listens
    sed -i 1d "$DATA/settings.toml"
}

# Wine writes a program's own words over those that started it.
it_was_started_with() { # word …
    local lines word
    lines="$(pgrep -af '^[^/].*madoguchi\.exe')"
    for word in "$@"; do grep -qF -e "$word" <<<"$lines" || return 1; done
}

# As where another user is signed in: nobody ends it from here.
a_program_that_does_not_end_goes_on() {
    say "Bringing it up while a script uses it"
    expect "the older one once more" test "$(code_of_setup "$OLDER" /DOWNGRADE)" = 0
    wine "$INSTALLED/madoguchi-terminal.exe" bridge >>"$EXPECT_LOG" 2>&1 &
    until_so "a counter for programs" somebody_listens
    expect "the setup ends with nothing to say" test "$(code_of_setup "$THIS")" = 0
    expect "the new one is there" programs_are_of "$THIS"
    expect "the old one goes on" somebody_listens
    expect "from the file that was put aside" cmp older/madoguchi-terminal.exe "$INSTALLED/old-1/madoguchi-terminal.exe"
    expect_not "one that has ended leaves nothing there" test -e "$INSTALLED/old-1/madoguchi.exe"
    nothing_is_removed_under_it
    wine taskkill /f /im madoguchi-terminal.exe >>"$EXPECT_LOG" 2>&1
    wait %% || true
    until_so "its end" nobody_listens
    expect "the next setup ends with nothing to say" test "$(code_of_setup "$THIS")" = 0
    expect "it leaves nothing of the old one" test ! -e "$INSTALLED/old-1"
}

nothing_is_removed_under_it() {
    programs >/trial/before
    expect "a removal says that it is in use" test "$(code_of_removal /CurrentUser)" = 4
    expect "every file is there" cmp /trial/before <(programs)
    expect "the old one goes on" somebody_listens
    expect "Windows lists it to be removed" test "$(registry "HKCU\\$UNINSTALL" DisplayVersion)" = "$THIS"
}

# One of its files cannot go where it should, when others are there already.
a_setup_that_cannot_go_on_takes_everything_back() {
    say "Bringing it up where one file cannot be replaced"
    programs >/trial/before
    chmod 0555 "$INSTALLED/fonts"
    expect "it says that a file could not be written" test "$(code_of_setup "$OLDER" /DOWNGRADE)" = 2
    chmod 0755 "$INSTALLED/fonts"
    expect "all of what was there is there again" cmp /trial/before <(programs)
    expect "Windows still lists what is there" test "$(registry "HKCU\\$UNINSTALL" DisplayVersion)" = "$THIS"
}

# Where it cannot be installed it says so by its code, and nothing is there, or what was there is there whole.
a_setup_that_cannot_finish_changes_nothing() {
    say "Installing it where that cannot be"
    it_has_no_rights
    its_settings_cannot_be_used
    it_goes_where_nobody_may_write
    it_goes_where_there_is_no_room
    its_settings_have_no_place
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

# Wine makes an administrator of whoever starts a setup that asks for the highest rights there are: the one that is tried
# asks for none. Its sum is another one then, and is not looked at.
it_has_no_rights() {
    local code=0
    sed 's/level="highestAvailable"/level="asInvoker"       /' "setup-$THIS.exe" >setup-without-rights.exe
    expect_not "it asks for no rights" cmp --quiet "setup-$THIS.exe" setup-without-rights.exe
    wine 'Z:\trial\without-rights.exe' 'Z:\trial\setup-without-rights.exe' /NCRC /S /AllUsers >>"$EXPECT_LOG" 2>&1 || code=$?
    expect "for all users it says that it may not" test "$code" = 3
    expect_not "nothing is there" test -e "$PREFIX/drive_c/Program Files/Madoguchi"
}

its_settings_cannot_be_used() {
    mkdir -p mistaken without-authority
    printf 'cloud_adress = "https://cloud.example.jp"\n' >mistaken/settings.toml
    printf 'cloud_address = "https://cloud.example.jp"\ncloud_authority = "authority.pem"\n' >without-authority/settings.toml
    for name in nowhere mistaken without-authority; do
        expect "settings that are $name are said" test "$(code_of_setup "$THIS" "/SETTINGS=$name\\settings.toml")" = 6
    done
    expect "an authority that is nowhere is said" \
        test "$(code_of_setup "$THIS" '/SETTINGS=Z:\trial\settings.toml' '/AUTHORITY=nowhere.pem')" = 6
    expect_not "nothing is there" test -e "$INSTALLED"
    expect_not "and no settings" test -e "$DATA"
}

it_goes_where_nobody_may_write() {
    install -d -m 0555 /trial/read-only
    expect "it says that it may not write there" test "$(code_of_setup "$THIS" '/D=Z:\trial\read-only\Madoguchi')" = 2
    expect "nothing is there" test -z "$(ls -A /trial/read-only)"
}

# Room for the programs once, and not twice; in a folder that is somebody else's.
it_goes_where_there_is_no_room() {
    local small=/trial/small there=/trial/small/Madoguchi size
    size="$(du -ck /trial/laid-out | tail -n 1 | cut -f 1)"
    mkdir -p "$small"
    mount -t tmpfs -o "size=$((size / 2))k,mode=0777" tmpfs "$small"
    expect "it says that the disk is full" test "$(code_of_setup "$THIS" '/D=Z:\trial\small')" = 2
    expect "nothing is there" test -z "$(ls -A "$small")"
    mount -o "remount,size=$((size * 3 / 2))k" "$small"
    somebody_elses_files_lie_in "$small"
    it_is_installed_with_room "$there"
    programs "$there" >/trial/before
    expect "an update says that the disk is full" test "$(code_of_setup "$THIS")" = 2
    expect "what lies there is whole" cmp /trial/before <(programs "$there")
    somebody_elses_files_lie_in "$there"
    wine "Z:\\trial\\small\\Madoguchi\\uninstall.exe" /CurrentUser /S
    until_so "the program is gone" test ! -e "$there/uninstall.exe"
    expect "somebody else's files are there" test "$(find "$small" -name theirs | wc -l)" = 4
    expect "and nothing else" test "$(find "$small" -type f | wc -l)" = 4
    umount "$small"
    expect_not "nothing starts with the PC any more" wine reg query "HKCU\\$RUN" /v Madoguchi
    rm -r "$DATA"
}

# A file lies where their folder should be.
its_settings_have_no_place() {
    as_clerk touch "$DATA"
    expect "what is installed without its settings says so" \
        test "$(code_of_setup "$THIS" '/SETTINGS=Z:\trial\settings.toml' /STARTWITHPC)" = 9
    expect "the programs are there" programs_are_of "$THIS"
    expect "it is removed" test "$(code_of_removal /CurrentUser)" = 0
    rm -r "$DATA" "$INSTALLED"
}

somebody_elses_files_lie_in() { # folder
    mkdir -p "$1/fonts" "$1/next"
    touch "$1/fonts/theirs" "$1/next/theirs"
    chmod -R a+rwX "$1/fonts" "$1/next"
}

# The settings and their authority by paths relative to where the setup is started, and to them.
it_is_installed_with_room() { # folder
    mkdir -p given
    cp authority.pem given
    printf '\357\273\277cloud_address = "https://%s"\ncloud_authority = "authority.pem"\n' "$CLOUD" >given/settings.toml
    chmod -R a+rX given
    expect "it is installed where it was told, and says that the web view is missing" \
        test "$(code_of_setup "$OLDER" /STARTWITHPC /LANG=1041 '/SETTINGS=given\settings.toml' '/D=Z:\trial\small')" = 8
    expect "in a folder of its own" test -s "$1/madoguchi.exe"
    expect "it speaks the language that it was told" start_menu_has 窓口.lnk
    expect "it starts with the PC" grep -q . <<<"$(registry "HKCU\\$RUN" Madoguchi)"
    expect "the settings say so, before what they said" \
        cmp "$DATA/settings.toml" <(printf 'start_with_pc = true\r\n' && tail -c +4 given/settings.toml)
    expect "their authority came along" cmp authority.pem "$DATA/authority.pem"
    a_web_view_is_there
}

# No web view, but what Windows writes down of one: of everybody's, which was removed, and of this user's.
a_web_view_is_there() {
    local key='Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}'
    wine reg add "HKLM\\$key" /v pv /d 0.0.0.0 /reg:32 /f >>"$EXPECT_LOG" 2>&1
    wine reg add "HKCU\\$key" /v pv /d 120.0.2210.91 /f >>"$EXPECT_LOG" 2>&1
}

# The power, or the task manager: held still while it unpacks, and then ended.
it_is_cut_off_half_way() {
    local setup
    say "Cutting a setup off half-way"
    programs >/trial/before
    wine "Z:\\trial\\setup-$OLDER.exe" /S /CurrentUser /DOWNGRADE >>"$EXPECT_LOG" 2>&1 &
    # Wine writes the program's own words over those that started it.
    until setup="$(pgrep -f "^Z:.*setup-$OLDER")"; do kill -0 $!; done
    until test -e "$INSTALLED/next"; do kill -0 $!; done
    kill -STOP "$setup"
    expect "it is cut off while it unpacks" test ! -e "$INSTALLED/next/uninstall.exe"
    expect "another one gives way to it" test "$(code_of_setup "$THIS")" = 5
    expect "so does a removal" test "$(code_of_removal /CurrentUser)" = 5
    kill -KILL "$setup"
    wait $! || true
    expect "what was installed is whole" cmp /trial/before <(programs | grep -v ' \./next/')
    it_is_installed_for_this_user "$THIS"
    expect "the next one leaves nothing of it" test ! -e "$INSTALLED/next"
}

# What a removal ends with that does not go on as a copy of itself. Its last word has no quotes, whatever is in it.
code_of_removal() { # word …
    local code=0 folder
    folder="$(in_windows "$INSTALLED")"
    # shellcheck disable=SC2086 # as so many words: Wine would put it into quotes
    wine "$INSTALLED/uninstall.exe" /S "$@" _?=$folder >>"$EXPECT_LOG" 2>&1 || code=$?
    echo "$code"
}

it_is_removed() {
    say "Removing it"
    sums >/trial/before
    a_removal_that_cannot_take_all_can_be_done_again
    # It goes on as a copy of itself, so that its own file can go.
    wine "$INSTALLED/uninstall.exe" /CurrentUser /S
    until_so "the program is gone" test ! -e "$INSTALLED"
    sums >/trial/after
    expect_not "it stands no more in the start menu" start_menu_has_it
    expect_not "Windows lists it no more" wine reg query "HKCU\\$UNINSTALL"
    expect_not "Windows knows madoguchi: no more" wine reg query 'HKCU\Software\Classes\madoguchi'
    expect "what the clerk keeps stays" cmp /trial/before /trial/after
    expect "and the keys to it" credentials_have "$DEVICE_KEY" "$STORE_KEY"
}

a_removal_that_cannot_take_all_can_be_done_again() {
    chmod 0555 "$INSTALLED/fonts"
    expect "where a file stays it says so" test "$(code_of_removal /CurrentUser)" = 9
    chmod 0755 "$INSTALLED/fonts"
    expect "the way to remove it stays, too" test -s "$INSTALLED/uninstall.exe"
    expect "Windows lists it to be removed" test "$(registry "HKCU\\$UNINSTALL" DisplayVersion)" = "$THIS"
}

it_is_installed_for_all_users() {
    local everybody="$PREFIX/drive_c/Program Files/Madoguchi" for_all="$PREFIX/drive_c/ProgramData/Madoguchi"
    say "Installing it for all users"
    wine "Z:\\trial\\setup-$THIS.exe" /S /AllUsers '/SETTINGS=Z:\trial\settings.toml'
    expect "it lies where programs lie" test -s "$everybody/madoguchi.exe"
    expect "Windows lists it for all" test "$(registry "HKLM\\$UNINSTALL" DisplayVersion)" = "$THIS"
    a_page_can_start_it HKLM
    expect "the settings are everybody's" cmp settings.toml "$for_all/settings.toml"
    rm "$DATA/settings.toml"
    INSTALLED="$everybody" counter operations
    expect "what this user keeps is found, by everybody's settings" test "$(told .answer.uses)" = 2
    INSTALLED="$everybody" a_page_starts_it
    it_is_removed_with_what_this_user_keeps "$everybody" "$for_all"
}

it_is_removed_with_what_this_user_keeps() { # folders: of the programs, of everybody's settings
    say "Removing it with what this user keeps"
    expect "the keys are there: counter's, street's" credentials_have "$DEVICE_KEY" "$STORE_KEY" "$STREET_KEYS"
    install -d -o 1000 -g 1000 "$LOCAL/jp.madoguchi.street"
    touch "$LOCAL/jp.madoguchi.street/street.sqlite"
    wine "$1/uninstall.exe" /AllUsers /S /RECORDS
    until_so "the program is gone" test ! -e "$1"
    expect_not "Windows lists it no more" wine reg query "HKLM\\$UNINSTALL"
    expect_not "the settings of all are gone" test -e "$2"
    expect_not "the counter's folder is gone" test -e "$DATA"
    expect_not "the street's is gone" test -e "$LOCAL/jp.madoguchi.street"
    expect "no key is left in the credential store" no_credentials_are_left
}
