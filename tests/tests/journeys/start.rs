//! Starting the program where a window is open already, and where none can be.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::loader::Loader;
use madoguchi_tests::scene::patience::until;
use madoguchi_tests::scene::program::own_program;
use madoguchi_tests::scene::titles::Titles;
use madoguchi_tests::scene::window::PATIENCE;
use madoguchi_virtual::display::VirtualDisplay;
use std::process::Command;

#[test]
fn a_second_start_ends_by_itself_and_leaves_the_first_window_as_it_is() {
    journey("second-start", async |shop| {
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.taps("hanako").await?;
        shop.pc.start_window()?.ends_by_itself()?;
        clerk.uses(100).await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_program_that_ends_takes_no_library_from_the_threads_that_are_still_in_it() {
    journey("end", async |shop| {
        let loader = Loader::tells_in(shop.pc.folder());
        let mut program = shop.pc.start_window_with_environment(&loader.environment())?;
        let windows = Titles::on(shop.pc.desktop().display())?;
        until("a window is there", PATIENCE, || windows.show("窓口").unwrap_or(false))?;
        shop.pc.ends_the_program()?;
        program.ends_by_itself()?;
        assert!(loader.has_begun("libpcsclite")?);
        assert!(!loader.has_ended("libpcsclite")?);
        Ok(())
    });
}

#[test]
fn without_a_display_a_person_is_told_in_both_languages() {
    let program = own_program("madoguchi").expect("the window's program");
    let said = Command::new(program).env_clear().output().expect("a start");
    let words = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success());
    assert!(words.contains("画面がないため、窓口を開けません。"), "{words}");
    assert!(words.contains("There is no display"), "{words}");
}

/// A user of whom the system knows no home: the program has nowhere to keep anything.
#[test]
fn where_it_cannot_open_a_person_is_told_and_it_ends_as_one_that_has_failed() {
    let display = VirtualDisplay::open().expect("a display");
    for street in [&[][..], &["--street"]] {
        let said = Command::new("unshare")
            .args(["--user", "--map-user=54321", "--map-group=54321"])
            .arg(own_program("madoguchi").expect("the window's program"))
            .args(street)
            .env_clear()
            .env("DISPLAY", display.name())
            .output()
            .expect("a start");
        let words = String::from_utf8_lossy(&said.stderr);
        assert_eq!(said.status.code(), Some(1), "{words}");
        assert!(words.contains("窓口を開けませんでした。"), "{words}");
        assert!(words.contains("The window could not be opened."), "{words}");
    }
}
