//! The demonstration for a person: the window, the card tray beside it, and what to type.

use crate::{OUT, tray};
use madoguchi_tests::scene::street::StreetDesk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::{Shop, form_two, form_two_for_training, library, shop_of_the_street};
use madoguchi_virtual::printer::{Build, VirtualPrinter};
use std::path::Path;

/// Opens the shop on this display, in training where that is wanted, and stays until the person ends it.
pub(crate) fn invite(training: bool) -> Result<(), Trouble> {
    println!(
        "Starting the cloud (Kawasaki), a training cloud, a PC/SC service with a virtual reader, and the window."
    );
    let shop = Shop::open_on_this_display()?.with_training()?;
    shop.pc.knows_the_sample_cards()?;
    let papers = Path::new(OUT).join("papers");
    std::fs::create_dir_all(&papers)?;
    let printer = VirtualPrinter::on_the_network(Build::MM80)?;
    printer.keeps_pictures_in(&papers.canonicalize()?);
    let street = StreetDesk::of(&shop)?;
    let window = if training { shop.pc.start_window_in_training() } else { shop.pc.start_window() }?;
    print_invitation();
    print_invitation_to_the_street(&street);
    if let Some(address) = printer.address() {
        println!(
            "A receipt printer of 80 mm listens at {address} (設定, レシートプリンター); its papers are drawn into {}.\n",
            papers.display()
        );
    }
    tray::stand_beside(shop, window);
    println!("Everything is stopped.");
    Ok(())
}

fn print_invitation() {
    let (form, training, library) = (form_two(), form_two_for_training(), library());
    println!(
        "
  端末ID          {}      terminal ID
  端末パスワード  {}      terminal password

Type these on the first screen, and any contact details after it.
Then, with the card tray:
  - put 見本 川崎 花子 on: 3,000 points. Use 1,500 of them, print the receipt (it is saved as PDF), void it.
  - put 見本 多摩 太郎 on: municipal points and an event's in one use.
  - choose \"leave in the middle of reading\" and put a card on.
  - make the line lose answers, or stop the cloud, and use points: 確かめています. Open it again.
  - press F9 to leave the counter locked; the same 端末パスワード unlocks it. 設定 has it lock by itself.
  - close the window in the middle of it, and open it again.
  - register as the library instead ({}, {}; ID付与事業者 川崎市立図書館): サービスIDの登録, then put
    見本 図書館カード on; its number stands in the field. 見本 番号のない図書館カード has none.
  - choose 設定, 訓練をする: the window comes back in yellow, on a cloud of its own. There the terminal ID is
    {} and the password {}. Its papers say 訓練; 訓練を終える leads back.

Ctrl-C here, or closing the card tray, ends everything.
",
        form.terminal,
        form.password,
        library.terminal,
        library.password,
        training.terminal,
        training.password
    );
}

/// One PC is one terminal: whoever wants to try merging registers as the street's bakery instead.
fn print_invitation_to_the_street(street: &StreetDesk) {
    let form = shop_of_the_street();
    println!(
        "To try 商店街ポイント合算, register as {} / {} with 川崎銀座街商店街振興組合 as ID付与事業者.
The street's folder is {}; its key sheet lies beside it: {}
",
        form.terminal,
        form.password,
        street.folder().display(),
        street.sheet().display(),
    );
}
