# The trial's steps of the program without its window: what other programs of this PC ask, the tray, madoguchi:.
#
# Wine has no web view: where the program is asked for its window, it says so.

ask() { wine cscript /nologo 'Z:\trial\ask.js' "$@" | tr -d '\r' >/trial/answered.json; }

answered() { jq -er "$1" /trial/answered.json; }

somebody_listens() { ss -ltn | grep -q ':24725 '; }

nobody_listens() { ! somebody_listens; }

a_program_is_paired() {
    say "Pairing another program of the bakery's"
    wine "$INSTALLED/madoguchi-terminal.exe" --data-dir "$(in_windows "$BAKERY")" --json \
        bridge --pair 会員システム >/trial/offered.json 2>>"$EXPECT_LOG" &
    until_so "a code" jq -er .answer.offered.code /trial/offered.json
    ask pair "$(jq -er .answer.offered.code /trial/offered.json)"
    TOKEN="$(answered .token)"
    wine taskkill /f /im madoguchi-terminal.exe >>"$EXPECT_LOG" 2>&1
    wait $! || true
    until_so "its end" nobody_listens
    at_bakery pairings
    expect "it is paired, by its name" test "$(told '.answer.pairings[0].name')" = 会員システム
}

it_answers_without_a_window() {
    local counter number
    say "Without a window"
    lies taro
    at_bakery look-up-service-id
    number="$(told .answer.number)"
    sed -i '1i bridge = true' "$BAKERY/settings.toml"
    wine "$INSTALLED/madoguchi.exe" --background --data-dir "$(in_windows "$BAKERY")" >>"$EXPECT_LOG" 2>&1 &
    counter=$!
    until_so "a counter for programs" somebody_listens
    ask read_card "$TOKEN"
    expect "a paired program has the number of the card" test "$(answered .number)" = "$number"
    ask read_card "$(printf '0%.0s' {1..64})"
    expect "one that is not paired has none" test "$(answered .code)" = program_not_paired
    expect "a program that is not this user's is hung up on" a_program_of_nobody_is_hung_up_on
    expect "an icon is in the tray" grep -q 'an icon is in the tray' "$BAKERY/madoguchi.log"
    expect_not "no window of it is open" look_at_screen search --onlyvisible --name '^窓口$'
    wine "$INSTALLED/madoguchi.exe" --background >>"$EXPECT_LOG" 2>&1
    expect "a further start changes nothing" kill -0 "$counter"
    expect_not "nor opens a window" look_at_screen search --onlyvisible --name '^窓口$'
    wine "$INSTALLED/madoguchi.exe" --end >>"$EXPECT_LOG" 2>&1
    until_so "it ends where a setup asks it to" nobody_listens
    wait "$counter" || true
    # Wine can show no page.
    wine "$INSTALLED/madoguchi.exe" >>"$EXPECT_LOG" 2>&1 &
    counter=$!
    until_so "a box that says why there is no window" look_at_screen search --onlyvisible --name '^Madoguchi$'
    expect "it is for want of a web view" grep -q WebView2 "$DATA/madoguchi.log"
    wine taskkill /f /im madoguchi.exe >>"$EXPECT_LOG" 2>&1
    wait "$counter" || true
}

# To Windows a program of Linux is nobody's.
a_program_of_nobody_is_hung_up_on() {
    ! curl --silent --max-time 10 -H 'Content-Type: application/json' -d '{"code":"000000"}' http://127.0.0.1:24725/v1/pair
}

# Installed for all users: Wine follows no address that one user's part of the registry names, as Windows does.
a_page_starts_it() {
    say "Starting it by madoguchi:"
    { echo 'bridge = true' && cat settings.toml; } >"$DATA/settings.toml"
    wine start madoguchi: >>"$EXPECT_LOG" 2>&1
    until_so "a counter for programs" somebody_listens
    wine start /wait madoguchi:what-a-page-says >>"$EXPECT_LOG" 2>&1
    expect_not "no window of it is open" look_at_screen search --onlyvisible --name '^窓口$'
    wine "$INSTALLED/madoguchi.exe" --end >>"$EXPECT_LOG" 2>&1
    until_so "its end" nobody_listens
    rm "$DATA/settings.toml"
    expect "where none may ask it ends by itself" wine "$INSTALLED/madoguchi.exe" --background
    expect "so does a start with the PC that this user has not chosen" wine "$INSTALLED/madoguchi.exe" --background --with-pc
    expect "nobody has listened" nobody_listens
}
