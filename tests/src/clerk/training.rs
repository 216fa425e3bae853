//! The clerk who practises: into training and out of it.

use super::Clerk;
use crate::scene::keyboard::Keyboard;
use crate::scene::trouble::Trouble;
use crate::shop::{Shop, TRAINING, form_two_for_training};

impl<'a> Clerk<'a> {
    /// Starts the program in training.
    pub async fn opens_the_window_in_training(shop: &'a Shop) -> Result<Self, Trouble> {
        let keyboard = Keyboard::at(shop.pc.desktop().display())?;
        let window = shop.pc.open_window_in_training().await?;
        Ok(Self { shop, pc: &shop.pc, album: None, keyboard, window })
    }

    /// Registers the PC with the training cloud, and stands before its menu.
    pub async fn registers_for_training(&self) -> Result<(), Trouble> {
        self.sees_that_it_is_training().await?;
        self.sees("訓練用の端末IDと、訓練用の端末パスワードを入力してください").await?;
        self.goes_through_registration(&form_two_for_training()).await?;
        self.sees("訓練用のお店").await?;
        self.takes_picture("training-home").await
    }

    /// Sees the bar of training.
    pub async fn sees_that_it_is_training(&self) -> Result<(), Trouble> {
        self.sees("本物のポイントは動きません").await
    }

    /// From the menu into training; the program starts itself anew.
    pub async fn leaves_for_training(&self) -> Result<(), Trouble> {
        self.presses("設定").await?;
        self.presses("訓練をする").await?;
        self.sees("訓練を始めますか").await?;
        self.takes_picture("training-start").await?;
        self.window.click_last("訓練を始める").await?;
        self.window.starts_anew_with(TRAINING).await
    }

    /// Out of training, from the bar; the program starts itself anew.
    pub async fn comes_back_from_training(&self) -> Result<(), Trouble> {
        self.window.click_last("訓練を終える").await?;
        self.window.starts_anew_without(TRAINING).await
    }
}
