//! A vendor's afternoon: a program is paired in the real window and gets the number of a real card's owner,
//! by the very commands of docs/bridge.md.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::street::STREET;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::vendor::{TurnAtThePort, examples, run};

#[test]
fn a_vendor_pairs_a_program_and_gets_a_number_with_curl() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("programs", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        let [pair, read] = <[String; 2]>::try_from(examples("sh")?)
            .map_err(|found| Trouble::new(format!("two examples, not {}", found.len())))?;
        clerk.lets_other_programs_ask().await?;
        let code = clerk.reads_out_a_code_for("図書館システム").await?;
        let paired = run(&pair, &[("CODE", &code)])?;
        clerk.sees("「図書館システム」をつなぎました").await?;
        clerk.sees("まだたずねていません").await?;

        let token = paired["token"].as_str().unwrap_or_default().to_owned();
        let variables = [("TOKEN", token.as_str())];
        clerk.puts_on("taro")?;
        let said = run(&read, &variables)?;
        assert_eq!(said["number"], "0012345678", "{said}");
        clerk.sees("最後にたずねたのは").await?;
        clerk.takes_picture("programs-asked").await?;
        clerk.gives_the_card_back()?;
        clerk.puts_on("hanako")?;
        assert_eq!(run(&read, &variables)?["result"], "not_registered");
        clerk.gives_the_card_back()?;

        clerk.presses("はずす").await?;
        clerk.sees("はずしますか").await?;
        clerk.presses("はずす").await?;
        clerk.sees("つないだプログラムは、まだありません").await?;
        assert_eq!(run(&read, &variables)?["code"], "program_not_paired");
        clerk.presses("使わない").await?;
        clerk.sees("使っていません").await?;
        assert!(run(&read, &variables).is_err(), "nobody answers");
        clerk.closes_the_window().await
    });
}

#[test]
fn a_streets_own_program_learns_mykey_ids_where_the_street_keeps_them_and_no_longer_than_that() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("programs-mykey-ids", async |shop| {
        shop.cloud.lets_a_street_keep_mykey_ids(STREET, true)?;
        let clerk = Clerk::at_a_shop_of_the_street(shop).await?;
        clerk.lets_other_programs_ask().await?;
        let points = clerk.pairs_for_mykey_ids("商店街ポイント").await?;
        let members = clerk.pairs("会員システム").await?;
        clerk.sees("渡すもの：利用カード番号").await?;
        clerk.puts_on("taro")?;
        let said = points.asks()?;
        assert_eq!((&said["result"], &said["mykey_id"]), (&"mykey_id".into(), &"TAR0MA78".into()), "{said}");
        let said = members.asks()?;
        assert_eq!(said["number"], "G-2041766", "{said}");
        assert!(said.get("mykey_id").is_none(), "{said}");
        shop.cloud.lets_a_street_keep_mykey_ids(STREET, false)?;
        assert_eq!(points.asks()?["code"], "no_mykey_ids_here");
        clerk.closes_the_window().await
    });
}
