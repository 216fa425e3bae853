//! The clerk of a chamber of commerce: piles of used tickets under a scanner.

use super::{Clerk, in_points};
use crate::scene::keyboard::NamedKey;
use crate::scene::tickets::Paper;
use crate::scene::trouble::Trouble;
use crate::shop::Shop;
use std::path::PathBuf;

impl<'a> Clerk<'a> {
    /// Starts the program, registers it as a chamber's, and begins a pile of this shop's tickets.
    pub async fn at_a_pile_of(shop: &'a Shop, site: &str) -> Result<Self, Trouble> {
        let clerk = Self::at_an_issuing_desk(shop).await?;
        clerk.begins_a_pile_of(site).await?;
        Ok(clerk)
    }

    /// From the menu to the scanning of a shop's tickets.
    pub async fn begins_a_pile_of(&self, site: &str) -> Result<(), Trouble> {
        self.presses("ポイント券消込").await?;
        self.chooses_the_stamp_of(site).await
    }

    /// Chooses the shop whose stamp the tickets bear.
    pub async fn chooses_the_stamp_of(&self, site: &str) -> Result<(), Trouble> {
        self.sees("利用店舗印のお店を選んでください").await?;
        self.takes_picture("clearing-sites").await?;
        self.presses(site).await?;
        self.sees("読み取れないときは").await?;
        self.sees(site).await
    }

    /// From the menu back to a pile that is open.
    pub async fn goes_on_with_the_pile(&self) -> Result<(), Trouble> {
        self.sees("読み取りの途中です").await?;
        self.presses("ポイント券消込").await?;
        self.sees("読み取れないときは").await
    }

    /// Holds the scanner over a ticket and waits until it is cleared, the `nth` of its shop.
    pub async fn clears(&self, paper: &Paper, nth: usize) -> Result<(), Trouble> {
        self.scans(&paper.code)?;
        self.sees(&format!("{nth}枚目 消し込みました {} {}", in_points(paper.points), paper.number)).await
    }

    /// Holds the scanner over a ticket that cannot be asked for now.
    pub async fn scans_in_vain(&self, paper: &Paper, nth: usize) -> Result<(), Trouble> {
        self.scans(&paper.code)?;
        let limit = super::UNTIL_SAID_TO_BE_OPEN;
        let said = format!("{nth}枚目 まだ確認できていません 続けて読み取れます {}", paper.number);
        self.window.shows_within(&said, limit).await
    }

    /// Holds the scanner over something that is not cleared, and hears why.
    pub async fn is_refused(&self, scanned: &str, why: &str) -> Result<(), Trouble> {
        self.scans(scanned)?;
        self.sees(why).await
    }

    /// Takes the newest clearing back.
    pub async fn takes_the_last_one_back(&self, paper: &Paper) -> Result<(), Trouble> {
        self.presses_on_the_keyboard(NamedKey::F(8))?;
        self.sees(&format!("{}の券を戻しますか", in_points(paper.points))).await?;
        self.sees(&paper.number).await?;
        self.takes_picture("clearing-take-back").await?;
        self.presses(&format!("{}の券を戻す", in_points(paper.points))).await?;
        self.sees("券は、まだ使えます").await
    }

    /// Counts the paper and finishes the pile, at so many tickets and points.
    pub async fn finishes_the_pile(&self, tickets: usize, points: i64) -> Result<(), Trouble> {
        self.presses_on_the_keyboard(NamedKey::F(12))?;
        self.sees(&format!("手もとの券は、{tickets}枚ですか")).await?;
        self.takes_picture("clearing-check").await?;
        self.presses("この合計で終える").await?;
        self.sees(&format!("{tickets}枚、{}を消し込みました", in_points(points))).await?;
        self.takes_picture("clearing-done").await
    }

    /// Prints the lists of the finished pile; the newest paper.
    pub async fn prints_the_piles_lists(&self) -> Result<PathBuf, Trouble> {
        self.presses("一覧を印刷する").await?;
        self.sees("印刷しました").await?;
        self.pc.newest_paper()
    }
}
