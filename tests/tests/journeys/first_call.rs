//! The first call starts the program: other programs are answered although it is not running (row C4).

use crate::journey::{journey, journey_in};
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::patience::until;
use madoguchi_tests::scene::titles::Titles;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::vendor::TurnAtThePort;
use madoguchi_tests::scene::window::PATIENCE;
use madoguchi_tests::shop::Shop;

const WINDOW: &str = "窓口";

#[test]
fn the_first_call_at_systemds_port_starts_the_program_without_a_window_and_is_answered() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("first-call", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.lets_other_programs_ask().await?;
        let vendors = clerk.pairs("図書館システム").await?;
        clerk.loses_power()?;
        let windows = Titles::on(shop.pc.desktop().display())?;

        let mut doorkeeper = shop.pc.is_started_by_the_first_call()?;
        shop.reader.put_on("taro")?;
        assert_eq!(vendors.asks()?["number"], "0012345678", "the very first call");
        assert!(!windows.show(WINDOW)?, "nobody has opened it");

        shop.pc.start_window()?.ends_by_itself()?;
        until("the icon shows the window", PATIENCE, || windows.show(WINDOW).unwrap_or(false))?;
        assert_eq!(vendors.asks()?["number"], "0012345678");
        shop.pc.ends_the_program()?;
        doorkeeper.ends_by_itself()
    });
}

#[test]
fn programs_are_answered_however_the_counter_is_opened_closed_and_cut_off() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    let open = || Shop::open()?.with_user_systemd();
    journey_in("first-call-again", open, async |shop| {
        let systemd = shop.systemd.as_ref().ok_or_else(|| Trouble::new("no systemd"))?;
        let socket = systemd.switches_the_socket_on(&shop.pc)?;
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.lets_other_programs_ask().await?;
        clerk.sees("使えます").await?;
        assert_eq!(socket.services_started(), 1, "the window asked for the port that systemd holds");
        let vendors = clerk.pairs("図書館システム").await?;
        clerk.puts_on("taro")?;
        assert_eq!(vendors.asks()?["number"], "0012345678");
        assert_eq!(socket.services_started(), 1);
        clerk.gives_the_card_back()?;

        let asking = vendors.clone();
        let waiting = tokio::task::spawn_blocking(move || asking.asks());
        clerk.sees("いまカードを待っています").await?;
        clerk.loses_power()?;
        let heard = waiting.await;
        assert!(matches!(heard, Ok(Err(_))), "whoever waited is hung up on: {heard:?}");

        let windows = Titles::on(shop.pc.desktop().display())?;
        shop.reader.put_on("taro")?;
        assert_eq!(vendors.asks()?["number"], "0012345678", "the next call starts it");
        assert_eq!(socket.services_started(), 2);
        assert!(!windows.show(WINDOW)?, "nobody has opened it");
        shop.pc.start_window()?.ends_by_itself()?;
        until("the icon shows the window", PATIENCE, || windows.show(WINDOW).unwrap_or(false))?;
        windows.close(WINDOW)?;
        until("the window is closed", PATIENCE, || windows.show(WINDOW).is_ok_and(|shown| !shown))?;
        assert_eq!(vendors.asks()?["number"], "0012345678", "the program has gone on");
        assert_eq!(socket.services_started(), 2);
        shop.pc.ends_the_program()
    });
}

#[test]
fn where_the_clerk_lets_nobody_ask_a_call_at_systemds_port_starts_nothing() {
    let _turn = TurnAtThePort::wait().expect("a turn");
    journey("first-call-off", async |shop| {
        let clerk = Clerk::at_a_library(shop).await?;
        clerk.lets_other_programs_ask().await?;
        let vendors = clerk.pairs("図書館システム").await?;
        clerk.presses("使わない").await?;
        clerk.sees("使っていません").await?;
        clerk.closes_the_window().await?;

        let mut doorkeeper = shop.pc.is_started_by_the_first_call()?;
        assert!(vendors.asks().is_err(), "nobody answers");
        doorkeeper.ends_by_itself()?;
        let said = doorkeeper.last_words();
        assert!(said.contains("ほかのプログラムに使わせない"), "{said}");
        Ok(())
    });
}
