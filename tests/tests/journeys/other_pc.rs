//! A terminal is a PC: its data alone is worth nothing elsewhere.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;

#[test]
fn data_copied_to_another_pc_is_refused_there() {
    journey("copied-data", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.closes_the_window().await?;
        let other = shop.another_pc()?;
        other.takes_over_data_of(&shop.pc)?;
        let clerk = Clerk::opens_the_window_of(shop, &other).await?;
        clerk.sees("この端末は使えません").await?;
        clerk.does_not_see("ポイント利用").await?;
        clerk.closes_the_window().await?;
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.sees_the_menu().await?;
        clerk.closes_the_window().await
    });
}
