//! A scanner that types like a keyboard, over a screen that did not ask for it.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::window::Key;

const CODE: &str = "1413058801234567";

#[test]
fn a_scan_over_an_open_confirmation_uses_nothing() {
    journey("scan-over-confirmation", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.types("300").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("この内容で使いますか").await?;
        for _ in 0..3 {
            clerk.scans(CODE)?;
        }
        clerk.looks_for_help().await?;
        clerk.sees("まだポイントは動いていません").await?;
        clerk.does_not_see("使いました").await?;
        // The clerk's own Enter uses what the clerk typed.
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("300ポイントを使いました").await?;
        clerk.sees("残りは 2,700ポイントです").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_scan_into_the_amount_leaves_what_the_clerk_typed() {
    journey("scan-into-amount", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.types("30").await?;
        clerk.scans(CODE)?;
        clerk.looks_for_help().await?;
        clerk.sees("いくつ使いますか").await?;
        clerk.types("0").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("「300ポイントのご利用でよろしいでしょうか」").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_scanner_is_tried_under_the_settings() {
    journey("scanner-tried", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.presses("設定").await?;
        clerk.presses("スキャナーをためす").await?;
        clerk.sees("何か読み取ってください").await?;
        clerk.scans(CODE)?;
        clerk.sees(CODE).await?;
        clerk.sees("16文字").await?;
        clerk.closes_the_window().await
    });
}
