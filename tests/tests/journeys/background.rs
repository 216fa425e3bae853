//! The program starts with the PC: other programs are answered although nobody has opened a window.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::field::Field;
use madoguchi_tests::scene::patience::until;
use madoguchi_tests::scene::titles::Titles;
use madoguchi_tests::scene::tray::Tray;
use madoguchi_tests::scene::vendor::TurnAtThePort;
use madoguchi_tests::scene::window::PATIENCE;

const WINDOW: &str = "窓口";

#[test]
fn it_starts_with_the_pc_answers_without_a_window_and_goes_on_when_its_window_is_closed() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("background", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.lets_other_programs_ask().await?;
        let vendors = clerk.pairs("図書館システム").await?;
        clerk.has_it_start_with_the_pc().await?;
        clerk.loses_power()?;

        let windows = Titles::on(shop.pc.desktop().display())?;
        let number_comes = || vendors.is_told("0012345678");
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

#[test]
fn a_program_that_is_answered_keeps_the_focus_whether_the_counter_has_a_window_or_none() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("background-focus", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.lets_other_programs_ask().await?;
        let vendors = clerk.pairs("図書館システム").await?;
        clerk.has_it_start_with_the_pc().await?;
        let windows = Titles::on(shop.pc.desktop().display())?;

        let field = Field::clicked_on(shop.pc.desktop().display())?;
        clerk.puts_on("taro")?;
        assert_eq!(vendors.asks()?["number"], "0012345678");
        clerk.sees("最後にたずねたのは").await?;
        assert!(field.is_as_it_was_left()?, "the window behind it shows who asked, and stays there");

        clerk.loses_power()?;
        let mut program = shop.pc.signs_in()?;
        until("a program is answered", PATIENCE, || vendors.is_told("0012345678"))?;
        assert!(field.is_as_it_was_left()?, "no window has come");

        shop.pc.start_window()?.ends_by_itself()?;
        until("the clerk's own start does take the focus", PATIENCE, || {
            field.is_as_it_was_left().is_ok_and(|left| !left)
        })?;
        assert!(windows.show(WINDOW)?);
        program.stop()
    });
}

#[test]
fn while_programs_may_ask_an_icon_in_the_tray_says_so_and_opens_the_window() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("background-tray", async |shop| {
        let tray = Tray::on(shop.pc.desktop())?;
        let clerk = Clerk::at_a_library(shop).await?;
        assert_eq!(tray.icons(), 0);
        clerk.lets_other_programs_ask().await?;
        until("an icon is in the tray", PATIENCE, || tray.icons() == 1)?;
        clerk.has_it_start_with_the_pc().await?;
        clerk.loses_power()?;
        until("it goes with the program", PATIENCE, || tray.icons() == 0)?;

        let windows = Titles::on(shop.pc.desktop().display())?;
        let mut program = shop.pc.signs_in()?;
        until("an icon is in the tray", PATIENCE, || tray.icons() == 1)?;
        assert_eq!(tray.title()?, "窓口（ほかのプログラムに答えます）");
        assert!(!windows.show(WINDOW)?, "nobody has opened it");
        tray.is_clicked()?;
        until("a click opens the window", PATIENCE, || windows.show(WINDOW).unwrap_or(false))?;
        program.stop()
    });
}
