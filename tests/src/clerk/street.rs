//! The clerk of a shop in a street with a point system of its own: municipal points become the street's.

use super::{Clerk, in_points};
use crate::scene::trouble::Trouble;
use crate::shop::{Shop, shop_of_the_street};

impl<'a> Clerk<'a> {
    /// Starts the program, registers it as the street's bakery, and stands before the menu.
    pub async fn at_a_shop_of_the_street(shop: &'a Shop) -> Result<Self, Trouble> {
        let clerk = Self::opens_the_window(shop).await?;
        clerk.types_terminal_and_password(&shop_of_the_street()).await?;
        clerk.sees("連絡先を入力してください").await?;
        clerk.window().choose("ID付与事業者", "川崎銀座街商店街振興組合").await?;
        clerk.fills_in_contact().await?;
        clerk.sees("登録しました").await?;
        clerk.presses("はじめる").await?;
        clerk.presses("自治体ポイント管理クラウドへ").await?;
        clerk.sees("商店街ポイント合算").await?;
        Ok(clerk)
    }

    /// From the menu to the question: the card is put on, the points are typed (画面 37).
    pub async fn prepares_a_merge(&self, card: &str, points: u32) -> Result<(), Trouble> {
        self.presses("商店街ポイント合算").await?;
        self.puts_on(card)?;
        self.sees("いくつを合算しますか").await?;
        self.takes_picture("merge-points").await?;
        self.writes("から合算するポイント数", &points.to_string()).await?;
        self.presses("確認へ進む").await?;
        self.sees("のポイントに合算しますか").await?;
        self.takes_picture("merge-confirm").await
    }

    /// Presses the button that merges, and waits for the word that it took place (画面 38 and 39).
    pub async fn merges(&self, points: u32) -> Result<(), Trouble> {
        self.presses(&format!("{}を合算する", in_points(points))).await?;
        self.sees("のポイントに合算しました").await?;
        self.takes_picture("merge-done").await
    }
}
