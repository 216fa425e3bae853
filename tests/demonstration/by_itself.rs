//! A counter's work on a display nobody sees, with pictures of every screen.

use crate::OUT;
use madoguchi_tests::album::{Album, words_on};
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::line::Passage;
use madoguchi_tests::scene::tickets::Paper;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::{Shop, form_two};
use madoguchi_virtual::printer::{Build, VirtualPrinter};
use std::path::Path;
use std::time::Duration;

/// The round takes about a minute; more means that something hangs.
const LIMIT: Duration = Duration::from_mins(10);
/// Where the ticket of the round is used.
const GROCER: &str = "やまだ八百屋";

/// Goes the round and names what it made.
pub(crate) fn show() -> Result<(), Trouble> {
    println!("There is no display, so a counter's work is done on a virtual one.");
    let album = Album::in_folder(Path::new(OUT))?;
    let shop = Shop::open()?;
    // This computer is one terminal in each cloud, so the chamber has a cloud of its own.
    let chamber = Shop::open()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let round = async { tokio::time::timeout(LIMIT, round(&shop, &chamber, &album)).await };
    let done = runtime.block_on(round).map_err(|_| Trouble::waited_in_vain("the round ends", LIMIT));
    if let Err(trouble) = done.flatten() {
        shop.keep_logs(&Path::new(OUT).join("logs"))?;
        chamber.keep_logs(&Path::new(OUT).join("logs/chamber"))?;
        return Err(trouble.and(&format!("The programs' logs are in {OUT}/logs.")));
    }
    shop.cloud.check_books()?;
    chamber.cloud.check_books()?;
    println!("The books were checked from their first entry to their last: they balance.");
    println!("\nPictures and papers:");
    for file in album.files() {
        println!("  {}", file.display());
    }
    Ok(())
}

async fn round(shop: &Shop, chamber: &Shop, album: &Album) -> Result<(), Trouble> {
    a_good_day(shop, album).await?;
    on_a_receipt_printer(shop, album).await?;
    a_card_leaves(shop, album).await?;
    an_answer_is_lost(shop, album).await?;
    a_request_is_lost(shop, album).await?;
    a_ticket_goes_round(chamber, album).await?;
    other_eyes(shop, album).await
}

async fn a_good_day(shop: &Shop, album: &Album) -> Result<(), Trouble> {
    let clerk = Clerk::opens_the_window(shop).await?.with_album(album);
    say("registers this PC as a terminal (画面 9, 10)");
    clerk.registers(&form_two()).await?;
    clerk.takes_picture("home").await?;
    say("puts Hanako's card on: 3,000 points");
    clerk.taps("hanako").await?;
    clerk.sees("川崎市ポイント").await?;
    clerk.sees("3,000").await?;
    clerk.takes_picture("balances").await?;
    say("uses 1,500 points, gives the card back, prints the receipt");
    clerk.uses(1_500).await?;
    clerk.sees("残りは 1,500ポイントです").await?;
    clerk.gives_the_card_back()?;
    keep_receipt(&clerk, album, "receipt", &["1,500", "ご利用"]).await?;
    say("voids the use and prints its receipt");
    clerk.voids_this_use(1_500).await?;
    keep_receipt(&clerk, album, "receipt-of-void", &["1,500", "取消"]).await?;
    clerk.goes_on_to_the_next_customer().await?;
    clerk.takes_picture("home-after").await?;
    say("leaves the counter locked, and comes back with the terminal password (画面 2)");
    clerk.locks_the_counter().await?;
    clerk.unlocks_with(&form_two().password).await?;
    clerk.sees_the_menu().await?;
    clerk.closes_the_window().await
}

async fn on_a_receipt_printer(shop: &Shop, album: &Album) -> Result<(), Trouble> {
    let printer = VirtualPrinter::on_the_network(Build::MM80)?;
    let clerk = Clerk::opens_the_window(shop).await?.with_album(album);
    clerk.sees_the_menu().await?;
    let address = printer.address().ok_or_else(|| Trouble::new("a network printer has an address"))?;
    say(&format!("sets the virtual receipt printer of 80 mm at {address}, and prints a receipt on it"));
    clerk.sets_a_receipt_printer(&address.to_string()).await?;
    clerk.taps("hanako").await?;
    clerk.uses(200).await?;
    clerk.gives_the_card_back()?;
    clerk.prints_the_receipt_on_paper().await?;
    clerk.goes_on_to_the_next_customer().await?;
    for (paper, name) in printer.papers().iter().zip(["test-print-80mm.png", "receipt-80mm.png"]) {
        paper.save(&album.next(name))?;
    }
    clerk.closes_the_window().await
}

/// Prints the receipt that is seen on the screen, and keeps the paper under its number.
async fn keep_receipt(clerk: &Clerk<'_>, album: &Album, name: &str, says: &[&str]) -> Result<(), Trouble> {
    let number = clerk.number_of_the_receipt().await?;
    let paper = clerk.prints_the_receipt().await?;
    let words = words_on(&paper)?;
    for wanted in says.iter().copied().chain([number.as_str()]) {
        if !words.contains(wanted) {
            return Err(Trouble::new(format!("{} does not say {wanted}", paper.display())));
        }
    }
    album.keep_paper(&paper, &format!("{name}-{number}"))
}

async fn a_card_leaves(shop: &Shop, album: &Album) -> Result<(), Trouble> {
    let clerk = Clerk::opens_the_window(shop).await?.with_album(album);
    clerk.sees_the_menu().await?;
    say("has a card pulled away in the middle of reading, and put back");
    shop.reader.cards_leave_at(2)?;
    clerk.puts_on("hanako")?;
    clerk.sees("ポイントは動いていません").await?;
    clerk.takes_picture("card-left").await?;
    shop.reader.cards_stay()?;
    clerk.taps("hanako").await?;
    clerk.gives_the_card_back()?;
    clerk.closes_the_window().await
}

async fn an_answer_is_lost(shop: &Shop, album: &Album) -> Result<(), Trouble> {
    let clerk = Clerk::opens_the_window(shop).await?.with_album(album);
    clerk.sees_the_menu().await?;
    say("uses 500 points while the line loses the cloud's answers: 確かめています, then 成立しています");
    clerk.taps("hanako").await?;
    clerk.enters(500).await?;
    shop.line.becomes(Passage::AnswersLost);
    clerk.confirms(500).await?;
    clerk.is_told_it_is_being_checked().await?;
    clerk.takes_picture("being-checked").await?;
    shop.line.becomes(Passage::Open);
    clerk.is_told_it_took_place().await?;
    clerk.takes_picture("took-place").await?;
    clerk.gives_the_card_back()?;
    clerk.closes_the_window().await
}

async fn a_request_is_lost(shop: &Shop, album: &Album) -> Result<(), Trouble> {
    let clerk = Clerk::opens_the_window(shop).await?.with_album(album);
    say("uses 300 points while the cloud is stopped, and starts it again: 成立していません");
    clerk.has_seen_the_last_operation().await?;
    clerk.taps("hanako").await?;
    clerk.enters(300).await?;
    shop.cloud.stop()?;
    clerk.confirms(300).await?;
    clerk.is_told_it_is_being_checked().await?;
    shop.cloud.start()?;
    clerk.is_told_it_did_not_take_place().await?;
    clerk.takes_picture("did-not-take-place").await?;
    clerk.gives_the_card_back()?;
    clerk.has_seen_the_last_operation().await?;
    clerk.closes_the_window().await
}

async fn a_ticket_goes_round(chamber: &Shop, album: &Album) -> Result<(), Trouble> {
    let clerk = Clerk::opens_the_window(chamber).await?.with_album(album);
    say(
        "goes over to the chamber of commerce, registers its PC, and issues a ticket of 500 points (画面 32–34)",
    );
    clerk.registers_as_an_issuing_desk().await?;
    clerk.prepares_a_ticket("hanako", 500, "2週間").await?;
    let paper = clerk.issues_the_ticket(500).await?;
    clerk.gives_the_card_back()?;
    let ticket = Paper::read_from(&paper, 500)?;
    clerk.sees(&ticket.number).await?;
    album.keep_paper(&paper, "ticket")?;
    clerk.presses("次のお客様へ").await?;
    clerk.sees_the_desks_menu().await?;
    say("holds the scanner over that ticket when a shop brings it back, and it is cleared");
    clerk.begins_a_pile_of(GROCER).await?;
    clerk.clears(&ticket, 1).await?;
    clerk.takes_picture("ticket-cleared").await?;
    clerk.finishes_the_pile(1, ticket.points).await?;
    clerk.closes_the_window().await
}

async fn other_eyes(shop: &Shop, album: &Album) -> Result<(), Trouble> {
    let clerk = Clerk::opens_the_window(shop).await?.with_album(album);
    clerk.sees_the_menu().await?;
    say("reads the same screens in English and at 200 %");
    clerk.presses("English").await?;
    clerk.sees("Use points").await?;
    clerk.takes_picture("home-english").await?;
    clerk.presses("日本語").await?;
    clerk.chooses_text_size(200).await?;
    clerk.takes_picture("home-at-200-percent").await?;
    clerk.taps("hanako").await?;
    clerk.takes_picture("balances-at-200-percent").await?;
    clerk.gives_the_card_back()?;
    clerk.closes_the_window().await
}

fn say(what: &str) {
    println!("The clerk {what}.");
}
