//! The line, the cloud or the power goes between the click and the answer: one use or none, and the
//! right sentence.

use crate::journey::{journey, journey_in};
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::line::Passage;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::Shop;

/// A clerk who is about to confirm a use of 1,500 of Hanako's 3,000 points.
async fn about_to_use(shop: &Shop) -> Result<Clerk<'_>, Trouble> {
    let clerk = Clerk::at_a_registered_terminal(shop).await?;
    clerk.taps("hanako").await?;
    clerk.enters(1_500).await?;
    Ok(clerk)
}

/// Reads Hanako's card once more; it must have these points now.
async fn hanako_has(clerk: &Clerk<'_>, points: u32) -> Result<(), Trouble> {
    clerk.gives_the_card_back()?;
    clerk.has_seen_the_last_operation().await?;
    clerk.taps("hanako").await?;
    clerk.goes_on_with_the_whole_balance_of(points).await
}

#[test]
fn an_answer_lost_on_the_way_back_is_found_out() {
    journey("answer-lost", async |shop| {
        let clerk = about_to_use(shop).await?;
        shop.line.becomes(Passage::AnswersLost);
        clerk.confirms(1_500).await?;
        clerk.is_told_it_is_being_checked().await?;
        shop.line.becomes(Passage::Open);
        clerk.is_told_it_took_place().await?;
        hanako_has(&clerk, 1_500).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_cloud_stopped_before_the_use_has_not_booked_it() {
    journey("cloud-stopped", async |shop| {
        let clerk = about_to_use(shop).await?;
        shop.cloud.stop()?;
        clerk.confirms(1_500).await?;
        clerk.is_told_it_is_being_checked().await?;
        shop.cloud.start()?;
        clerk.is_told_it_did_not_take_place().await?;
        hanako_has(&clerk, 3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_cloud_killed_before_it_heard_of_the_use_has_not_booked_it() {
    journey("cloud-killed", async |shop| {
        let clerk = about_to_use(shop).await?;
        shop.cloud.freeze()?;
        clerk.confirms(1_500).await?;
        clerk.is_told_it_is_being_checked().await?;
        shop.cloud.kill();
        shop.cloud.start()?;
        clerk.is_told_it_did_not_take_place().await?;
        hanako_has(&clerk, 3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn after_a_power_cut_the_next_start_says_that_it_took_place() {
    journey("power-cut-done", async |shop| {
        let clerk = about_to_use(shop).await?;
        shop.line.becomes(Passage::AnswersLost);
        clerk.confirms(1_500).await?;
        clerk.sees("クラウドに伝えています").await?;
        clerk.loses_power()?;
        shop.line.becomes(Passage::Open);
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.is_told_it_took_place().await?;
        hanako_has(&clerk, 1_500).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn after_a_power_cut_the_next_start_says_that_it_did_not_take_place() {
    journey("power-cut-not-done", async |shop| {
        let clerk = about_to_use(shop).await?;
        shop.line.becomes(Passage::Cut);
        clerk.confirms(1_500).await?;
        clerk.sees("クラウドに伝えています").await?;
        clerk.loses_power()?;
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.is_told_it_is_being_checked().await?;
        shop.line.becomes(Passage::Open);
        clerk.is_told_it_did_not_take_place().await?;
        hanako_has(&clerk, 3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_pc_whose_clock_is_a_day_behind_works_and_is_told() {
    journey_in("clock-off", Shop::open_a_day_behind_its_cloud, async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.sees("ずれています").await?;
        clerk.taps("hanako").await?;
        clerk.uses(1_500).await?;
        clerk.voids_this_use(1_500).await?;
        clerk.closes_the_window().await
    });
}
