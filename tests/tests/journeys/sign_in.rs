//! The terminal password at the counter: leaving, coming back.

use crate::journey::journey;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::window::Key;
use madoguchi_tests::shop::{FormTwo, form_two};
use std::time::Duration;

#[test]
fn a_clerk_locks_the_counter_and_goes_on_with_the_password() {
    journey("sign-in", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.uses(100).await?;
        clerk.gives_the_card_back()?;
        clerk.goes_on_to_the_next_customer().await?;
        clerk.locks_the_counter().await?;
        clerk.does_not_see("本日のご利用").await?;
        clerk.closes_the_window().await?;

        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.sees("ロックしています").await?;
        clerk.does_not_see("本日のご利用").await?;
        clerk.unlocks_with("wrong2345").await?;
        clerk.sees("端末パスワードがちがいます").await?;
        clerk.unlocks_with(&form_two().password).await?;
        clerk.sees_the_menu().await?;
        clerk.taps("hanako").await?;
        clerk.uses(200).await?;
        clerk.sees("残りは 2,700ポイントです").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_counter_nobody_touches_locks_itself_with_a_customers_balance_on_it() {
    journey("idle-lock", async |shop| {
        shop.pc.locks_itself_after(5)?;
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.window().time_passes(Duration::from_mins(5)).await?;
        clerk.sees("ロックしています").await?;
        clerk.does_not_see("3,000").await?;
        clerk.gives_the_card_back()?;
        clerk.unlocks_with(&form_two().password).await?;
        clerk.sees_the_menu().await?;
        clerk.presses_key(Key::F9).await?;
        clerk.sees("ロックしています").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn the_staff_name_a_municipality_wants_stands_on_receipt_and_list() {
    journey("staff-name", async |shop| {
        shop.cloud.wants_staff_names()?;
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.types_terminal_and_password(&form_two()).await?;
        clerk.fills_in_contact().await?;
        clerk.presses("はじめる").await?;
        clerk.sees("担当者名と端末パスワードを入力してください").await?;
        clerk.signs_in_as("佐藤", &form_two().password).await?;
        clerk.sees("担当 佐藤").await?;
        clerk.taps("hanako").await?;
        clerk.uses(100).await?;
        let receipt = words_on(&clerk.prints_the_receipt().await?)?;
        assert!(receipt.contains("担当佐藤"), "{receipt}");
        clerk.gives_the_card_back()?;
        clerk.goes_on_to_the_next_customer().await?;
        clerk.presses("一覧と明細を見る").await?;
        clerk.sees("川崎市ポイント 担当 佐藤").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_shop_that_lost_its_sheet_goes_on_with_a_new_one() {
    journey("lost-sheet", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.locks_the_counter().await?;
        clerk.sees("用紙が見つからないときは、自治体の担当課にご連絡ください").await?;
        let new_sheet = FormTwo { password: shop.cloud.releases(&form_two().terminal)?, ..form_two() };
        clerk.unlocks_with(&form_two().password).await?;
        clerk.presses("登録し直す").await?;
        clerk.registers(&new_sheet).await?;
        clerk.locks_the_counter().await?;
        clerk.unlocks_with(&form_two().password).await?;
        clerk.sees("端末パスワードがちがいます").await?;
        clerk.unlocks_with(&new_sheet.password).await?;
        clerk.sees_the_menu().await?;
        clerk.closes_the_window().await
    });
}
