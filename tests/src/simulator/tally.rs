//! What happened how often over many runs: a fault that never happens proves nothing.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! happenings {
    ($($(#[$doc:meta])* $name:ident = $words:literal;)*) => {
        /// What can happen in a run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Happening { $($(#[$doc])* $name,)* }

        impl Happening {
            /// Everything that must happen in the runs of a test.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// In words.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

happenings! {
    /// Never arrives.
    RequestLost = "line: request lost";
    /// Arrives, but its answer does not.
    AnswerLost = "line: answer lost";
    /// No connection.
    Unreachable = "line: cloud unreachable";
    /// Arrives twice.
    Repeated = "line: request repeated";
    /// Two arrive the other way round.
    Reordered = "line: requests reordered";
    /// Two are posted in one commit.
    PostedTogether = "line: two at the same moment";
    /// Given up by its sender, still on its way.
    Delayed = "line: request delayed";
    /// Arrives after its key was abandoned.
    ArrivedAfterResolve = "line: original after the resolve";
    /// The cloud dies before the commit.
    CrashBeforeCommit = "cloud: crash before the commit";
    /// The cloud dies after the commit, before the answer.
    CrashAfterCommit = "cloud: crash after the commit";
    /// A commit fails and nobody knows how far.
    CommitUnknown = "cloud: commit's outcome unknown";
    /// A statement fails.
    WriteFailed = "cloud: writing failed";
    /// No room for what is written.
    DiskFull = "cloud: disk full";
    /// Stopped and started.
    CloudRestarted = "cloud: restarted";
    /// On PostgreSQL: killed, or stopped; the cloud goes on.
    ServerLost = "cloud: its database server lost";
    /// On PostgreSQL: the cloud with it.
    ServerLostToo = "cloud: lost with its database server";
    /// Set back or right.
    CloudClockSet = "cloud: clock set back or right";
    /// Before a write of the store.
    PowerCutBetweenWrites = "terminal: power cut between two writes";
    /// While an answer is awaited.
    PowerCutWhileWaiting = "terminal: power cut while waiting";
    /// While nothing goes on.
    PowerCutAtRest = "terminal: power cut at rest";
    /// Closed and opened.
    ProgramRestarted = "terminal: program restarted";
    /// A terminal whose clock is wrong by a day.
    ClockWrongByADay = "terminal: clock wrong by a day";
    /// Before the first command.
    YankedAtOnce = "card: pulled before the first command";
    /// Before the second command.
    YankedMidRead = "card: pulled before the second command";
    /// While the cloud looks it up.
    YankedWhileAsking = "card: pulled while the cloud is asked";
    /// Another one while the cloud looks the first up.
    Swapped = "card: swapped for another";
    /// Left on the reader over an operation.
    LeftLying = "card: left lying";
    /// A library card.
    NotACard = "card: not a My Number card";
    /// A phone.
    PinFirst = "card: a phone";
    /// Nobody's.
    Unknown = "card: unknown to the cloud";
    /// Registered.
    Registered = "clerk: registered a terminal";
    /// Not at the first try.
    NotRegisteredYet = "clerk: could not yet register a terminal";
    /// The password was right.
    SignedIn = "clerk: signed in";
    /// It was not, or no answer came.
    NotSignedIn = "clerk: could not yet sign in";
    /// Left the counter.
    Locked = "clerk: locked";
    /// Locked before a restart or a power cut, and after it.
    StillLocked = "terminal: locked over a start";
    /// A new day, or the cloud said so.
    PasswordWanted = "told: password wanted";
    /// The button twice.
    PressedTwice = "clerk: pressed twice";
    /// Before the first is answered.
    TwoThingsAtOnce = "clerk: two things at once";
    /// Above the limits, and the card signed.
    UsedWithPin = "clerk: used with the resident's PIN";
    /// The resident typed another.
    TypedWrongPin = "clerk: had a wrong PIN typed";
    /// In the books.
    SignedAboveTheLimit = "books: used above the limits";
    /// 0, −1, 1.5 …
    TypedNonsense = "clerk: typed no amount";
    /// More than there is.
    AskedTooMuch = "clerk: asked for too much";
    /// Balances that were on the screen too long.
    UsedLate = "clerk: used after the visit was over";
    /// At a desk.
    TicketIssued = "ticket: issued";
    /// Printed anew.
    TicketReissued = "ticket: reissued";
    /// Taken back by its desk.
    TicketVoided = "ticket: voided";
    /// Cleared.
    TicketCleared = "ticket: cleared";
    /// By two counters at the same moment, of which one did.
    ClearedAtOnce = "ticket: cleared by two at once";
    /// A second time.
    ClearedBefore = "ticket: cleared before";
    /// After its last day.
    ClearedTooLate = "ticket: too late";
    /// A number that no ticket has.
    TicketUnknown = "ticket: unknown";
    /// The old paper of a ticket that was printed anew.
    ClearedOldPaper = "ticket: reissued before";
    /// Its tag was invented.
    TicketForged = "ticket: forged";
    /// Points of another municipality.
    TicketOfAnother = "ticket: of another municipality";
    /// An event's, where it does not take place.
    TicketElsewhere = "ticket: of an event elsewhere";
    /// Open again.
    ClearingTakenBack = "ticket: clearing taken back";
    /// After its last day, and paid to nobody.
    TicketLapsed = "ticket: lapsed";
    /// A terminal's day.
    DayClosed = "desk: closed its day";
    /// What lies before a day close cannot be undone.
    BehindTheClose = "desk: too late behind its day close";
    /// The cloud or its server dies under a desk's request.
    CrashUnderADesk = "desk: crash under its request";
    /// Municipal points became a street's.
    Merged = "merge: merged";
    /// Put into the folder under its name or another.
    FileLaidDown = "merge: file laid down";
    /// The same record under a new seal.
    FileFetchedAgain = "merge: file fetched again";
    /// Gone from the folder before anybody took it in.
    FileLost = "merge: file lost";
    /// A bit flipped on its way.
    FileDamaged = "merge: file damaged";
    /// Points added at the street.
    MergeReceived = "street: received";
    /// Nothing added, for they were added before.
    MergeCameAgain = "street: came again";
    /// In quarantine.
    MergeSetAside = "street: set aside";
    /// The file of what was booked back or declined.
    MergeCameInVain = "street: came after it was taken back";
    /// Between any two writes or steps.
    StreetLostPower = "street: power cut";
    /// Answers in the folder.
    AnswersCarried = "street: answers carried";
    /// Carried, and not taken away.
    AnswerCarriedTwice = "street: answer carried twice";
    /// From a member's balance.
    BookedBack = "street: booked back";
    /// The points were used.
    NotBookedBack = "street: could not be booked back";
    /// Never to be received.
    NumberDeclined = "street: declined a number";
    /// Points given back by the municipality.
    Refunded = "refund: refunded";
    /// Without the street's word.
    NotRefunded = "refund: refused without the street's word";
    /// Asked for by two at the same moment.
    RefundedAtOnce = "refund: asked for by two at once";
    /// The cloud or its server dies under it.
    CrashUnderARefund = "refund: crash under it";
    /// A use of several currencies.
    UsedSeveral = "clerk: used several currencies";
    /// Midnight in Japan.
    Midnight = "time: midnight in Japan";
    /// A lot lapsed.
    Lapsed = "job: lapsed";
    /// Points were granted.
    Granted = "job: granted";
    /// A paper came out.
    Printed = "clerk: printed";
    /// A use is done.
    ToldUsed = "told: used";
    /// A void is done.
    ToldVoided = "told: voided";
    /// Refused.
    ToldRefused = "told: refused";
    /// Never took place.
    ToldNotDone = "told: did not take place";
    /// Not known yet.
    ToldChecking = "told: checking";
    /// A code that no cloud has made.
    ScannedForgery = "pile: a forgery scanned";
    /// A number instead of a code.
    TypedTicket = "pile: a number typed";
    /// While it is in the pile.
    ScannedAgain = "pile: scanned again";
    /// At two counters, before either has an answer.
    ScannedAtOnce = "pile: one ticket scanned by two at once";
    /// Between its scan and the cloud's word.
    ReissuedMeanwhile = "pile: printed anew while it is cleared";
    /// With scans that have no answer.
    FinishedUnconfirmed = "pile: finished with scans unconfirmed";
    /// What became known after the pile was finished.
    SawFoundLater = "pile: saw what was found later";
    /// △.
    ToldUnconfirmed = "told: not confirmed yet";
    /// 〇.
    ToldCleared = "told: cleared";
    /// ×.
    ToldNotCleared = "told: not cleared";
    /// Open again.
    ToldTakenBack = "told: taken back";
    /// Stays cleared.
    ToldNotTakenBack = "told: not taken back";
    /// Balances.
    ToldBalance = "told: balances";
    /// Found at a start.
    FoundAtStart = "told: last operation at start";
    /// Refused for this reason.
    Insufficient = "refused: balance too low";
    /// See the words.
    OverLimitPerUse = "refused: limit per use";
    /// See the words.
    OverLimitPerDay = "refused: limit per day";
    /// See the words.
    VisitExpired = "refused: visit over";
    /// A newer one was handed out.
    NonceVoid = "refused: nonce void";
    /// No authority vouches for the card.
    CardUntrusted = "refused: card not vouched for";
    /// See the words.
    NotUsableHere = "refused: not usable here";
    /// See the words.
    AlreadyVoided = "refused: voided before";
    /// See the words.
    TooLateToVoid = "refused: too late to void";
}

/// Counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    times: BTreeMap<Happening, u64>,
}

impl Tally {
    /// It happened.
    pub fn count(&mut self, happening: Happening) {
        *self.times.entry(happening).or_default() += 1;
    }

    /// How often it happened.
    pub fn times(&self, happening: Happening) -> u64 {
        self.times.get(&happening).copied().unwrap_or(0)
    }

    /// Adds another run's counts.
    pub fn add(&mut self, other: &Self) {
        for (happening, times) in &other.times {
            *self.times.entry(*happening).or_default() += times;
        }
    }

    /// What has not happened at all.
    pub fn missing(&self) -> Vec<&'static str> {
        Happening::ALL.iter().filter(|it| self.times(**it) == 0).map(|it| it.words()).collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for happening in Happening::ALL {
            writeln!(f, "{:>8}  {}", self.times(*happening), happening.words())?;
        }
        Ok(())
    }
}
