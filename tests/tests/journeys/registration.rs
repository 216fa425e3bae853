//! From the first screen to the menu.

use crate::journey::journey;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::shop::{FormTwo, form_two};

#[test]
fn a_new_pc_becomes_a_terminal_and_still_is_one_after_a_restart() {
    journey("registration", async |shop| {
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.registers(&form_two()).await?;
        clerk.sees("ポイント利用").await?;
        clerk.closes_the_window().await?;
        let clerk = Clerk::opens_the_window(shop).await?;
        clerk.sees_the_menu().await?;
        clerk.closes_the_window().await
    });
}

#[test]
fn a_wrong_password_is_said_so_and_the_right_one_still_registers() {
    journey("wrong-password", async |shop| {
        let clerk = Clerk::opens_the_window(shop).await?;
        let wrong = FormTwo { password: "wrong1234".to_owned(), ..form_two() };
        clerk.types_terminal_and_password(&wrong).await?;
        clerk.sees("T-101").await?;
        clerk.types_terminal_and_password(&form_two()).await?;
        clerk.fills_in_contact().await?;
        clerk.sees("登録しました").await?;
        clerk.closes_the_window().await
    });
}
