# The trial's steps of the program without its window: what other programs of this PC ask, the tray, madoguchi:.
#
# Wine has no web view: the program is never asked for its window here.

ask() { wine cscript /nologo 'Z:\trial\ask.js' "$@" | tr -d '\r' >/trial/answered.json; }

answered() { jq -er "$1" /trial/answered.json; }

somebody_listens() { ss -ltn | grep -q ':24725 '; }

nobody_listens() { ! somebody_listens; }

a_program_is_paired() {
    say "Pairing another program"
    wine "$INSTALLED/madoguchi-terminal.exe" --json bridge --pair 図書館システム >/trial/offered.json 2>>"$EXPECT_LOG" &
    until_so "a code" jq -er .answer.offered.code /trial/offered.json
    ask pair "$(jq -er .answer.offered.code /trial/offered.json)"
    TOKEN="$(answered .token)"
    expect "it is paired" test "$(answered .name)" = 図書館システム
    wine taskkill /f /im madoguchi-terminal.exe >>"$EXPECT_LOG" 2>&1
    wait $! || true
    until_so "its end" nobody_listens
}

# The bakery's own settings say whether programs may ask.
programs_may_ask() { # true or false
    { echo "bridge = $1" && cat settings.toml; } >"$DATA/settings.toml"
}

it_answers_without_a_window() {
    say "Without a window"
    programs_may_ask true
    wine "$INSTALLED/madoguchi.exe" --background >>"$EXPECT_LOG" 2>&1 &
    COUNTER=$!
    until_so "a counter for programs" somebody_listens
    lies taro
    ask read_card "$TOKEN"
    expect "a paired program is answered: $(cat answered.json)" test "$(answered .result)" != null
    ask read_card "$(printf '0%.0s' {1..64})"
    expect "one that is not paired is not" test "$(answered .code)" = program_not_paired
    expect "a program of another user of the PC is hung up on" another_user_is_hung_up_on
    expect "an icon is in the tray" grep -q 'an icon is in the tray' "$DATA/madoguchi.log"
    expect_not "no window of it is open" look_at_screen search --onlyvisible --name '^窓口$'
    wine "$INSTALLED/madoguchi.exe" --background >>"$EXPECT_LOG" 2>&1
    wine start madoguchi: >>"$EXPECT_LOG" 2>&1
    expect "further starts change nothing" kill -0 "$COUNTER"
    expect_not "nor open a window" look_at_screen search --onlyvisible --name '^窓口$'
    wine "$INSTALLED/madoguchi.exe" --end >>"$EXPECT_LOG" 2>&1
    until_so "it ends where a setup asks it to" nobody_listens
    wait "$COUNTER" || true
}

# To Windows a program of Linux is nobody's.
another_user_is_hung_up_on() {
    ! curl --silent --max-time 10 -H 'Content-Type: application/json' -d '{"code":"000000"}' http://127.0.0.1:24725/v1/pair
}

a_page_starts_it() {
    say "Starting it by madoguchi:"
    wine start madoguchi:anything-that-a-page-says >>"$EXPECT_LOG" 2>&1
    until_so "a counter for programs" somebody_listens
    expect "what the page said is nowhere" test -z "$(find "$PREFIX" -newer answered.json -name '*anything-that*')"
    wine "$INSTALLED/madoguchi.exe" --end >>"$EXPECT_LOG" 2>&1
    until_so "its end" nobody_listens
    programs_may_ask false
    expect "where none may ask it ends by itself" wine "$INSTALLED/madoguchi.exe" --background
    expect "and has not listened" nobody_listens
    expect "so does a start with the PC that this user has not chosen" wine "$INSTALLED/madoguchi.exe" --background --with-pc
    cp settings.toml "$DATA/settings.toml"
}
