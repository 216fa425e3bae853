//! One PC, registered for real and in training: a day of practice leaves everything real as it was.

use crate::journey::journey_in;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::{Shop, form_two};
use std::path::Path;

const MARK: &str = "訓練";
/// Read back from a paper, where white space is layout.
const PAPERS_MARK: &str = "訓練この紙は使えません";

fn open() -> Result<Shop, Trouble> {
    Shop::open()?.with_training()
}

fn says(paper: &Path, wanted: &[&str]) -> Result<(), Trouble> {
    let words = words_on(paper)?;
    match wanted.iter().find(|wanted| !words.contains(*wanted)) {
        Some(missing) => Err(Trouble::new(format!("{} does not say {missing}: {words}", paper.display()))),
        None => Ok(()),
    }
}

fn is_as_before<T: PartialEq>(what: &str, before: &T, now: &T) -> Result<(), Trouble> {
    if before == now { Ok(()) } else { Err(Trouble::new(format!("training changed {what}"))) }
}

#[test]
fn a_use_in_training_leaves_real_books_and_the_real_store_untouched_and_its_papers_say_so() {
    journey_in("training", open, async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        clerk.uses(500).await?;
        clerk.gives_the_card_back()?;
        let real_paper = words_on(&clerk.prints_the_receipt().await?)?;
        if real_paper.contains(MARK) {
            return Err(Trouble::new(format!("a real receipt says {MARK}: {real_paper}")));
        }
        clerk.goes_on_to_the_next_customer().await?;
        clerk.does_not_see(MARK).await?;
        clerk.closes_the_window().await?;
        // Practising needs nothing of what is real: its cloud is not even there.
        shop.cloud.stop()?;
        let before = (shop.pc.kept_outside_training()?, std::fs::read(shop.cloud.database())?);

        let clerk = Clerk::opens_the_window_in_training(shop).await?;
        clerk.registers_for_training().await?;
        clerk.taps("hanako").await?;
        clerk.sees("訓練市ポイント").await?;
        clerk.uses(1_500).await?;
        clerk.gives_the_card_back()?;
        let receipt = clerk.prints_the_receipt().await?;
        says(&receipt, &[PAPERS_MARK, "訓練用のお店", "1,500"])?;
        clerk.goes_on_to_the_next_customer().await?;
        let close = clerk.closes_the_day(1).await?;
        says(&close, &[PAPERS_MARK, "日計"])?;
        clerk.sees_that_it_is_training().await?;
        clerk.closes_the_window().await?;

        is_as_before("the real store, settings or papers", &before.0, &shop.pc.kept_outside_training()?)?;
        is_as_before("the real books", &before.1, &std::fs::read(shop.cloud.database())?)?;
        shop.cloud.start()?;
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.sees_the_menu().await?;
        clerk.does_not_see(MARK).await?;
        clerk.taps("hanako").await?;
        clerk.sees("2,500").await?;
        clerk.gives_the_card_back()?;
        clerk.closes_the_window().await
    });
}

#[test]
fn the_counter_is_left_locked_for_training_and_found_so_after_it() {
    journey_in("training-and-back", open, async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.leaves_for_training().await?;
        clerk.loses_power()?;

        let clerk = Clerk::opens_the_window_in_training(shop).await?;
        clerk.registers_for_training().await?;
        clerk.comes_back_from_training().await?;
        clerk.loses_power()?;

        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.sees("ロックしています").await?;
        clerk.does_not_see(MARK).await?;
        clerk.unlocks_with(&form_two().password).await?;
        clerk.sees_the_menu().await?;
        clerk.closes_the_window().await
    });
}
