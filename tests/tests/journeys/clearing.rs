//! A chamber of commerce clears piles of used tickets: scan after scan, whatever comes under the scanner.

use crate::journey::journey;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::tickets::Paper;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::window::Key;
use madoguchi_tests::shop::Shop;
use std::collections::BTreeMap;

const GROCER: &str = "やまだ八百屋";
const BATH: &str = "銭湯 たまの湯";

/// Tickets people paid with; no two of one kind in a row.
async fn tickets(shop: &Shop, count: usize) -> Result<Vec<Paper>, Trouble> {
    let points: Vec<i64> = (0..count).map(|place| [50, 100, 30, 200][place % 4]).collect();
    shop.cloud.hands_out_tickets(&points).await
}

fn sum(papers: &[Paper]) -> i64 {
    papers.iter().map(|paper| paper.points).sum()
}

/// Makes sure that the books have these tickets cleared, and no others.
async fn the_books_have(shop: &Shop, expected: &[(&str, &[Paper])]) -> Result<(), Trouble> {
    let wanted: BTreeMap<String, (u32, i64)> = expected
        .iter()
        .map(|(site, papers)| ((*site).to_owned(), (u32::try_from(papers.len()).unwrap_or(0), sum(papers))))
        .collect();
    let cleared = shop.cloud.cleared_tickets().await?;
    if cleared == wanted {
        return Ok(());
    }
    Err(Trouble::new(format!("the books have {cleared:?} cleared instead of {wanted:?}")))
}

#[test]
fn a_pile_of_two_shops_is_scanned_and_each_ticket_answered_and_the_sums_add_up() {
    journey("clearing", async |shop| {
        let papers = tickets(shop, 60).await?;
        let (grocers, baths) = papers.split_at(35);
        let clerk = Clerk::at_a_pile_of(shop, GROCER).await?;
        for (place, paper) in grocers.iter().enumerate() {
            clerk.clears(paper, place + 1).await?;
        }
        clerk.presses_key(Key::F2).await?;
        clerk.chooses_the_stamp_of(BATH).await?;
        for (place, paper) in baths.iter().enumerate() {
            clerk.clears(paper, place + 1).await?;
        }
        let last = baths.last().ok_or_else(|| Trouble::new("no ticket"))?;
        clerk.takes_the_last_one_back(last).await?;
        clerk.clears(last, baths.len()).await?;
        clerk.takes_picture("clearing").await?;

        clerk.finishes_the_pile(papers.len(), sum(&papers)).await?;
        clerk.sees(&format!("{GROCER} 35 {}", grouped(sum(grocers)))).await?;
        clerk.sees(&format!("{BATH} 25 {}", grouped(sum(baths)))).await?;
        let printed = words_on(&clerk.prints_the_piles_lists().await?)?;
        for wanted in [BATH, &last.number] {
            if !printed.replace(' ', "").contains(&wanted.replace(' ', "")) {
                return Err(Trouble::new(format!("the list does not say {wanted}: {printed}")));
            }
        }
        the_books_have(shop, &[(GROCER, grocers), (BATH, baths)]).await?;
        clerk.closes_the_window().await
    });
}

/// 1,234.
fn grouped(points: i64) -> String {
    if points < 1_000 { points.to_string() } else { format!("{},{:03}", points / 1_000, points % 1_000) }
}

#[test]
fn what_cannot_be_cleared_is_refused_in_words_of_its_own_and_the_pile_goes_on() {
    journey("clearing-refused", async |shop| {
        let papers = tickets(shop, 4).await?;
        let clerk = Clerk::at_a_pile_of(shop, GROCER).await?;
        clerk.clears(&papers[0], 1).await?;
        clerk.is_refused(&papers[0].code, "この券は、もう読み取っています 1枚目です").await?;
        clerk.is_refused("https://example.jp/tickets/1234", "ポイント券ではありません").await?;
        clerk.clears(&papers[1], 2).await?;
        clerk.is_refused("4901234567894", "これは、ポイント券のコードではありません").await?;
        clerk.is_refused("999999999999", "この番号の券はありません 番号は、控えていません").await?;
        clerk.does_not_see("9999 9999 9999").await?;
        clerk.is_refused(&forged(&papers[2]), "確かめられない券です").await?;
        clerk.finishes_the_pile(2, sum(&papers[..2])).await?;
        clerk.presses("次の束を読み取る").await?;
        clerk.chooses_the_stamp_of(BATH).await?;
        clerk.is_refused(&papers[0].code, "すでに消込済みです").await?;
        clerk.sees(&format!("みなみ商工会（{GROCER}の分）")).await?;
        clerk.takes_picture("clearing-refused").await?;
        // A paper that was forged after stands as it was: the real one is still good.
        clerk.clears(&papers[2], 1).await?;
        the_books_have(shop, &[(GROCER, &papers[..2]), (BATH, &papers[2..3])]).await?;
        clerk.closes_the_window().await
    });
}

/// The same ticket with another tag.
fn forged(paper: &Paper) -> String {
    let (before, tag) = paper.code.split_at(paper.code.len() - 1);
    format!("{before}{}", if tag == "0" { '1' } else { '0' })
}

#[test]
fn the_scanners_enter_presses_nothing_wherever_the_focus_is() {
    journey("clearing-focus", async |shop| {
        let papers = tickets(shop, 12).await?;
        let clerk = Clerk::at_a_pile_of(shop, GROCER).await?;
        let mut visited = Vec::new();
        for (place, paper) in papers.iter().enumerate() {
            clerk.presses_key(Key::Tab).await?;
            visited.push(clerk.window().focused().await?);
            clerk.clears(paper, place + 1).await?;
            clerk.sees("読み取れないときは").await?;
        }
        for button in ["読み取りを終える", "お店を変える", "中断する", "いちばん新しい1枚を戻す"]
        {
            if !visited.iter().any(|words| words.contains(button)) {
                return Err(Trouble::new(format!("{button} never had the focus: {visited:?}")));
            }
        }
        the_books_have(shop, &[(GROCER, &papers)]).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_number_is_typed_looked_at_and_cleared_by_the_keyboard_alone() {
    journey("clearing-typed", async |shop| {
        let papers = tickets(shop, 2).await?;
        let clerk = Clerk::at_a_pile_of(shop, GROCER).await?;
        clerk.clears(&papers[0], 1).await?;
        clerk.types(&papers[1].number).await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("この券を消し込みますか").await?;
        clerk.sees(&papers[1].number).await?;
        clerk.takes_picture("clearing-typed").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk
            .sees(&format!("2枚目 消し込みました {}ポイント {}", papers[1].points, papers[1].number))
            .await?;
        clerk.types("123").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("これは、ポイント券のコードではありません").await?;
        clerk.presses_key(Key::Enter).await?;
        clerk.sees("読み取れないときは").await?;
        the_books_have(shop, &[(GROCER, &papers)]).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn while_the_cloud_is_away_scanning_goes_on_and_every_ticket_becomes_known() {
    journey("clearing-cloud-away", async |shop| {
        let papers = tickets(shop, 24).await?;
        let clerk = Clerk::at_a_pile_of(shop, GROCER).await?;
        for (place, paper) in papers[..8].iter().enumerate() {
            clerk.clears(paper, place + 1).await?;
        }
        shop.cloud.freeze()?;
        for (place, paper) in papers[8..14].iter().enumerate() {
            clerk.scans_in_vain(paper, place + 9).await?;
        }
        shop.cloud.thaw()?;
        clerk.sees("枚数 14枚").await?;
        shop.cloud.kill();
        for (place, paper) in papers[14..20].iter().enumerate() {
            clerk.scans_in_vain(paper, place + 15).await?;
        }
        clerk.takes_picture("clearing-cloud-away").await?;
        shop.cloud.start()?;
        clerk.sees("枚数 20枚").await?;
        clerk.does_not_see("まだ確認できていません").await?;
        for (place, paper) in papers[20..].iter().enumerate() {
            clerk.clears(paper, place + 21).await?;
        }
        clerk.finishes_the_pile(papers.len(), sum(&papers)).await?;
        the_books_have(shop, &[(GROCER, &papers)]).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn after_a_power_cut_in_the_middle_of_a_pile_it_goes_on_with_nothing_lost_or_doubled() {
    journey("clearing-power-cut", async |shop| {
        let papers = tickets(shop, 20).await?;
        let clerk = Clerk::at_a_pile_of(shop, GROCER).await?;
        for (place, paper) in papers[..6].iter().enumerate() {
            clerk.clears(paper, place + 1).await?;
        }
        shop.cloud.freeze()?;
        for (place, paper) in papers[6..10].iter().enumerate() {
            clerk.scans_in_vain(paper, place + 7).await?;
        }
        clerk.loses_power()?;

        let clerk = Clerk::opens_the_window(shop).await?;
        shop.cloud.thaw()?;
        clerk.goes_on_with_the_pile().await?;
        clerk.sees(GROCER).await?;
        clerk.sees("枚数 10枚").await?;
        clerk.is_refused(&papers[9].code, "この券は、もう読み取っています 10枚目です").await?;
        for (place, paper) in papers[10..15].iter().enumerate() {
            clerk.clears(paper, place + 11).await?;
        }
        // This time right behind the scans, whose answers are on their way.
        for paper in &papers[15..] {
            clerk.scans(&paper.code)?;
        }
        clerk.sees(&papers[19].number).await?;
        clerk.loses_power()?;

        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.goes_on_with_the_pile().await?;
        clerk.sees("枚数 20枚").await?;
        clerk.finishes_the_pile(papers.len(), sum(&papers)).await?;
        the_books_have(shop, &[(GROCER, &papers)]).await?;
        clerk.closes_the_window().await
    });
}
