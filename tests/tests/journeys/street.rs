//! A street's own software on the PC of a shop: merged at the municipal counter, received and used at the street's.

use crate::journey::journey;
use madoguchi_tests::album::words_on;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::street::StreetDesk;
use madoguchi_tests::scene::trouble::Trouble;

/// Hanako's number in the street's own books, as the example has it.
const HANAKO: &str = "G-1004478";

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
