//! Cards and readers that do not do what they should.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;

#[test]
fn a_card_pulled_away_is_said_so_and_read_when_it_comes_back() {
    journey("card-pulled", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        shop.reader.cards_leave_at(2)?;
        clerk.puts_on("hanako")?;
        clerk.sees("読み終わる前に離れました").await?;
        clerk.sees("ポイントは動いていません").await?;
        shop.reader.cards_stay()?;
        clerk.taps("hanako").await?;
        clerk.finds_a_balance_of(3_000).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_card_that_is_no_my_number_card_is_said_so() {
    journey("other-card", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.puts_on("library")?;
        clerk.sees("マイナンバーカードではないようです").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn the_reader_works_again_by_itself_when_its_service_is_back() {
    journey("service-restarted", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        shop.reader.stop_service()?;
        clerk.presses("ポイント利用").await?;
        clerk.sees("いま、カードを読み取れません").await?;
        shop.reader.start_service()?;
        clerk.sees("読取装置は使えます").await?;
        clerk.taps("hanako").await?;
        clerk.closes_the_window().await
    });
}
