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
