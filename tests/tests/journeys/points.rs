//! Looking up, using, printing, voiding.

use crate::journey::journey;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;
use std::path::Path;

fn says(paper: &Path, wanted: &[&str]) -> Result<(), Trouble> {
    let words = words_on(paper)?;
    for wanted in wanted {
        if !words.contains(wanted) {
            return Err(Trouble::new(format!("the paper does not say {wanted}: {words}")));
        }
    }
    Ok(())
}

#[test]
fn points_are_used_printed_voided_and_back_on_the_card() {
    journey("use-and-void", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.uses(1_500).await?;
        clerk.sees("残りは 1,500ポイントです").await?;
        clerk.gives_the_card_back()?;
        says(&clerk.prints_the_receipt().await?, &["1,500", "3,000", "やまだ八百屋"])?;
        clerk.voids_this_use(1_500).await?;
        clerk.sees("残高は 3,000ポイントに戻りました").await?;
        clerk.goes_on_to_the_next_customer().await?;
        clerk.taps("hanako").await?;
        clerk.goes_on_with_the_whole_balance_of(3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_receipt_printed_again_says_so_with_its_count() {
    journey("reprint", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.uses(100).await?;
        let first = words_on(&clerk.prints_the_receipt().await?)?;
        let again = words_on(&clerk.prints_the_receipt_again(1).await?)?;
        if first.contains("再発行") || !again.contains("再発行") {
            return Err(Trouble::new(format!("first {first}\nagain {again}")));
        }
        clerk.closes_the_window().await
    });
}

#[test]
fn more_than_the_balance_is_refused_before_anything_moves() {
    journey("too-much", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.writes("から使うポイント数", "３００１").await?;
        clerk.sees("残高は 3,000ポイントです").await?;
        clerk.writes("から使うポイント数", "１５００").await?;
        clerk.presses("確認へ進む").await?;
        clerk.sees("「1,500ポイントのご利用でよろしいでしょうか」").await?;
        clerk.closes_the_window().await
    });
}
