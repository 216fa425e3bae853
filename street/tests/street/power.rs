//! The power is cut between any two steps of a pass: in the database, in the folder, in the middle of an
//! answer. The next start finishes, and nothing is lost or doubled.

use crate::scene::{Found, HANAKO, NOW, Scene, TARO, id, record, sealed};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_doubles::PurseCard;
use madoguchi_store::{Moment, PowerSupply};
use madoguchi_street::books::{Act, IdKind};
use madoguchi_street::counter::{Charged, charge};
use madoguchi_street::receiving::{DropFolder, LocalFolder, Shelf};
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Burns down by one at every moment; once burnt it stays so.
struct Fuse(AtomicUsize);

impl Fuse {
    fn burns(&self) -> bool {
        self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
    }
}

impl PowerSupply for Fuse {
    fn holds(&self, _moment: Moment) -> bool {
        self.burns()
    }
}

/// The real folder of a PC on this fuse.
struct FusedFolder {
    folder: LocalFolder,
    fuse: Arc<Fuse>,
}

impl FusedFolder {
    fn step<T>(&self, step: impl FnOnce(&LocalFolder) -> io::Result<T>) -> io::Result<T> {
        self.alive()?;
        let done = step(&self.folder)?;
        self.alive()?;
        Ok(done)
    }

    fn alive(&self) -> io::Result<()> {
        if self.fuse.burns() { Ok(()) } else { Err(io::Error::other("the power is cut")) }
    }
}

impl DropFolder for FusedFolder {
    fn prepare(&self) -> io::Result<()> {
        self.step(DropFolder::prepare)
    }

    fn waiting(&self) -> io::Result<Vec<OsString>> {
        self.step(DropFolder::waiting)
    }

    fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.step(|folder| folder.read(name))
    }

    fn answer(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        self.step(|folder| folder.answer(name))
    }

    fn draft(&self, name: &str, answer: &[u8]) -> io::Result<()> {
        self.step(|folder| folder.draft(name, &answer[..answer.len() / 2]))?;
        self.step(|folder| folder.draft(name, answer))
    }

    fn sync(&self) -> io::Result<()> {
        self.step(DropFolder::sync)
    }

    fn publish(&self, name: &str) -> io::Result<()> {
        self.step(|folder| folder.publish(name))
    }

    fn shelve(&self, name: &OsStr, which: Shelf) -> io::Result<()> {
        self.step(|folder| folder.shelve(name, which))
    }

    fn set_aside(&self) -> io::Result<Vec<OsString>> {
        self.step(DropFolder::set_aside)
    }

    fn read_set_aside(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.step(|folder| folder.read_set_aside(name))
    }

    fn bring_back(&self, name: &OsStr) -> io::Result<()> {
        self.step(|folder| folder.bring_back(name))
    }
}

/// One file of every kind.
fn a_morning() -> Scene {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 1));
    scene.drops(&record(HANAKO, 20, 2));
    scene.lays("a copy.dat", &sealed(&record(TARO, 1500, 1)));
    scene.lays("other content.dat", &sealed(&record(HANAKO, 9999, 2)));
    scene.drops(&record("30010100000033", 700, 3));
    scene.lays("damaged.dat", b"0123456789abcdef0123456789abcdef");
    scene
}

/// Every debit is a credit here or a file that is still here.
fn nothing_is_lost(found: &Found) {
    let there: BTreeSet<_> =
        [&found.waiting, &found.processed, &found.quarantine].into_iter().flatten().collect();
    let credited: i64 = found.credits.iter().map(|(_, points)| points).sum();
    assert_eq!(found.taro + found.hanako, credited);
    for (sequence, points) in [(1, 1500), (3, 700)] {
        let number = format!("20261121093015{sequence:06}");
        let is_credited = found.credits.contains(&(number.clone(), points));
        assert!(is_credited || there.contains(&format!("merge_300101_{number}.dat")), "{number}: {found:?}");
    }
    let of_the_second: Vec<_> = found.credits.iter().filter(|(number, _)| number.ends_with("02")).collect();
    assert!(of_the_second.len() <= 1);
    for name in &found.processed {
        assert!(!found.credits.is_empty(), "{name} was processed and nothing credited");
    }
}

#[test]
fn the_power_is_cut_at_every_step_and_the_next_start_finishes() {
    let undisturbed = a_morning();
    undisturbed.receive();
    let wanted = undisturbed.found();
    assert_eq!((wanted.taro, wanted.hanako), (1500, 20));
    let mut cuts = 0;
    loop {
        let scene = a_morning();
        let fuse = Arc::new(Fuse(AtomicUsize::new(cuts)));
        let books = scene.books_on(fuse.clone()).unwrap();
        let folder = FusedFolder { folder: scene.folder(), fuse };
        let pass = scene.receive_with(&books, &folder);
        drop(books);
        nothing_is_lost(&scene.found());
        scene.receive();
        assert_eq!(scene.found(), wanted, "cut at step {cuts}");
        assert!(scene.receive().is_nothing());
        if pass.is_ok() {
            break;
        }
        cuts += 1;
    }
    assert!(cuts > 40, "{cuts} steps");
}

#[test]
fn the_power_is_cut_while_a_file_comes_back_from_quarantine() {
    for cuts in 0..60 {
        let scene = a_morning();
        scene.receive();
        let books = scene.books();
        let joined = id("30010100000033");
        books.join(IdKind::PointId, &joined, 0).unwrap().unwrap();
        drop(books);
        let fuse = Arc::new(Fuse(AtomicUsize::new(cuts)));
        let books = scene.books_on(fuse.clone()).unwrap();
        let folder = FusedFolder { folder: scene.folder(), fuse };
        // Cut or not: the next start asks again.
        let _ = scene.receiving(&books, &folder).receive_set_aside(0);
        drop(books);
        let (books, folder) = (scene.books(), scene.folder());
        scene.receiving(&books, &folder).receive_set_aside(0).unwrap();
        assert_eq!(books.member(&joined).unwrap().unwrap().balance, 700, "cut at step {cuts}");
        drop(books);
        assert_eq!(scene.found().quarantine.len(), 2, "cut at step {cuts}");
    }
}

#[test]
fn the_power_is_cut_at_every_step_of_taking_back_and_the_next_start_says_the_same() {
    let mut cuts = 0;
    loop {
        let scene = Scene::new();
        let (received, declined) = (record(TARO, 1500, 1), record(HANAKO, 20, 2));
        scene.drops(&received);
        scene.receive();
        scene.carries_the_answers();
        let fuse = Arc::new(Fuse(AtomicUsize::new(cuts)));
        let books = scene.books_on(fuse.clone()).unwrap();
        let folder = FusedFolder { folder: scene.folder(), fuse };
        let taken_back = books
            .book_back(received.number, NOW)
            .and_then(|_| books.decline(declined.number, NOW))
            .and_then(|_| scene.receiving(&books, &folder).answer());
        drop(books);
        // What stands in the books is answered, and what was answered stands in the books.
        let books = scene.books();
        let stands = books.taken_back(10).unwrap();
        let told = stands.iter().filter(|merge| merge.is_answered).count();
        assert!(told <= scene.found_in(&books).answers.len(), "cut at step {cuts}");
        let is_booked_back = stands.iter().any(|merge| merge.number == received.number);
        assert_eq!(scene.found_in(&books).taro == 0, is_booked_back, "cut at step {cuts}");
        scene.receiving(&books, &scene.folder()).answer().unwrap();
        assert_eq!(scene.found_in(&books).answers.len(), stands.len(), "cut at step {cuts}");
        // The clerk does it again, whatever became of it.
        let again = books.book_back(received.number, NOW + 1).unwrap().unwrap();
        books.decline(declined.number, NOW + 1).unwrap().unwrap();
        scene.drops(&declined);
        scene.receive_with(&books, &scene.folder()).unwrap();
        assert_eq!((again.change, again.balance), (-1500, 0), "cut at step {cuts}");
        let found = scene.found_in(&books);
        let words: Vec<_> = found.answers.values().map(String::as_str).collect();
        assert_eq!((words, found.taro, found.hanako), (vec!["booked_back", "declined"], 0, 0));
        if taken_back.is_ok() {
            break;
        }
        cuts += 1;
    }
    assert!(cuts > 10, "{cuts} steps");
}

#[test]
fn the_power_is_cut_at_every_step_of_a_charge_and_the_same_key_finishes_it() {
    for refuses in [false, true] {
        for cuts in 0..8 {
            let scene = Scene::new();
            let card = PurseCard::of_serial([1; 8]);
            let (given, charged) = (OperationKey::derived("given"), OperationKey::derived("charged"));
            let [all, some] = [300, 200].map(|points| Points::new(points).unwrap());
            let books = scene.books();
            let member = books.member(&id(TARO)).unwrap().unwrap().number;
            books.act(given, Act::Purchase { member, points: all }, NOW).unwrap().unwrap();
            drop(books);
            card.refuses(refuses);
            let books = scene.books_on(Arc::new(Fuse(AtomicUsize::new(cuts)))).unwrap();
            // Cut or not: the clerk presses again.
            let _ = charge(&books, &card, charged, member, some, NOW);
            drop(books);
            let books = scene.books();
            let ended = charge(&books, &card, charged, member, some, NOW).unwrap().unwrap();
            assert_eq!(matches!(ended, Charged::OnTheCard(_)), !refuses, "cut at step {cuts}");
            let left = books.member(&id(TARO)).unwrap().unwrap().balance;
            assert_eq!((card.amount(), left), if refuses { (0, 300) } else { (200, 100) });
            books.check().unwrap().unwrap();
        }
    }
}
