//! What becomes of letters: most arrive, some are lost, come twice, late, in another order, or together
//! with a crash.

use super::bookkeeper::Objection;
use super::gate;
use super::line::{Letter, Waiting};
use super::store::WriteFault;
use super::tally::Happening;
use super::town::{CardOf, RESIDENTS};
use super::world::World;
use madoguchi_terminal::cloud::{LineFault, Reply};

/// How long a terminal waits for an answer that does not come, in milliseconds.
const SILENCE_MS: i64 = 10_000;
/// Longer than a visit, shorter than a session, in milliseconds.
const AFTER_THE_VISIT_MS: i64 = 320_000;
/// How often out of a hundred two requests of two terminals share a commit, where they can.
const TOGETHER: usize = 60;

/// What can become of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mishap {
    RequestLost,
    AnswerLost,
    Unreachable,
    Repeated,
    Delayed,
    CrashBeforeCommit,
    CrashAfterCommit,
    CommitUnknown,
    WriteFailed,
    DiskFull,
    PowerCut,
    CardTaken,
    CardSwapped,
}

const ON_ANY_ROUTE: &[(usize, Mishap)] = &[
    (3, Mishap::RequestLost),
    (3, Mishap::AnswerLost),
    (2, Mishap::Unreachable),
    (2, Mishap::Repeated),
    (1, Mishap::CrashAfterCommit),
    (2, Mishap::PowerCut),
];
const ON_AN_OPERATION: &[(usize, Mishap)] = &[
    (3, Mishap::RequestLost),
    (4, Mishap::AnswerLost),
    (1, Mishap::Unreachable),
    (3, Mishap::Repeated),
    (4, Mishap::Delayed),
    (2, Mishap::CrashBeforeCommit),
    (2, Mishap::CrashAfterCommit),
    (2, Mishap::CommitUnknown),
    (2, Mishap::WriteFailed),
    (2, Mishap::DiskFull),
    (3, Mishap::PowerCut),
];
const ON_A_LOOK_UP: &[(usize, Mishap)] = &[
    (2, Mishap::RequestLost),
    (2, Mishap::AnswerLost),
    (1, Mishap::Unreachable),
    (3, Mishap::CardTaken),
    (3, Mishap::CardSwapped),
    (1, Mishap::PowerCut),
];

fn moves_points(letter: &Letter) -> bool {
    matches!(letter.route, "use_points" | "void_use" | "clear_ticket" | "unclear_ticket")
}

fn is_of_an_operation(letter: &Letter) -> bool {
    moves_points(letter) || letter.route == "resolve_operation"
}

impl World {
    /// Takes one letter out of the bag and lets it meet its fate.
    pub(super) async fn handle_a_letter(&mut self) -> Result<(), Objection> {
        let letters = self.bag.letters();
        let place = self.chance.below(letters.len());
        if place > 0 && self.mishaps > 0 {
            self.tally.count(Happening::Reordered);
        }
        let Some(waiting) = self.bag.take(&letters[place]) else { return Ok(()) };
        if self.can_share_a_commit(&waiting.letter)
            && moves_points(&waiting.letter)
            && self.chance.percent(TOGETHER)
        {
            return self.deliver_together(waiting).await;
        }
        // What may move points meets with more: that is what a run is for.
        let often = if is_of_an_operation(&waiting.letter) { 2 } else { 1 };
        if !self.chance.percent(often * self.mishaps) {
            return self.deliver(waiting).await;
        }
        let mishaps = match waiting.letter.route {
            "look_up_points" => ON_A_LOOK_UP,
            _ if is_of_an_operation(&waiting.letter) => ON_AN_OPERATION,
            _ => ON_ANY_ROUTE,
        };
        let mishap = self.chance.weighted(mishaps);
        self.suffer(mishap, waiting).await
    }

    async fn deliver(&mut self, waiting: Waiting) -> Result<(), Objection> {
        let reply = self.carry(&waiting.letter).await?;
        waiting.answer(Ok(reply));
        Ok(())
    }

    async fn suffer(&mut self, mishap: Mishap, waiting: Waiting) -> Result<(), Objection> {
        let letter = waiting.letter.clone();
        let named = format!("terminal {} {} no. {}", letter.from, letter.route, letter.number);
        match mishap {
            Mishap::RequestLost => {
                self.happens(Happening::RequestLost, &named);
                self.keep_silent(waiting);
            }
            Mishap::Unreachable => {
                self.happens(Happening::Unreachable, &named);
                waiting.answer(Err(LineFault::Unreachable));
            }
            Mishap::AnswerLost => {
                self.happens(Happening::AnswerLost, &named);
                self.carry(&letter).await?;
                self.keep_silent(waiting);
            }
            Mishap::Repeated => {
                self.happens(Happening::Repeated, &named);
                let first = self.carry(&letter).await?;
                let second = self.carry_again(&letter).await?;
                let heard = if self.chance.percent(50) { first } else { second };
                waiting.answer(Ok(heard));
            }
            Mishap::Delayed => {
                self.happens(Happening::Delayed, &named);
                self.late.push(letter);
                self.keep_silent(waiting);
            }
            Mishap::CrashBeforeCommit | Mishap::CrashAfterCommit => {
                return self.crash_under(mishap == Mishap::CrashBeforeCommit, waiting).await;
            }
            Mishap::CommitUnknown => {
                return self.fail_to_write(Happening::CommitUnknown, WriteFault::Commit, waiting).await;
            }
            Mishap::WriteFailed => {
                return self.fail_to_write(Happening::WriteFailed, WriteFault::Statement, waiting).await;
            }
            Mishap::DiskFull => {
                return self.fail_to_write(Happening::DiskFull, WriteFault::DiskFull, waiting).await;
            }
            Mishap::PowerCut => return self.cut_power_under(waiting).await,
            Mishap::CardTaken | Mishap::CardSwapped => {
                let terminal = letter.from;
                if self.take_card(terminal).await? {
                    self.happens(Happening::YankedWhileAsking, &named);
                    if mishap == Mishap::CardSwapped {
                        let other = CardOf::Resident(self.chance.below(RESIDENTS));
                        self.put_card(terminal, other, None).await?;
                        self.happens(Happening::Swapped, &named);
                    }
                }
                return self.deliver(waiting).await;
            }
        }
        Ok(())
    }

    /// The terminal waits its ten seconds for nothing.
    fn keep_silent(&mut self, waiting: Waiting) {
        self.pass(SILENCE_MS);
        waiting.answer(Err(LineFault::Silent));
    }

    async fn crash_under(&mut self, before_commit: bool, waiting: Waiting) -> Result<(), Objection> {
        let happening =
            if before_commit { Happening::CrashBeforeCommit } else { Happening::CrashAfterCommit };
        self.happens(happening, &format!("the cloud dies under {}", waiting.letter.route));
        if before_commit {
            self.cloud.break_writing(WriteFault::Commit).await;
        }
        self.carry(&waiting.letter).await?;
        self.something_dies().await;
        if before_commit {
            self.cloud.mend_writing().await;
        }
        self.read_books(true)?;
        self.keep_silent(waiting);
        Ok(())
    }

    async fn fail_to_write(
        &mut self,
        happening: Happening,
        fault: WriteFault,
        waiting: Waiting,
    ) -> Result<(), Objection> {
        self.happens(happening, &format!("under {}", waiting.letter.route));
        self.cloud.break_writing(fault).await;
        let reply = self.carry(&waiting.letter).await?;
        self.cloud.mend_writing().await;
        waiting.answer(Ok(reply));
        Ok(())
    }

    /// The power goes while the answer is awaited; the letter is lost, arrives now, or arrives later.
    async fn cut_power_under(&mut self, waiting: Waiting) -> Result<(), Objection> {
        let (terminal, letter) = (waiting.letter.from, waiting.letter.clone());
        self.happens(Happening::PowerCutWhileWaiting, &format!("terminal {terminal} under {}", letter.route));
        self.cut_power(terminal);
        match self.chance.below(4) {
            0 => {}
            1 => drop(self.carry(&letter).await?),
            2 => self.late.push(letter),
            _ => {
                self.pass(AFTER_THE_VISIT_MS);
                drop(self.carry(&letter).await?);
            }
        }
        Ok(())
    }

    /// With another terminal's letter, if one lies there: both are posted in one commit.
    async fn deliver_together(&mut self, waiting: Waiting) -> Result<(), Objection> {
        let others = self.bag.letters();
        let other =
            others.iter().find(|other| other.from != waiting.letter.from && self.can_share_a_commit(other));
        let Some(other) = other.and_then(|other| self.bag.take(other)) else {
            return self.deliver(waiting).await;
        };
        for letter in [&waiting.letter, &other.letter] {
            self.cloud_knows_how_to_hash(letter).await;
        }
        let (one, two) = (waiting.letter.clone(), other.letter.clone());
        self.happens(Happening::PostedTogether, &format!("terminals {} and {}", one.from, two.from));
        let one = self.as_sent(&one);
        let two = self.as_sent(&two);
        let (first, second) = gate::both_in_one_commit(&self.cloud, &one, &two).await;
        self.read_books(false)?;
        self.compare_with_first_answer(&one, &first)?;
        self.compare_with_first_answer(&two, &second)?;
        waiting.answer(Ok(first));
        other.answer(Ok(second));
        Ok(())
    }

    /// Whether nothing is written for a letter before it waits for its commit: what may be a guess is.
    fn can_share_a_commit(&self, letter: &Letter) -> bool {
        is_of_an_operation(letter) && (letter.route != "clear_ticket" || self.proves_itself(letter))
    }

    /// The first number that a cloud hears of since its start makes it write; looking is not clearing.
    async fn cloud_knows_how_to_hash(&self, letter: &Letter) {
        if letter.route == "clear_ticket" {
            let (ticket, site) = (letter.field("ticket"), letter.field("site"));
            let body = serde_json::to_vec(&serde_json::json!({ "ticket": ticket, "site": site }));
            let look = Letter { route: "look_up_ticket", body: body.unwrap_or_default(), ..letter.clone() };
            self.cloud.answer(&look).await;
            self.cloud.finishes_what_nobody_waits_for().await;
        }
    }

    /// A letter that nobody waits for any more arrives after all.
    pub(super) async fn deliver_late(&mut self) -> Result<(), Objection> {
        if self.late.is_empty() {
            return Ok(());
        }
        let place = self.chance.below(self.late.len());
        let letter = self.late.remove(place);
        self.note(&format!("terminal {} {} no. {} arrives late", letter.from, letter.route, letter.number));
        self.carry_again(&letter).await.map(drop)
    }

    /// The cloud gets a letter that it may have had before.
    async fn carry_again(&mut self, letter: &Letter) -> Result<Reply, Objection> {
        match self.sabotage {
            Some(sabotage) => {
                let changed = sabotage.a_second_time(letter);
                self.carry(&changed).await
            }
            None => self.carry(letter).await,
        }
    }

    /// A letter as it leaves, after whoever breaks things has had it.
    fn as_sent(&self, letter: &Letter) -> Letter {
        self.sabotage.map_or_else(|| letter.clone(), |sabotage| sabotage.on_the_way(letter))
    }

    /// The cloud gets a letter and answers; the books are read on.
    async fn carry(&mut self, letter: &Letter) -> Result<Reply, Objection> {
        if moves_points(letter)
            && let Some(key) = letter.key()
            && self
                .bookkeeper
                .fate(&self.scope(letter.from, &key))
                .is_some_and(|fate| fate.outcome == "abandoned")
        {
            self.happens(Happening::ArrivedAfterResolve, &format!("terminal {}", letter.from));
        }
        if let Some(reply) = self.sabotage.and_then(|sabotage| sabotage.instead_of_the_cloud(letter)) {
            return Ok(reply);
        }
        let letter = self.as_sent(letter);
        let before = match self.sabotage {
            Some(sabotage) => sabotage.before_the_cloud(&self.cloud, &letter),
            None => None,
        };
        let mut reply = self.cloud.answer(&letter).await;
        if let Some(sabotage) = self.sabotage {
            sabotage.after_the_cloud(&mut self.cloud, &letter, before).await;
            sabotage.in_the_answer(&letter, &mut reply);
        }
        self.note(&format!(
            "terminal {} {} no. {}: {}",
            letter.from, letter.route, letter.number, reply.status
        ));
        if letter.route == "look_up_points" && reply.status == 200 {
            self.note_visit(letter.from, &reply)?;
        }
        if letter.route == "request_use_nonce" && reply.status == 200 {
            self.note_nonce(&letter, &reply)?;
        }
        self.read_books(true)?;
        self.compare_with_first_answer(&letter, &reply)?;
        Ok(reply)
    }

    /// A key has one answer for ever.
    fn compare_with_first_answer(&mut self, letter: &Letter, reply: &Reply) -> Result<(), Objection> {
        let Some(key) = letter.key().filter(|_| is_of_an_operation(letter) && reply.status == 200) else {
            return Ok(());
        };
        let scope = self.scope(letter.from, &key);
        let first = self.first_answers.entry(scope).or_insert_with(|| reply.body.clone());
        if *first == reply.body {
            return Ok(());
        }
        let text = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
        Err(format!("I7: {key} was answered {}, now {}", text(first), text(&reply.body)))
    }
}
