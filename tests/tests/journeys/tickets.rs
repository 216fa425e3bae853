//! The issuing desk: from the card to the paper that a scanner reads, a second paper, and back.

use crate::journey::journey;
use madoguchi_tests::album::{codes_on, words_on};
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::tickets::Paper;
use madoguchi_tests::scene::trouble::Trouble;
use std::path::Path;

/// The number in a ticket's code, in fours as on the screens.
fn number_on(paper: &Path, points: i64) -> Result<String, Trouble> {
    Ok(Paper::read_from(paper, points)?.number)
}

#[test]
fn a_ticket_is_issued_printed_reissued_and_voided_and_the_day_closed() {
    journey("ticket", async |shop| {
        let clerk = Clerk::at_an_issuing_desk(shop).await?;
        clerk.prepares_a_ticket("hanako", 1_000, "2週間").await?;
        let first = number_on(&clerk.issues_the_ticket(1_000).await?, 1_000)?;
        clerk.sees(&first).await?;
        clerk.sees("残りは 2,000ポイントです").await?;
        clerk.gives_the_card_back()?;

        let second = number_on(&clerk.reissues_the_ticket(1_000).await?, 1_000)?;
        if first == second {
            return Err(Trouble::new("the reissue has the old number"));
        }
        clerk.sees(&second).await?;
        clerk.presses("最初の画面へ").await?;
        clerk.sees_the_desks_menu().await?;

        clerk.looks_at_todays_tickets().await?;
        clerk.sees(&first).await?;
        clerk.sees("再発行済み").await?;
        clerk.voids_the_ticket(1_000).await?;
        clerk.sees("残高は 3,000ポイントに戻りました").await?;
        clerk.presses("最初の画面へ").await?;
        clerk.sees_the_desks_menu().await?;

        let close = words_on(&clerk.closes_the_day(1).await?)?;
        for wanted in ["日計", "券の発行", "券の取消", "みなみ商工会"] {
            if !close.contains(wanted) {
                return Err(Trouble::new(format!("the close does not say {wanted}: {close}")));
            }
        }
        clerk.closes_the_window().await
    });
}

#[test]
fn after_a_power_cut_the_ticket_is_told_and_has_its_paper_under_a_new_number() {
    journey("ticket-power-cut", async |shop| {
        let clerk = Clerk::at_an_issuing_desk(shop).await?;
        clerk.prepares_a_ticket("hanako", 500, "1週間").await?;
        let first = number_on(&clerk.issues_the_ticket(500).await?, 500)?;
        clerk.gives_the_card_back()?;
        clerk.loses_power()?;

        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.is_told_it_took_place().await?;
        clerk.sees("500ポイントの券の発行は、終わっています").await?;
        clerk.does_not_see("券を印刷する").await?;
        let second = number_on(&clerk.reissues_the_ticket(500).await?, 500)?;
        if first == second {
            return Err(Trouble::new("the reissue has the old number"));
        }
        clerk.closes_the_window().await
    });
}

#[test]
fn several_tickets_above_the_limit_are_each_signed_and_come_out_together() {
    journey("tickets-with-pin", async |shop| {
        let clerk = Clerk::at_an_issuing_desk(shop).await?;
        clerk.prepares_tickets("taro", 1_500, 3).await?;
        let paper = clerk.issues_tickets_with_pin("1234", 1_500, 3).await?;
        let mut codes = codes_on(&paper)?;
        codes.sort();
        codes.dedup();
        if codes.len() != 3 {
            return Err(Trouble::new(format!(
                "{} different codes on the paper of three tickets",
                codes.len()
            )));
        }
        clerk.gives_the_card_back()?;
        clerk.presses("次のお客様へ").await?;
        clerk.sees_the_desks_menu().await?;
        clerk.closes_the_window().await?;
        shop.cloud.check_books()
    });
}
