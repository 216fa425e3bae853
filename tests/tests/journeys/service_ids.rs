//! The library: a card gets its number, shows it, and a wrong one is corrected.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::field::Field;

#[test]
fn a_librarian_registers_a_number_corrects_it_and_looks_it_up() {
    journey("service-id", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.looks_up_service_id("hanako").await?;
        clerk.sees("まだ登録されていません").await?;
        clerk.takes_picture("service-id-none").await?;
        clerk.gives_the_card_back()?;
        clerk.presses("もどる").await?;

        clerk.types_the_card_number("0055554444").await?;
        clerk.registers_for("hanako", "0055554444").await?;
        clerk.presses("前の画面に戻る").await?;
        clerk.sees("正しい番号を入力してください").await?;
        clerk.writes("利用カード番号", "0055554443").await?;
        clerk.presses("カードへ進む").await?;
        clerk.sees("登録した番号を直します").await?;
        clerk.presses("この番号に直す").await?;
        clerk.sees("利用カードの番号と同じか").await?;
        clerk.sees("0055554443").await?;
        clerk.presses("同じです").await?;
        clerk.gives_the_card_back()?;

        clerk.looks_up_service_id("hanako").await?;
        clerk.sees("0055554443").await?;
        clerk.takes_picture("service-id-found").await?;
        clerk.gives_the_card_back()?;
        clerk.sees("0055554443").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn numbers_are_typed_into_the_librarys_own_system_customer_after_customer_without_a_press_here() {
    journey("service-id-typed", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.types_the_card_number("0055554444").await?;
        clerk.registers_for("hanako", "0055554444").await?;
        clerk.presses("同じです").await?;
        clerk.gives_the_card_back()?;
        clerk.sets_numbers_to_be_typed().await?;
        clerk.looks_up_service_id("taro").await?;
        clerk.sees("0012345678").await?;
        clerk.sees("入力欄をクリックしてください").await?;
        let mut field = Field::clicked_on(shop.pc.desktop().display())?;
        field.hears("0012345678\n")?;
        clerk.sees("番号を入力しました").await?;
        clerk.sees("次のお客様のマイナンバーカードを置くと").await?;

        clerk.gives_the_card_back()?;
        clerk.puts_on("hanako")?;
        field.hears("0012345678\n0055554444\n")?;
        clerk.sees("0055554444").await?;
        clerk.sees("番号を入力しました").await?;
        clerk.closes_the_window().await
    });
}
