//! The clerk at a street's own software.

use super::{Clerk, in_points};
use crate::scene::keyboard::Keyboard;
use crate::scene::street::{STREET, StreetDesk};
use crate::scene::trouble::Trouble;
use crate::shop::Shop;

/// What the street's office handed out.
const TERMINAL: &str = "GINZA-03";
const PASSWORD: &str = "ginza-2345";

impl<'a> Clerk<'a> {
    /// Starts the street's software on the shop's PC.
    pub async fn opens_the_streets_window(shop: &'a Shop) -> Result<Self, Trouble> {
        let keyboard = Keyboard::at(shop.pc.desktop().display())?;
        let window = shop.pc.open_the_streets_window().await?;
        Ok(Self { shop, pc: &shop.pc, album: None, keyboard, window })
    }

    /// From its first screen to its menu.
    pub async fn registers_with_the_street(&self, desk: &StreetDesk) -> Result<(), Trouble> {
        self.sees("商店街の端末として登録します").await?;
        self.writes("商店街の端末ID", TERMINAL).await?;
        self.writes("端末パスワード", PASSWORD).await?;
        self.writes("端末パスワード（もう一度）", PASSWORD).await?;
        self.presses("次へ進む").await?;
        self.sees("商店街を登録してください").await?;
        self.writes("商店街名", "川崎銀座街").await?;
        self.writes("商店街の番号（商店街識別）", STREET).await?;
        self.writes("鍵のファイルの場所", &desk.sheet().display().to_string()).await?;
        self.writes("合算ポイントの受取フォルダー", &desk.folder().display().to_string()).await?;
        self.presses("次へ進む").await?;
        self.sees("連絡先を入力してください").await?;
        for (label, text) in [
            ("担当者名", "小麦 花"),
            ("店舗名", "こむぎベーカリー"),
            ("郵便番号", "210-8577"),
            ("住所", "神奈川県川崎市川崎区宮本町1"),
            ("電話番号", "044-200-2111"),
            ("メールアドレス", "komugi@example.jp"),
        ] {
            self.writes(label, text).await?;
        }
        self.presses("次へ進む").await?;
        self.sees("内容を確かめてください").await?;
        self.presses("この内容で登録する").await?;
        self.sees_the_streets_menu().await
    }

    /// Waits for its menu.
    pub async fn sees_the_streets_menu(&self) -> Result<(), Trouble> {
        self.sees("自治体ポイントから合算されたファイルを、受け取ります").await
    }

    /// A number that nobody has becomes a member's.
    pub async fn lets_join(&self, id: &str) -> Result<(), Trouble> {
        self.presses("会員をさがす").await?;
        self.presses("会員を登録する").await?;
        self.writes("会員の番号", id).await?;
        self.presses("この番号でさがす").await?;
        self.sees("この番号の会員は、いません").await?;
        self.presses("この番号で会員にする").await?;
        self.sees("ポイント残高").await?;
        self.presses("最初の画面へ").await?;
        self.sees_the_streets_menu().await
    }

    /// 合算ポイント受取.
    pub async fn receives_merged_points(&self, points: &str) -> Result<(), Trouble> {
        self.presses("合算ポイント受取").await?;
        self.sees("受け取るファイルが、1件あります").await?;
        self.presses("受け取る").await?;
        self.sees(&format!("1件、{points}を受け取りました")).await
    }

    /// ポイント利用, from the menu to the word that it took place.
    pub async fn uses_the_streets_points(&self, id: &str, points: u32) -> Result<(), Trouble> {
        self.presses("ポイント利用").await?;
        self.writes("会員の番号", id).await?;
        self.presses("この番号でさがす").await?;
        self.sees("いくつ使いますか").await?;
        self.writes("使うポイント数", &points.to_string()).await?;
        self.presses("確認へ進む").await?;
        self.presses(&format!("{}を使う", in_points(points))).await?;
        self.sees(&format!("{}を使いました", in_points(points))).await
    }

    /// Pairs the street's software with Madoguchi by the code that its clerk reads out.
    pub async fn pairs_with_madoguchi(&self, code: &str) -> Result<(), Trouble> {
        self.presses("設定").await?;
        self.presses("カードの読み取り").await?;
        self.sees("窓口とつなぐと、カードを読み取れます").await?;
        self.writes("6桁の番号", code).await?;
        self.presses("つなぐ").await?;
        self.sees("窓口とつながっています").await?;
        self.takes_picture("street-paired").await?;
        self.presses("もどる").await?;
        self.presses("最初の画面へ").await?;
        self.sees_the_streets_menu().await
    }

    /// From the menu to the question for a card; nothing lies on the reader.
    pub async fn asks_for_a_card_for(&self, row: &str) -> Result<(), Trouble> {
        self.presses(row).await?;
        self.sees("会員証を読み取るか、番号を入力してください").await?;
        self.presses("カードを読み取る").await?;
        self.sees("カードを、読取装置に置いてください").await
    }
}
