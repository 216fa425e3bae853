//! Cards and readers that do not do what they should.

use crate::journey::{journey, journey_in};
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::usb::READER_WITHOUT_DRIVER;
use madoguchi_tests::scene::window::Key;
use madoguchi_tests::shop::Shop;

#[test]
fn a_card_pulled_away_is_said_so_and_read_when_it_comes_back() {
    journey("card-pulled", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        shop.reader.cards_leave_at(2)?;
        clerk.puts_on("hanako")?;
        clerk.sees("読み終わる前に離れました").await?;
        clerk.sees("ポイントは動いていません").await?;
        shop.reader.cards_stay()?;
        clerk.taps("hanako").await?;
        clerk.goes_on_with_the_whole_balance_of(3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn another_card_is_named_and_the_right_one_in_its_place_goes_on() {
    journey("other-card", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.puts_on("library")?;
        clerk.sees("これは、交通系ICや電子マネーなどのカードです").await?;
        clerk.taps("hanako").await?;
        clerk.goes_on_with_the_whole_balance_of(3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn the_reader_works_again_by_itself_when_its_service_is_back() {
    journey("service-restarted", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        shop.reader.stop_service()?;
        clerk.presses("ポイント利用").await?;
        clerk.sees("カードを読むしくみが、動いていません").await?;
        shop.reader.start_service()?;
        clerk.sees("マイナンバーカードを読取装置に置いてください").await?;
        clerk.taps("hanako").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_reader_pulled_out_is_missed_and_plugged_in_again_it_goes_on() {
    journey("reader-pulled", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.presses("ポイント利用").await?;
        shop.reader.pull_out()?;
        clerk.sees("読取装置が、パソコンにつながっていません").await?;
        shop.reader.plug_in_again()?;
        clerk.sees("マイナンバーカードを読取装置に置いてください").await?;
        clerk.taps("hanako").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_reader_without_a_driver_is_named_and_one_that_has_a_driver_goes_on() {
    journey_in(
        "reader-without-driver",
        || Shop::open()?.with_usb(),
        async |shop| {
            let usb = shop.usb.as_ref().ok_or_else(|| Trouble::new("the PC has ports"))?;
            let clerk = Clerk::at_a_registered_terminal(shop).await?;
            clerk.presses("ポイント利用").await?;
            shop.reader.pull_out()?;
            clerk.sees("読取装置が、パソコンにつながっていません").await?;
            usb.plug_in("1-4", READER_WITHOUT_DRIVER)?;
            clerk.sees("読取装置のドライバーが、入っていません").await?;
            clerk.sees("パソコンの管理者に、ドライバーをお願いする").await?;
            clerk.presses("くわしい情報").await?;
            clerk.sees("Sony PaSoRi RC-S380/P (054C:06C3, held by port100)").await?;
            clerk.presses("調べた結果").await?;
            usb.pull_out("1-4")?;
            clerk.sees("読取装置が、パソコンにつながっていません").await?;
            shop.reader.plug_in_again()?;
            clerk.sees("マイナンバーカードを読取装置に置いてください").await?;
            clerk.taps("hanako").await?;
            clerk.closes_the_window().await
        },
    );
}

#[test]
fn a_reader_put_into_another_port_goes_on_under_its_new_name() {
    journey("reader-elsewhere", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.presses("ポイント利用").await?;
        shop.reader.pull_out()?;
        clerk.sees("読取装置が、パソコンにつながっていません").await?;
        shop.reader.plug_in_elsewhere()?;
        clerk.sees("マイナンバーカードを読取装置に置いてください").await?;
        clerk.presses_key(Key::F2).await?;
        clerk.presses("くわしい情報").await?;
        clerk.sees("Virtual PCD [elsewhere] 00 00 (empty)").await?;
        clerk.presses_key(Key::Escape).await?;
        clerk.sees("マイナンバーカードを読取装置に置いてください").await?;
        clerk.taps("hanako").await?;
        clerk.goes_on_with_the_whole_balance_of(3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn the_card_in_a_security_modules_slot_is_nobodys() {
    journey("reader-security-module", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        shop.reader.plug_in_a_security_module()?;
        clerk.presses_key(Key::F2).await?;
        clerk.presses("くわしい情報").await?;
        clerk.sees("Virtual PCD SAM 00 00 (card, not used)").await?;
        clerk.presses("調べた結果").await?;
        clerk.sees("読取装置は使えます").await?;
        clerk.puts_on("hanako")?;
        clerk.sees("このカードは読み取れます").await?;
        clerk.gives_the_card_back()?;
        clerk.sees("読取装置は使えます").await?;
        clerk.presses_key(Key::Escape).await?;
        clerk.sees_the_menu().await?;
        clerk.taps("hanako").await?;
        clerk.goes_on_with_the_whole_balance_of(3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_mute_card_is_said_so_and_turned_around_it_is_read() {
    journey("card-mute", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        shop.reader.cards_are_mute()?;
        clerk.puts_on("hanako")?;
        clerk.sees("カードから返事がありません").await?;
        shop.reader.cards_stay()?;
        clerk.taps("hanako").await?;
        clerk.goes_on_with_the_whole_balance_of(3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn the_tries_of_a_pin_are_read_when_the_clerk_asks_and_the_details_can_be_copied() {
    journey("reader-looked-at", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.presses_key(Key::F2).await?;
        clerk.sees("読取装置は使えます").await?;
        clerk.puts_on("hanako")?;
        clerk.sees("このカードは読み取れます").await?;
        clerk.presses("暗証番号の残り回数").await?;
        clerk.sees("あと3回").await?;
        clerk.presses("くわしい情報").await?;
        clerk.sees("Virtual PCD 00 00 (card)").await?;
        clerk.presses("コピーする").await?;
        clerk.sees("コピーしました").await?;
        clerk.presses_key(Key::Escape).await?;
        clerk.sees_the_menu().await?;
        clerk.closes_the_window().await
    });
}
