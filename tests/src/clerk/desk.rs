//! The clerk at an issuing desk: tickets and the day close.

use super::{Clerk, in_points};
use crate::scene::trouble::Trouble;
use crate::shop::{Shop, issuing_desk};
use std::path::PathBuf;

impl<'a> Clerk<'a> {
    /// Starts the program, registers it as an issuing desk, and stands before the menu.
    pub async fn at_an_issuing_desk(shop: &'a Shop) -> Result<Self, Trouble> {
        let clerk = Self::opens_the_window(shop).await?;
        clerk.registers_as_an_issuing_desk().await?;
        Ok(clerk)
    }

    /// 画面 9 and 10, from the first screen to the menu of a desk.
    pub async fn registers_as_an_issuing_desk(&self) -> Result<(), Trouble> {
        self.types_terminal_and_password(&issuing_desk()).await?;
        self.fills_in_contact().await?;
        self.sees("登録しました").await?;
        self.presses("はじめる").await?;
        self.sees_the_desks_menu().await
    }

    /// Waits for the menu of a desk.
    pub async fn sees_the_desks_menu(&self) -> Result<(), Trouble> {
        self.sees("最後の操作").await?;
        self.sees("本日発行した券").await
    }

    /// Puts a card on, types the points and chooses the last day, to the question.
    pub async fn prepares_a_ticket(&self, card: &str, points: u32, until: &str) -> Result<(), Trouble> {
        self.puts_on(card)?;
        self.sees("いくつを券にしますか").await?;
        self.writes("から券にするポイント数", &points.to_string()).await?;
        self.takes_picture("ticket-points").await?;
        self.presses("期限へ進む").await?;
        self.sees("いつまで使える券にしますか").await?;
        self.presses(until).await?;
        self.takes_picture("ticket-last-day").await?;
        self.presses("確認へ進む").await?;
        self.sees("この内容で券を発行しますか").await?;
        self.takes_picture("ticket-confirm").await
    }

    /// Puts a card on and asks for several tickets of so many points, to the question.
    pub async fn prepares_tickets(&self, card: &str, points: u32, count: u32) -> Result<(), Trouble> {
        self.puts_on(card)?;
        self.sees("いくつを券にしますか").await?;
        self.writes("から券にするポイント数", &points.to_string()).await?;
        self.presses("期限へ進む").await?;
        self.sees("いつまで使える券にしますか").await?;
        for _ in 1..count {
            self.presses("1枚ふやす").await?;
        }
        self.sees(&format!("あわせて {}です", in_points(points * count))).await?;
        self.takes_picture("tickets-count").await?;
        self.presses("確認へ進む").await?;
        self.sees(&format!("この券を {count}枚、発行しますか")).await
    }

    /// Issues the tickets in question above the limit, with the resident's PIN; answers with their paper.
    pub async fn issues_tickets_with_pin(
        &self,
        digits: &str,
        points: u32,
        count: u32,
    ) -> Result<PathBuf, Trouble> {
        self.presses("暗証番号へ進む").await?;
        self.sees("入力できます").await?;
        self.takes_picture("tickets-pin").await?;
        self.types(digits).await?;
        self.presses(&format!("{}の券を {count}枚発行する", in_points(points))).await?;
        self.sees(&format!("{}の券を {count}枚発行しました", in_points(points))).await?;
        self.takes_the_paper("tickets-issued").await
    }

    /// Issues the ticket in question; answers with its paper.
    pub async fn issues_the_ticket(&self, points: u32) -> Result<PathBuf, Trouble> {
        self.presses(&format!("{}の券を発行する", in_points(points))).await?;
        self.sees(&format!("{}の券を発行しました", in_points(points))).await?;
        self.takes_the_paper("ticket-issued").await
    }

    /// Reissues the ticket on the screen; answers with the new paper.
    pub async fn reissues_the_ticket(&self, points: u32) -> Result<PathBuf, Trouble> {
        self.presses("再発行する").await?;
        self.sees(&format!("{}の券を再発行しますか", in_points(points))).await?;
        self.presses("新しい番号で再発行する").await?;
        self.sees("前の番号の券は、使えなくなりました").await?;
        self.takes_the_paper("ticket-reissued").await
    }

    async fn takes_the_paper(&self, name: &str) -> Result<PathBuf, Trouble> {
        self.sees("券を印刷しました").await?;
        self.takes_picture(name).await?;
        self.pc.newest_paper()
    }

    /// Opens the list of today's tickets.
    pub async fn looks_at_todays_tickets(&self) -> Result<(), Trouble> {
        self.presses("券の一覧を見る").await?;
        self.sees("再発行と取消ができるのは").await?;
        self.takes_picture("tickets").await
    }

    /// Voids the only ticket of the list that can be.
    pub async fn voids_the_ticket(&self, points: u32) -> Result<(), Trouble> {
        self.presses("取消").await?;
        self.sees(&format!("{}の券を取り消しますか", in_points(points))).await?;
        self.presses(&format!("{}の券を取り消す", in_points(points))).await?;
        self.sees(&format!("{}の券を取り消しました", in_points(points))).await?;
        self.takes_picture("ticket-voided").await
    }

    /// Closes the day and prints the close; answers with its paper.
    pub async fn closes_the_day(&self, number: u32) -> Result<PathBuf, Trouble> {
        self.presses("日計").await?;
        self.sees("前の締めのあとの").await?;
        self.takes_picture("day").await?;
        self.presses("締めへ進む").await?;
        self.sees("ここまでの分を締めますか").await?;
        self.presses("日計を締める").await?;
        self.sees(&format!("日計 第{number}号を締めました")).await?;
        self.presses("控えを印刷").await?;
        self.sees("印刷しました").await?;
        self.takes_picture("day-closed").await?;
        self.pc.newest_paper()
    }
}
