//! A vendor's afternoon: a program is paired in the real window and gets the number of a real card's owner,
//! by the very commands of docs/bridge.md.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::vendor::{examples, run};

#[test]
fn a_vendor_pairs_a_program_and_gets_a_number_with_curl() {
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
