//! A start of the program as a shopping street's own software (row F7): its window, its parts, its folders.
//!
//! Belongs here: what differs from a start as the municipal counter. Does not: any rule of the street's counter
//! (`street/shop`).
//! Why a start of its own: the two share nothing but this PC. Each has its folders, its part of the credential store, its
//! window with its own commands, and its own single instance, so that both run beside one another (seed 001 §16).

mod commands;

#[cfg(test)]
pub(crate) use commands::REGISTERED;
pub(crate) use commands::handler;

use crate::command_line::CommandLine;
use crate::log;
use crate::restart::{Mode, NextStart};
use crate::web_view;
use madoguchi_peer::SystemPeers;
use madoguchi_printer::{Printers, Roll, system_font_folders};
use madoguchi_shop::{Bridge, Folders, Parts, Shop, look_in};
use madoguchi_vault::OsVault;
use madoguchi_wire::window::street::{STREET_NOTICE_EVENT, StreetNotice};
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::path::PathResolver;
use tauri::utils::config::{Config, WindowConfig};
use tauri::{App, AppHandle, Emitter, Manager, Runtime, WebviewUrl, WebviewWindowBuilder};
use tokio::sync::mpsc::UnboundedReceiver;

/// The window's name in the capability file.
pub(crate) const STREET: &str = "street";
/// Names this software to the system: its folders and its single instance.
const IDENTIFIER: &str = "jp.madoguchi.street";
/// The part of the credential store where its keys lie, those that `madoguchi-receive keep-keys` kept included.
const CREDENTIALS: &str = "madoguchi-street";
/// Below the folders named on the command line.
const FOLDER: &str = "street";
/// The folder for receipts as PDF in the person's documents, and below the one named.
const PAPERS: &str = "商店街ポイント";
const TITLE: &str = "商店街ポイント";

/// Makes of the program's configuration that of another program.
pub(crate) fn set_apart(configuration: &mut Config) {
    IDENTIFIER.clone_into(&mut configuration.identifier);
}

/// Opens the window while the counter opens behind it.
pub(crate) fn open(program: &mut App, told: CommandLine) -> Result<(), Box<dyn Error>> {
    let folders = folders(told, program.path())?;
    log::start(&folders.data);
    if let Err(error) = std::fs::create_dir_all(&folders.papers) {
        tracing::warn!(%error, "the folder for papers could not be made");
    }
    let page = page(&folders);
    let opening = tauri::async_runtime::spawn(async move {
        let printer = Arc::new(Printers::new(&system_font_folders(), Roll::MM80));
        let bridge = Bridge::new(Arc::new(SystemPeers));
        Shop::open(Parts::new(Arc::new(OsVault::new(CREDENTIALS)), printer, bridge, folders)).await
    });
    web_view::must_be_there()?;
    open_window(program, &page)?;
    let shop = tauri::async_runtime::block_on(opening)?;
    tauri::async_runtime::spawn(pass_on(shop.notices(), program.handle().clone()));
    program.manage(shop);
    program.manage(NextStart::default());
    program.manage(Mode::Street);
    Ok(())
}

fn open_window(program: &App, page: &str) -> Result<(), tauri::Error> {
    for window in program.config().app.windows.clone() {
        let (label, title) = (STREET.to_owned(), TITLE.to_owned());
        let window = WindowConfig { label, title, url: WebviewUrl::App(page.into()), ..window };
        WebviewWindowBuilder::from_config(program.handle(), &window)?.build()?;
    }
    Ok(())
}

/// The page's address names language, colours and size of type, so that nothing flashes.
fn page(folders: &Folders) -> String {
    let (language, theme, size) = look_in(&folders.settings);
    format!("street.html?language={}&theme={}&size={size}", language.tag(), theme.tag())
}

fn folders<R: Runtime>(told: CommandLine, system: &PathResolver<R>) -> Result<Folders, tauri::Error> {
    let below = |folder: PathBuf| folder.join(FOLDER);
    let data = told.data.map(below).map_or_else(|| system.app_local_data_dir(), Ok)?;
    let settings = told.settings.map_or_else(|| data.clone(), below);
    let documents = || system.document_dir().unwrap_or_else(|_| data.clone());
    let papers = told.papers.unwrap_or_else(documents).join(PAPERS);
    Ok(Folders { data, settings, papers })
}

async fn pass_on(mut notices: UnboundedReceiver<StreetNotice>, window: AppHandle) {
    while let Some(notice) = notices.recv().await {
        if let Err(error) = window.emit(STREET_NOTICE_EVENT, notice) {
            tracing::warn!(%error, "a notice did not reach the window");
        }
    }
}
