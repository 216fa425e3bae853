//! Above the limit the resident types the PIN and the card signs.

use crate::journey::journey;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;

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
