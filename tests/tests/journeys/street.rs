//! A street's own software on the PC of a shop: merged at the municipal counter, received and used at the street's,
//! which asks the counter's program for the card on the reader.

use crate::journey::journey;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::street::StreetDesk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::vendor::TurnAtThePort;

/// Hanako's number in the street's own books, as the example has it.
const HANAKO: &str = "G-1004478";
/// What stands on the street's own sample card.
const CARD: &str = "0000980012345677";

#[test]
fn merged_points_are_received_used_taken_back_and_printed_beside_the_municipal_counter() {
    journey("street", async |shop| {
        let desk = StreetDesk::of(shop)?;
        let municipal = Clerk::at_a_shop_of_the_street(shop).await?;
        let clerk = Clerk::opens_the_streets_window(shop).await?;
        clerk.registers_with_the_street(&desk).await?;
        clerk.lets_join(HANAKO).await?;

        municipal.prepares_a_merge("hanako", 1_500).await?;
        municipal.merges(1_500).await?;
        municipal.gives_the_card_back()?;

        clerk.receives_merged_points("1,500ポイント").await?;
        clerk.presses(HANAKO).await?;
        clerk.sees("ポイント残高").await?;
        clerk.sees("1,500").await?;
        clerk.presses("最初の画面へ").await?;
        clerk.uses_the_streets_points(HANAKO, 500).await?;
        clerk.sees("残高は 1,000ポイントです").await?;
        clerk.presses("明細を印刷する").await?;
        clerk.sees("保存先").await?;
        let paper = words_on(&shop.pc.newest_paper()?)?;
        for words in ["商店街ポイント明細", "ポイント利用", "1,000"] {
            if !paper.contains(words) {
                return Err(Trouble::new(format!("the receipt does not say {words}: {paper}")));
            }
        }
        clerk.presses("取り消す").await?;
        clerk.sees("取り消しますか").await?;
        clerk.window().click_last("取り消す").await?;
        clerk.sees("500ポイントを取り消しました").await?;
        clerk.sees("残高は 1,500ポイントです").await?;
        clerk.closes_the_window().await?;

        let clerk = Clerk::opens_the_streets_window(shop).await?;
        clerk.sees("合算ポイント受取").await?;
        clerk.presses("本日の一覧").await?;
        clerk.sees("本日の記録は、3件です").await?;
        clerk.closes_the_window().await?;
        municipal.closes_the_window().await
    });
}

#[test]
fn the_residents_card_and_the_streets_own_lead_to_the_member_at_the_streets_window() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("street-card", async |shop| {
        let desk = StreetDesk::of(shop)?;
        shop.pc.knows_the_sample_cards()?;
        let municipal = Clerk::at_a_shop_of_the_street(shop).await?;
        municipal.lets_other_programs_ask().await?;
        let clerk = Clerk::opens_the_streets_window(shop).await?;
        clerk.registers_with_the_street(&desk).await?;
        clerk.lets_join(HANAKO).await?;
        let code = municipal.reads_out_a_code_with_own_cards_for("商店街ポイント").await?;
        clerk.pairs_with_madoguchi(&code).await?;
        municipal.sees("「商店街ポイント」をつなぎました").await?;
        municipal.sees("利用カードから読んだ番号").await?;

        clerk.asks_for_a_card_for("買上ポイント").await?;
        clerk.puts_on("hanako")?;
        clerk.sees("お買い上げは、いくらですか").await?;
        clerk.sees(HANAKO).await?;
        clerk.gives_the_card_back()?;
        clerk.writes("お買い上げ金額", "10000").await?;
        clerk.presses("確認へ進む").await?;
        clerk.presses("100ポイントをつける").await?;
        clerk.sees("残高は 100ポイントです").await?;
        clerk.presses("次のお客様へ").await?;

        // The street's own card: nobody has its number yet, and joins with it.
        clerk.asks_for_a_card_for("ポイント利用").await?;
        clerk.puts_on("street")?;
        clerk.sees("この番号の会員は、いません").await?;
        clerk.sees(CARD).await?;
        clerk.gives_the_card_back()?;
        clerk.presses("この番号で会員にする").await?;
        clerk.sees("いくつ使いますか").await?;
        clerk.presses("最初の画面へ").await?;
        clerk.asks_for_a_card_for("ポイント利用").await?;
        clerk.puts_on("street")?;
        clerk.sees("いくつ使いますか").await?;
        clerk.sees(CARD).await?;
        clerk.gives_the_card_back()?;
        clerk.presses("最初の画面へ").await?;

        municipal.presses("はずす").await?;
        municipal.sees("はずしますか").await?;
        municipal.presses("はずす").await?;
        municipal.sees("つないだプログラムは、まだありません").await?;
        clerk.presses("ポイント利用").await?;
        clerk.presses("カードを読み取る").await?;
        clerk.sees("窓口とのつながりが、切られています").await?;
        clerk.closes_the_window().await?;
        municipal.closes_the_window().await
    });
}
