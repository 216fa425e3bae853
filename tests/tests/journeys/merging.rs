//! Municipal points become a street's own: the file lies in the folder, and whoever has the street's key sheet
//! and `openssl` can open it.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::street::StreetDesk;
use madoguchi_tests::scene::trouble::Trouble;

/// Hanako's number in the street's own books, as the example has it.
const HANAKO: &str = "G-1004478";
/// What stands on the street's sample card.
const CARD: &str = "0000980012345677";

fn is(what: &str, said: &str, wanted: &str) -> Result<(), Trouble> {
    if said == wanted { Ok(()) } else { Err(Trouble::new(format!("{what}: {said}, not {wanted}"))) }
}

#[test]
fn merged_points_lie_in_the_folder_and_openssl_alone_opens_them() {
    journey("merge", async |shop| {
        let street = StreetDesk::of(shop)?;
        let clerk = Clerk::at_a_shop_of_the_street(shop).await?;
        clerk.prepares_a_merge("hanako", 1_500).await?;
        clerk.merges(1_500).await?;
        clerk.sees("ファイルを、商店街のフォルダーに置きました").await?;
        clerk.gives_the_card_back()?;
        let record = street.opens_the_only_file()?;
        is("the record", &record.point_id, HANAKO)?;
        is("the points", &record.points, "1500")?;
        clerk.presses("合算とファイルを見る").await?;
        clerk.sees(&record.number).await?;
        clerk.sees("まだ受け取られていません").await?;
        street.takes_the_files()?;
        clerk.presses("もう一度調べる").await?;
        clerk.sees("返事を待っています").await?;
        clerk.presses("もう一度置く").await?;
        clerk.sees("ファイルを置きました").await?;
        let again = street.opens_the_only_file()?;
        is("the number of a file fetched again", &again.number, &record.number)?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_folder_that_is_gone_is_told_before_any_point_moves() {
    journey("merge-without-folder", async |shop| {
        let street = StreetDesk::of(shop)?;
        let clerk = Clerk::at_a_shop_of_the_street(shop).await?;
        clerk.prepares_a_merge("hanako", 1_500).await?;
        street.folder_goes()?;
        clerk.presses("1,500ポイントを合算する").await?;
        clerk.sees("ファイルを書けません").await?;
        clerk.sees("ポイントは動いていません").await?;
        street.folder_comes_back()?;
        clerk.presses("数を直す").await?;
        clerk.presses("確認へ進む").await?;
        clerk.merges(1_500).await?;
        street.opens_the_only_file()?;
        clerk.closes_the_window().await
    });
}

#[test]
fn by_the_streets_own_card_points_are_merged_and_one_that_is_nobodys_leads_to_registering_it() {
    journey("merge-by-street-card", async |shop| {
        let street = StreetDesk::of(shop)?;
        let clerk = Clerk::at_a_shop_of_the_street(shop).await?;
        clerk.presses("商店街ポイント合算").await?;
        clerk.sees("マイナンバーカードか商店街カード").await?;
        clerk.scans(HANAKO)?;
        clerk.sees("商店街カードで合算できるのは").await?;
        clerk.takes_picture("merge-by-street-card").await?;
        clerk.writes("から合算するポイント数", "1500").await?;
        clerk.presses("確認へ進む").await?;
        clerk.merges(1_500).await?;
        is("the record", &street.opens_the_only_file()?.point_id, HANAKO)?;
        clerk.presses("次のお客様へ").await?;

        // Its number stands on the card; nobody has registered it.
        shop.pc.knows_the_sample_cards()?;
        clerk.presses("商店街ポイント合算").await?;
        clerk.puts_on("street")?;
        clerk.sees("この商店街カードの番号は、まだ登録されていません").await?;
        clerk.presses("番号を登録する").await?;
        clerk.has_read_the_card_number(CARD).await?;
        clerk.presses("カードへ進む").await?;
        clerk.sees("利用カードを取り").await?;
        clerk.gives_the_card_back()?;
        clerk.puts_on("hanako")?;
        clerk.sees("すでに、別の番号が登録されています").await?;
        clerk.presses("この番号に直す").await?;
        clerk.sees("利用カードの番号と同じか").await?;
        clerk.presses("同じです").await?;
        clerk.gives_the_card_back()?;

        // From now on the card itself leads to its owner, and the file names its number.
        street.takes_the_files()?;
        clerk.presses("商店街ポイント合算").await?;
        clerk.puts_on("street")?;
        clerk.sees("商店街カードで合算できるのは").await?;
        clerk.writes("から合算するポイント数", "300").await?;
        clerk.presses("確認へ進む").await?;
        clerk.merges(300).await?;
        is("the record", &street.opens_the_only_file()?.point_id, CARD)?;
        clerk.closes_the_window().await
    });
}
