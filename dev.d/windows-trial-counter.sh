# The trial's steps of the programs that the setup has laid down.

it_becomes_a_terminal() {
    say "Registering it"
    counter status
    expect "it says that it is no terminal yet" test "$(told .answer.place.state)" = unregistered
    printf 'yaoya2345\n' | counter register --terminal '1413 0001' --staff-name '山田 太郎' --shop-name やまだ八百屋 \
        --postal-code 2100001 --address 川崎市川崎区本町1-1 --phone 044-000-0000 --mail yaoya@example.jp
    expect "the books have one registration" test "$(books 'select count(*) from registration')" = 1
    expect "and what was typed, in Japanese" test "$(books 'select shop_name from registration')" = やまだ八百屋
    expect "its store is there" test -s "$DATA/terminal.sqlite"
    expect "Windows' credential store has its keys" credentials_have "$DEVICE_KEY" "$STORE_KEY"
    counter status
    expect "the next start finds them" test "$(told .answer.place.state)" = registered
}

# What the keys of a counter and of a street's receiver are called, and all of this program's.
DEVICE_KEY='[0-9a-f]{32}/device-key/[0-9a-f]{8}\.madoguchi'
STORE_KEY='[0-9a-f]{32}/store-key/[0-9a-f]{8}\.madoguchi'
STREET_KEYS='street/140002/merge-keys\.madoguchi-street'
ANY_KEY='.*\.madoguchi(-[a-z]+)?'

# Wine keeps them in its registry, under a name of its own that stays when the last of them goes.
credentials() {
    wine reg query 'HKCU\Software\Wine\Credential Manager' /s | tr -d '\r' |
        sed -n 's/^HKEY_CURRENT_USER\\Software\\Wine\\Credential Manager\(\\Generic: \|$\)//p'
}

credentials_have() { # name …
    local name kept
    kept="$(credentials)" || return 1
    for name in "$@"; do grep -qxE "$name" <<<"$kept" || return 1; done
}

# That they cannot be read is no sign that there are none.
no_credentials_are_left() {
    local kept
    kept="$(credentials)" || return 1
    ! grep -xE "$ANY_KEY" <<<"$kept"
}

it_serves_residents() {
    local before
    say "Serving residents"
    lies hanako
    counter look-up
    before="$(told '.answer.accounts[0].balance')"
    counter use 141305/1=300
    USE="$(told .answer.key)"
    expect "a My Number card's points were used" test "$(told '.answer.state.accounts[0].after')" = "$((before - 300))"
    expect "the books have the use" test "$(books "select count(*) from operation where kind = 'use' and outcome = 'done'")" = 1
    counter print "$USE"
    expect "its receipt is a paper in the user's documents" receipt_is_a_paper
    lies taro
    printf '1234\n' | counter use --pin 141305/1=3500
    expect "a card signed with its PIN" \
        test "$(books "select count(*) from operation where kind = 'use' and identified_by = 'signature'")" = 1
    install -d -o 1000 -g 1000 "$DATA/cards"
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

# The bakery in the street is another PC, by its mainboard, its store and its settings.
at_bakery() { counter --data-dir "$(in_windows "$BAKERY")" "$@"; }

a_street_receives_points() {
    local bakery="$BAKERY" key_file=cloud/cloud.key number
    say "Merging points into a street's own"
    at_cloud() { bin/madoguchi-cloud --database cloud/cloud.sqlite "$@"; }
    number="$(at_cloud street make-key 140002 --key-file "$key_file" 2>>"$EXPECT_LOG")"
    at_cloud street export-key 140002 "$number" --key-file "$key_file" >street.toml 2>>"$EXPECT_LOG"
    mkdir -p "$bakery/届け先"
    { cat settings.toml && printf '[[street_folder]]\nstreet = "140002"\nfolder = %s\n' "'$(in_windows "$bakery/届け先")'"; } >"$bakery/settings.toml"
    chown -R 1000:1000 "$bakery"
    printf 'komugi234\n' | at_bakery register --terminal '1413 0005' --id-provider 140002 --staff-name '山田 太郎' \
        --shop-name 'パン屋 こむぎ' --postal-code 2100001 --address 川崎市川崎区本町1-1 --phone 044-000-0000 --mail komugi@example.jp
    lies hanako
    at_bakery merge --street 140002 141305/1=500
    expect "one file lies in the street's folder" test "$(find "$bakery/届け先" -type f | wc -l)" = 1
    expect "the street opens it with its key, and it says 500 points" merge_file_says 500 "$bakery/届け先"/*
    at_bakery merges
    expect "the counter lists it" test "$(told '.answer.merges[0].points')" = 500
    a_street_takes_them_in "$bakery/届け先"
}

# Its keys lie in the credential store of the same user, and the sheet is destroyed.
a_street_takes_them_in() { # agreed folder
    local books="$HOME_OF_CLERK/商店街"
    install -d -o 1000 -g 1000 "$books"
    install -m 0600 -o 1000 -g 1000 street.toml "$HOME_OF_CLERK/sheet.toml"
    receive keep-keys --from "$(in_windows "$HOME_OF_CLERK/sheet.toml")"
    rm "$HOME_OF_CLERK/sheet.toml"
    receive take-in --street 140002 --data "$(in_windows "$books")" --folder "$(in_windows "$1")" --format json-lines
    expect "the street has 500 points from it" jq -es '.[0].points == 500' received.json
    receive check --street 140002 --data "$(in_windows "$books")"
}

receive() { wine "$INSTALLED/madoguchi-receive.exe" "$@" >received.json; }

# Opened by this program and brought up; the keys to it are another PC's, which it says.
stores_of_earlier_programs_are_brought_up() {
    local store name kept="$HOME_OF_CLERK/earlier" today
    say "Bringing up stores of earlier programs"
    today="$(sqlite3 -readonly "$DATA/terminal.sqlite" 'pragma user_version')"
    for store in fixtures/stores/terminal-*; do
        name="$(basename "$store")"
        mkdir -p "$kept/$name"
        cp "$store/terminal.sqlite" "$kept/$name"
        chown -R 1000:1000 "$kept"
        fails T-110 --data-dir "$(in_windows "$kept/$name")" status
        expect "$name is one of today's" test "$(sqlite3 "$kept/$name/terminal.sqlite" 'pragma user_version')" = "$today"
    done
}

# By the published page, with openssl alone.
merge_file_says() { # points, file
    local key iv
    key="$(sed -n 's/^aes = "\(.*\)"$/\1/p' street.toml | head -n 1)"
    iv="$(head -c 16 "$2" | od -An -v -tx1 | tr -d ' \n')"
    tail -c +17 "$2" | openssl enc -d -aes-128-cbc -K "$key" -iv "$iv" | grep -q ",$1,"
}

# Every mishap has its number and its words; a script has its exit code.
what_is_not_in_order_is_said() {
    local newer="$HOME_OF_CLERK/newer"
    say "Where something is not in order"
    PCSCLITE_CSOCK_NAME=/nowhere fails C-101 look-up --wait 5
    cp "$DATA/settings.toml" /trial/kept.toml
    printf '[printer]\nto = "queue"\nname = "受付"\n' >>"$DATA/settings.toml"
    fails R-411 print "$USE"
    cp /trial/kept.toml "$DATA/settings.toml"
    lies hanako
    for CLOCK in +366d -366d; do fails N-203 look-up; done
    CLOCK=
    counter operations
    expect "with the date right it goes on" test "$(told .answer.uses)" = 2
    mkdir "$newer"
    cp "$(printf "%s\n" fixtures/stores/terminal-* | sort -V | tail -n 1)/terminal.sqlite" "$newer"
    sqlite3 "$newer/terminal.sqlite" 'pragma user_version = 9999'
    chown -R 1000:1000 "$newer"
    sha256sum "$newer/terminal.sqlite" >/trial/before
    fails L-502 --data-dir "$(in_windows "$newer")" status
    expect "a newer program's store is left alone" sha256sum --check --quiet /trial/before
}

fails() { # pattern of its number, word …
    local number="$1"
    shift
    ! counter "$@" || die "It was done: $*"
    expect "it says what is so: $(told .failure.number) $(told .failure.what.ja)" grep -q "^\($number\)" <<<"$(told .failure.number)"
}
