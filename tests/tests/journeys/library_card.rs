//! The librarian puts the library's own card on the reader instead of typing its number.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::window::Key;

#[test]
fn the_number_of_a_library_card_stands_in_the_field_and_is_registered() {
    journey("library-card", async |shop| {
        shop.pc.knows_the_sample_cards()?;
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.begins_a_registration().await?;
        clerk.puts_on("library")?;
        clerk.has_read_the_card_number("2900012345").await?;
        clerk.sees("見本 図書館カードから読み取りました").await?;
        clerk.presses("カードへ進む").await?;
        clerk.sees("利用カードを取り").await?;
        clerk.gives_the_card_back()?;
        clerk.registers_for("hanako", "2900012345").await?;
        clerk.presses("同じです").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn both_cards_lie_there_in_either_order_and_two_library_cards_are_told() {
    journey("library-card-orders", async |shop| {
        shop.pc.knows_the_sample_cards()?;
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.puts_on("hanako")?;
        clerk.begins_a_registration().await?;
        clerk.sees("マイナンバーカードなら、置いたままで").await?;
        shop.reader.put_on_the_second("street")?;
        clerk.has_read_the_card_number("0000980012345677").await?;
        clerk.presses("カードへ進む").await?;
        clerk.sees("この番号を登録します").await?;
        clerk.presses_key(Key::Escape).await?;
        clerk.sees("利用カードの番号を入力してください").await?;

        clerk.gives_the_card_back()?;
        clerk.puts_on("library")?;
        clerk.sees("2枚以上置かれています").await?;
        shop.reader.take_off_the_second()?;
        clerk.presses("利用カードを読み取る").await?;
        clerk.has_read_the_card_number("2900012345").await?;
        shop.reader.put_on_the_second("hanako")?;
        clerk.presses("カードへ進む").await?;
        clerk.sees("この番号を登録します").await?;
        clerk.sees("2900012345").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_card_that_moves_and_a_card_without_a_number_are_told_and_typing_goes_on() {
    journey("library-card-moved", async |shop| {
        shop.pc.knows_the_sample_cards()?;
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.begins_a_registration().await?;
        shop.reader.cards_leave_at(2)?;
        clerk.puts_on("library")?;
        clerk.sees("読み終わる前に離れました").await?;
        shop.reader.cards_stay()?;
        clerk.puts_on("blank")?;
        clerk.sees("番号が書き込まれていません").await?;
        clerk.gives_the_card_back()?;
        clerk.types("0099").await?;
        clerk.presses("カードへ進む").await?;
        clerk.registers_for("hanako", "0099").await?;
        clerk.closes_the_window().await
    });
}
