//! The second window, turned to the resident.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;

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
