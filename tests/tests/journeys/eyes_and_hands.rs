//! Keyboard alone, English, large text.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::window::Key;

#[test]
fn the_keyboard_alone_uses_points_and_goes_on() {
    journey("keyboard", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.presses_key(Key::Character('1')).await?;
        clerk.sees("読取装置に置いてください").await?;
        clerk.taps("hanako").await?;
        clerk.types("1500").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("この内容で使いますか").await?;
        clerk.presses_key(Key::Escape).await?;
        clerk.sees("いくつ使いますか").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("この内容で使いますか").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("1,500ポイントを使いました").await?;
        clerk.gives_the_card_back()?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees_the_menu().await?;
        clerk.presses_key(Key::F1).await?;
        clerk.sees("しるしの意味").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn english_is_one_press_away_and_stays() {
    journey("english", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.presses("English").await?;
        clerk.sees("Use points").await?;
        clerk.closes_the_window().await?;
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.sees("Use points").await?;
        clerk.presses("日本語").await?;
        clerk.sees("ポイント利用").await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn at_200_percent_a_use_is_done_and_nothing_is_cut_off() {
    journey("large-text", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        fits(&clerk).await?;
        clerk.chooses_text_size(200).await?;
        fits(&clerk).await?;
        clerk.taps("hanako").await?;
        fits(&clerk).await?;
        clerk.enters(1_500).await?;
        fits(&clerk).await?;
        clerk.confirms(1_500).await?;
        clerk.sees("1,500ポイントを使いました").await?;
        fits(&clerk).await?;
        clerk.closes_the_window().await
    });
}

async fn fits(clerk: &Clerk<'_>) -> Result<(), Trouble> {
    if clerk.window().is_cut_off().await? {
        let shown = clerk.window().text().await?;
        return Err(Trouble::new(format!("wider than the window:\n{shown}")));
    }
    Ok(())
}
