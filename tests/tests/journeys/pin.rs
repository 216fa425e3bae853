//! Above the limit the resident types the PIN and the card signs.

use crate::journey::journey;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::window::Key;

#[test]
fn a_use_above_the_limit_is_signed_by_the_card_that_was_read_and_no_other() {
    journey("pin", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("taro").await?;
        clerk.enters_above_the_limit(4_000).await?;
        clerk.gives_the_card_back()?;
        clerk.sees("読取装置に、カードがありません").await?;
        clerk.puts_on("hanako")?;
        clerk.sees("はじめに読み取ったカードとは、ちがうカードです").await?;
        clerk.gives_the_card_back()?;
        clerk.puts_on("taro")?;
        clerk.sees("あと3回入力できます").await?;
        clerk.has_the_pin_typed("0000", 4_000).await?;
        clerk.sees("暗証番号がちがいます。あと2回").await?;
        clerk.sees("あと2回入力できます").await?;
        clerk.has_the_pin_typed("1234", 4_000).await?;
        clerk.sees("4,000ポイントを使いました").await?;
        let receipt = words_on(&clerk.prints_the_receipt().await?)?;
        if !receipt.contains("暗証番号により本人確認") {
            return Err(Trouble::new(format!("the receipt does not say it: {receipt}")));
        }
        clerk.closes_the_window().await?;
        shop.cloud.check_books()
    });
}

#[test]
fn three_wrong_pins_lock_the_card_after_an_explicit_yes_and_the_clerk_can_say_where_to_go() {
    journey("pin-locked", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("taro").await?;
        clerk.enters_above_the_limit(4_000).await?;
        clerk.sees("あと3回入力できます").await?;
        clerk.has_the_pin_typed("0000", 4_000).await?;
        clerk.sees("あと2回入力できます").await?;
        clerk.has_the_pin_typed("0000", 4_000).await?;
        clerk.sees("次にまちがえると、この暗証番号は使えなくなります").await?;
        clerk.does_not_see("数字4けた").await?;
        clerk.asks_for_the_tries_of_the_pin().await?;
        clerk.sees("読み取れます。暗証番号は、あと1回です").await?;
        clerk.presses_key(Key::Escape).await?;
        clerk.presses("続ける（お客様が了承）").await?;
        clerk.sees("あと1回入力できます").await?;
        clerk.has_the_pin_typed("0000", 4_000).await?;
        clerk.sees("暗証番号が使えなくなっています").await?;
        clerk.sees("お住まいの市区町村の窓口で、初期化をお願いしてください").await?;
        // Within the limit no PIN is needed.
        clerk.presses("数を直す").await?;
        clerk.uses(1_000).await?;
        clerk.goes_on_to_the_next_customer().await?;
        clerk.asks_for_the_tries_of_the_pin().await?;
        clerk.sees("読み取れます。暗証番号は、使えません").await?;
        clerk.sees("市区町村の窓口での初期化を、ご案内する").await?;
        clerk.gives_the_card_back()?;
        clerk.sees("読取装置は使えます").await?;
        shop.reader.cards_are_renewed()?;
        clerk.puts_on("taro")?;
        clerk.sees("このカードは読み取れます").await?;
        clerk.presses("暗証番号の残り回数").await?;
        clerk.sees("あと3回").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_pin_typed_while_the_card_was_swapped_is_told_to_no_card_and_nothing_is_signed() {
    journey("pin-swapped", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("taro").await?;
        clerk.enters_above_the_limit(4_000).await?;
        clerk.sees("あと3回入力できます").await?;
        clerk.types("0000").await?;
        clerk.puts_on("hanako")?;
        // At once: it goes to the card that lies there now, unless somebody looks which one that is.
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("はじめに読み取ったカードとは、ちがうカードです").await?;
        clerk.sees("ポイントは動いていません").await?;
        let told: Vec<_> =
            shop.reader.passed()?.into_iter().filter(|line| is_pin_or_signature(line)).collect();
        if !told.is_empty() {
            return Err(Trouble::new(format!("the other card was told: {told:#?}")));
        }
        clerk.puts_on("taro")?;
        clerk.sees("あと3回入力できます").await?;
        clerk.has_the_pin_typed("1234", 4_000).await?;
        clerk.sees("4,000ポイントを使いました").await?;
        clerk.closes_the_window().await
    });
}

/// VERIFY or COMPUTE DIGITAL SIGNATURE, in the reader's log.
fn is_pin_or_signature(passed: &str) -> bool {
    passed.starts_with("00 20 ") || passed.starts_with("80 2A ")
}

#[test]
fn a_phone_says_whose_it_is_after_its_pin_and_signs_a_use() {
    journey("pin-phone", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.puts_on("phone")?;
        clerk.sees("スマートフォンのマイナンバーカードを読むためのものです").await?;
        clerk.sees("あと3回入力できます").await?;
        clerk.types("0000").await?;
        clerk.presses("読み取る").await?;
        clerk.sees("あと2回入力できます").await?;
        clerk.types("1234").await?;
        clerk.presses("読み取る").await?;
        clerk.sees("いくつ使いますか").await?;
        clerk.enters_above_the_limit(4_000).await?;
        clerk.has_the_pin_typed("1234", 4_000).await?;
        clerk.sees("4,000ポイントを使いました").await?;
        clerk.closes_the_window().await
    });
}
