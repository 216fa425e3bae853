//! The second window, turned to the resident.

use crate::journey::{journey, journey_in};
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::window::Key;
use madoguchi_tests::shop::Shop;

#[test]
fn the_resident_follows_a_use_on_a_screen_of_their_own_until_it_is_turned_off() {
    journey("resident-screen", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.window().is_the_only_one().await?;
        clerk.sets_the_residents_screen("動かせる窓").await?;
        clerk.shows_the_resident("いらっしゃいませ").await?;
        clerk.shows_the_resident("やまだ八百屋").await?;
        clerk.taps("hanako").await?;
        clerk.shows_the_resident("ここで使えるポイント").await?;
        clerk.shows_the_resident("3,000ポイント").await?;
        clerk.enters(1_200).await?;
        clerk.shows_the_resident("川崎市ポイントを使います").await?;
        clerk.shows_the_resident("−1,200ポイント").await?;
        clerk.shows_the_resident("よろしければ、係の者にお知らせください").await?;
        clerk.confirms(1_200).await?;
        clerk.shows_the_resident("1,200ポイントを使いました").await?;
        clerk.shows_the_resident("1,800ポイント").await?;
        clerk.goes_on_to_the_next_customer().await?;
        clerk.shows_the_resident("いらっしゃいませ").await?;
        clerk.sets_the_residents_screen("使わない").await?;
        clerk.window().is_the_only_one().await?;
        clerk.closes_the_window().await
    });
}

/// A monitor that no display of a journey has.
const PULLED_OUT: &str = "EIZO EV2495 1920×1200+1280+0";

#[test]
fn a_monitor_that_is_not_there_is_said_so_and_another_choice_shows_the_residents_screen_again() {
    journey("resident-monitor", async |shop| {
        shop.pc.shows_the_resident_on(PULLED_OUT)?;
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.sees("お客様用：使えません").await?;
        clerk.window().other_is_hidden().await?;
        clerk.presses_key(Key::F1).await?;
        clerk.sees("お客様用画面（EIZO EV2495 1920×1200+1280+0）が、つながっていません").await?;
        clerk.sees("この画面をお客様にお見せください").await?;
        clerk.presses_key(Key::Escape).await?;
        clerk.taps("hanako").await?;
        clerk.uses(1_200).await?;
        clerk.goes_on_to_the_next_customer().await?;
        clerk.sets_the_residents_screen("動かせる窓").await?;
        clerk.window().other_is_shown().await?;
        clerk.does_not_see("お客様用：").await?;
        clerk.shows_the_resident("いらっしゃいませ").await?;
        clerk.closes_the_window().await
    });
}

/// The second monitor as the settings list it, and its part of the display: left, top, width, height.
const SECOND: &str = "VNC-1 1280×800+1280+0";
const WHOLE_SECOND: [i64; 4] = [1280, 0, 1280, 800];

#[test]
fn the_residents_screen_fills_the_monitor_chosen_for_it_and_comes_back_with_it() {
    journey_in("resident-second-monitor", Shop::open_with_two_monitors, async |shop| {
        let monitors = shop.pc.desktop().monitors()?;
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.sets_the_residents_screen(SECOND).await?;
        clerk.window().other_fills(WHOLE_SECOND).await?;
        clerk.shows_the_resident("いらっしゃいませ").await?;
        clerk.closes_the_window().await?;

        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.window().other_fills(WHOLE_SECOND).await?;
        clerk.sees("お客様用：使えます").await?;
        monitors.are(1)?;
        clerk.sees("お客様用：使えません").await?;
        clerk.window().other_is_hidden().await?;
        clerk.taps("hanako").await?;
        clerk.uses(1_200).await?;
        monitors.are(2)?;
        clerk.sees("お客様用：使えます").await?;
        clerk.window().other_fills(WHOLE_SECOND).await?;
        clerk.shows_the_resident("1,200ポイントを使いました").await?;
        clerk.closes_the_window().await
    });
}
