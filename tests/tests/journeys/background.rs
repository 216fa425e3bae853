//! The program starts with the PC: other programs are answered although nobody has opened a window.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::patience::until;
use madoguchi_tests::scene::titles::Titles;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::vendor::{examples, run};
use madoguchi_tests::scene::window::PATIENCE;

const WINDOW: &str = "窓口";

#[test]
fn it_starts_with_the_pc_answers_without_a_window_and_goes_on_when_its_window_is_closed() {
    journey("background", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        let [pair, read] = <[String; 2]>::try_from(examples("sh")?)
            .map_err(|found| Trouble::new(format!("two examples, not {}", found.len())))?;
        clerk.lets_other_programs_ask().await?;
        let code = clerk.reads_out_a_code_for("図書館システム").await?;
        let paired = run(&pair, &[("CODE", &code)])?;
        clerk.sees("「図書館システム」をつなぎました").await?;
        clerk.has_it_start_with_the_pc().await?;
        clerk.loses_power()?;

        let token = paired["token"].as_str().unwrap_or_default().to_owned();
        let windows = Titles::on(shop.pc.desktop().display())?;
        let number_comes = || {
            let said = run(&read, &[("TOKEN", &token)]);
            said.is_ok_and(|said| said["number"] == "0012345678")
        };
        shop.reader.put_on("taro")?;
        let mut program = shop.pc.signs_in()?;
        until("a program is answered", PATIENCE, number_comes)?;
        assert!(!windows.show(WINDOW)?, "nobody has opened it");

        shop.pc.start_window()?.ends_by_itself()?;
        until("another start shows the window", PATIENCE, || windows.show(WINDOW).unwrap_or(false))?;
        windows.close(WINDOW)?;
        until("the window is closed", PATIENCE, || windows.show(WINDOW).is_ok_and(|shown| !shown))?;
        until("a program is answered", PATIENCE, number_comes)?;
        assert!(program.runs());
        program.stop()
    });
}
