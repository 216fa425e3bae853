//! The clerk at a library: service IDs registered and looked up.

use super::Clerk;
use crate::scene::trouble::Trouble;
use crate::shop::{Shop, library};

impl<'a> Clerk<'a> {
    /// Starts the program, registers it as the library's, and stands before the menu.
    pub async fn at_a_library(shop: &'a Shop) -> Result<Self, Trouble> {
        let clerk = Self::opens_the_window(shop).await?;
        clerk.types_terminal_and_password(&library()).await?;
        clerk.sees("連絡先を入力してください").await?;
        clerk.window().choose("ID付与事業者", "川崎市立図書館").await?;
        clerk.fills_in_contact().await?;
        clerk.sees("登録しました").await?;
        clerk.presses("はじめる").await?;
        clerk.sees("サービスIDの照会").await?;
        Ok(clerk)
    }

    /// Begins a registration.
    pub async fn begins_a_registration(&self) -> Result<(), Trouble> {
        self.presses("サービスIDの登録").await?;
        self.sees("利用カードの番号を入力してください").await
    }

    /// Waits until the number of the library's card stands in the field.
    pub async fn has_read_the_card_number(&self, number: &str) -> Result<(), Trouble> {
        self.window().field_holds("利用カード番号", number).await?;
        self.sees("くらべてください").await?;
        self.takes_picture("service-id-read").await
    }

    /// Begins a registration and types the number of the library's card.
    pub async fn types_the_card_number(&self, number: &str) -> Result<(), Trouble> {
        self.begins_a_registration().await?;
        self.types(number).await?;
        self.takes_picture("service-id-number").await?;
        self.presses("カードへ進む").await?;
        self.sees("読取装置に").await
    }

    /// Puts the My Number card on and registers what was typed.
    pub async fn registers_for(&self, card: &str, number: &str) -> Result<(), Trouble> {
        self.puts_on(card)?;
        self.sees("この番号を登録します").await?;
        self.sees(number).await?;
        self.takes_picture("service-id-confirm").await?;
        self.presses("この番号を登録する").await?;
        self.sees("利用カードの番号と同じか").await?;
        self.sees(number).await?;
        self.takes_picture("service-id-registered").await
    }

    /// Has numbers typed into the library's own system from now on, with Enter after them.
    pub async fn sets_numbers_to_be_typed(&self) -> Result<(), Trouble> {
        self.presses("設定").await?;
        self.presses("キーボードで入力").await?;
        self.presses("設定を保存する").await?;
        self.sees("設定を保存しました").await?;
        self.presses("もどる").await?;
        self.sees("サービスIDの照会").await
    }

    /// Begins a look-up and puts the card on.
    pub async fn looks_up_service_id(&self, card: &str) -> Result<(), Trouble> {
        self.presses("サービスIDの照会").await?;
        self.puts_on(card)
    }
}
