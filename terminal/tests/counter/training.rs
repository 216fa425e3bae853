//! Training on the PC of a terminal: its papers say so, nothing of it reaches what is real, and no cloud of the
//! other kind hears a password.

use crate::cloud::{Cloud, Mishap};
use crate::shop::{AtCounter, Shop, issue_of};
use crate::ticket_book::number;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_doubles::MemoryVault;
use madoguchi_port::vault::Vault;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    DayCloseNamed, LastOperation, OperationNamed, PaperLineKind, PileOfSite, ScannedText, SignInState,
    StampOf,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MARK: &str = "訓練　この紙は使えません";

/// A registered counter with a day behind it, and the training cloud beside its own.
struct BothOnOnePc {
    shop: Shop,
    training_cloud: Arc<Cloud>,
    training_vault: Arc<MemoryVault>,
}

impl BothOnOnePc {
    fn new() -> Self {
        Self { shop: Shop::new(), training_cloud: Cloud::for_training(), training_vault: Arc::default() }
    }

    async fn opens_in_training(&self) -> AtCounter {
        self.shop.opens_in_training(&self.training_cloud, &self.training_vault).await
    }
}

/// Every file below a folder but what training keeps there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if !path.is_dir() {
            all.insert(path.clone(), fs::read(&path).unwrap());
        } else if !path.ends_with("training") && !path.ends_with("訓練") {
            all.extend(files(&path));
        }
    }
    all
}

fn secrets(vault: &MemoryVault) -> Vec<(String, Vec<u8>)> {
    vault
        .names()
        .into_iter()
        .map(|name| (name.clone(), vault.get(&name).unwrap().unwrap().to_vec()))
        .collect()
}

async fn a_whole_day(shop: &Shop, cloud: &Cloud, at: &mut AtCounter) -> (LastOperation, LastOperation) {
    cloud.tickets(|tickets| tickets.issue(number(1), 500));
    let visit = at.taps(shop).await;
    let used = at.uses(&visit, "1500").await.unwrap();
    let visit = at.taps(shop).await;
    let issued = at.issues(&visit, "500").await.unwrap();
    at.prints(&issued).await.unwrap();
    at.counter.print_receipt(OperationNamed { key: used.key }).await.unwrap();
    at.counter.close_day().await.unwrap();
    at.counter.print_day_close(DayCloseNamed { number: 1 }).await.unwrap();
    (used, issued)
}

async fn clears_a_pile(at: &AtCounter) {
    let pile = at.counter.open_pile(StampOf { site: None }).await.unwrap();
    let text = number(1).to_string();
    at.counter.scan_ticket(ScannedText { text }).await.unwrap();
    at.counter.finish_pile().await.unwrap();
    let of = PileOfSite { pile: pile.sums.pile, site: pile.site.site };
    at.counter.print_pile(of).await.unwrap();
}

#[tokio::test]
async fn a_day_in_training_leaves_the_real_store_keys_and_books_as_they_were() {
    let both = BothOnOnePc::new();
    let mut at = both.shop.opens_registered().await;
    a_whole_day(&both.shop, &both.shop.cloud, &mut at).await;
    both.shop.closes(at).await;
    let before = (files(both.shop.folder.path()), secrets(&both.shop.vault));
    let (done, balance) = (both.shop.cloud.done(), both.shop.cloud.balance());

    let mut at = both.opens_in_training().await;
    at.registers().await.unwrap();
    a_whole_day(&both.shop, &both.training_cloud, &mut at).await;
    clears_a_pile(&at).await;
    drop(at);

    assert_eq!((files(both.shop.folder.path()), secrets(&both.shop.vault)), before);
    assert_eq!((both.shop.cloud.done(), both.shop.cloud.balance()), (done, balance));
    assert!(both.training_cloud.done() >= done, "it all took place in training");
    assert!(!secrets(&both.training_vault).is_empty(), "training has keys of its own");
}

#[tokio::test]
async fn every_paper_of_training_says_so_and_none_of_the_real_ones_does() {
    for training in [true, false] {
        let both = BothOnOnePc::new();
        let (mut at, cloud) = if training {
            (both.opens_in_training().await, &both.training_cloud)
        } else {
            (both.shop.opens().await, &both.shop.cloud)
        };
        at.registers().await.unwrap();
        let visit = at.taps(&both.shop).await;
        let drawn = at.counter.preview_ticket(issue_of(&visit, "500")).await.unwrap();
        assert!(!drawn.marks.is_empty());
        let (used, _) = a_whole_day(&both.shop, cloud, &mut at).await;
        clears_a_pile(&at).await;
        let settings = at.counter.settings();
        at.counter.print_test_paper(settings.printer).await.unwrap();

        let papers = both.shop.tray.papers();
        let titles: Vec<_> = papers.iter().map(|paper| paper.title.as_str()).collect();
        assert_eq!(titles, ["receipt-20261120-1", "day-close-1", "test-print"]);
        for paper in &papers {
            let ends = [paper.lines.first(), paper.lines.last()];
            let is_marked = ends.iter().all(|end| *end == Some(&PaperLine::Boxed(MARK.into())));
            assert_eq!(is_marked, training, "{}", paper.title);
        }
        assert!(both.shop.tray.tickets().iter().all(|taken| taken.ticket.face.training == training));
        assert!(both.shop.tray.piles().iter().all(|taken| taken.pile.training == training));
        assert_eq!((both.shop.tray.tickets().len(), both.shop.tray.piles().len()), (1, 1));
        let shown = at.counter.preview_receipt(OperationNamed { key: used.key }).await.unwrap();
        let boxes = shown.lines.iter().filter(|line| line.kind == PaperLineKind::Boxed && line.text == MARK);
        assert_eq!(boxes.count(), if training { 2 } else { 0 }, "the preview is the paper");
    }
}

#[tokio::test]
async fn a_counter_tells_no_password_to_a_training_cloud_and_training_none_to_a_real_one() {
    let real_pc = Shop::of_cloud(Cloud::for_training());
    let at = real_pc.opens().await;
    assert_eq!(at.types_id_and_password().await.unwrap_err().code, ErrorCode::TrainingCloud);
    assert_eq!(real_pc.cloud.calls("begin_registration"), 0);

    let shop = Shop::new();
    let at = shop.opens_in_training(&shop.cloud, &Arc::default()).await;
    assert_eq!(at.types_id_and_password().await.unwrap_err().code, ErrorCode::NotATrainingCloud);
    assert_eq!(shop.cloud.calls("begin_registration"), 0);
}

#[tokio::test]
async fn settings_that_lead_to_the_other_kind_of_cloud_between_two_screens_are_found() {
    let shop = Shop::new();
    let at = shop.opens().await;
    at.types_id_and_password().await.unwrap();
    shop.cloud.becomes_training(true);
    assert_eq!(at.registers().await.unwrap_err().code, ErrorCode::TrainingCloud);
    assert_eq!(shop.cloud.calls("register_terminal"), 0);
}

#[tokio::test]
async fn a_registered_terminal_that_meets_a_training_cloud_is_barred_until_it_meets_its_own() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    shop.cloud.end_sessions();
    shop.cloud.becomes_training(true);
    let _ = at.counter.list_operations().await;
    assert_eq!(at.hears_barred().await, ErrorCode::TrainingCloud);
    shop.cloud.becomes_training(false);
    at.hears_registered().await;
}

#[tokio::test]
async fn who_leaves_for_training_leaves_a_locked_counter() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
    at.counter.start_training().await.unwrap();
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
    shop.closes(at).await;
    let at = shop.opens().await;
    assert_eq!(at.sign_in().await.state, SignInState::Locked, "and finds it so after training");
}

#[tokio::test]
async fn nobody_leaves_for_training_while_an_answer_is_awaited() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("use_points", Mishap::Held);
    let leaving = async {
        while shop.cloud.is_expecting("use_points") {
            tokio::task::yield_now().await;
        }
        let refused = at.counter.start_training().await.unwrap_err();
        shop.cloud.let_go();
        refused
    };
    let (used, refused) = tokio::join!(at.uses(&visit, "100"), leaving);
    assert_eq!(refused.code, ErrorCode::OperationUnresolved);
    used.unwrap();
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
}
