//! The words of a ticket's paper.
//!
//! What the shop must see stands in Japanese whatever language the paper is in: the event, the names of
//! the stamp boxes, the note to the shop. The rest is for the person who is handed the ticket.

use super::TicketFace;
use crate::language::Language;
use crate::points::grouped;
use crate::receipt::{long_date, training_mark};

/// Everything a ticket's paper says, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketWords {
    /// 川崎市.
    pub issuer: String,
    /// ポイント券.
    pub title: String,
    /// 1,000.
    pub points: String,
    /// ポイント.
    pub unit: String,
    /// 1,000円分としてお使いいただけます.
    pub worth: String,
    /// 夏まつり参加店のみ.
    pub event: Option<String>,
    /// 券の番号.
    pub number_label: String,
    /// お使いいただける日.
    pub last_day_label: String,
    /// 2026年12月20日.
    pub last_day: String,
    /// まで, small behind the last day; empty where the label has said it.
    pub until: String,
    /// 発行 2026年11月20日.
    pub issued: String,
    /// みなみ商工会.
    pub issued_at: String,
    /// 発行認印 and 利用店舗印.
    pub stamps: [String; 2],
    /// What holds for it, one sentence or two each.
    pub notes: Vec<String>,
    /// 訓練, at both ends.
    pub training: Option<String>,
}

impl TicketFace {
    /// The words in a language.
    pub fn words(&self, language: Language) -> TicketWords {
        match language {
            Language::Ja => self.japanese(),
            Language::En => self.english(),
        }
    }

    fn japanese(&self) -> TicketWords {
        let Self { issuer_name, .. } = self;
        let points = grouped(self.points);
        let last_day = long_date(self.last_day, Language::Ja);
        TicketWords {
            issuer: issuer_name.clone(),
            title: "ポイント券".into(),
            unit: "ポイント".into(),
            worth: format!("{points}円分としてお使いいただけます"),
            points,
            event: self.event_name.as_ref().map(|event| format!("{event}参加店のみ")),
            number_label: "券の番号".into(),
            last_day_label: "お使いいただける日".into(),
            until: "まで".into(),
            issued: format!("発行 {}", long_date(self.issued_on, Language::Ja)),
            issued_at: self.issued_at.clone(),
            stamps: ["発行認印".into(), "利用店舗印".into()],
            notes: vec![
                format!("{}で、1回かぎり全額でお使いください。", self.shops()),
                "分けて使うこと、おつりはできません。".into(),
                "発行認印のないもの、コピー、期限をすぎたものは使えません。".into(),
                to_the_shop(&last_day),
            ],
            last_day,
            training: self.training_mark(Language::Ja),
        }
    }

    fn english(&self) -> TicketWords {
        let points = grouped(self.points);
        let event = |event: &String| format!("{event}参加店のみ / Event shops only");
        TicketWords {
            issuer: self.issuer_name.clone(),
            title: "Point ticket".into(),
            unit: "points".into(),
            worth: format!("Worth {points} yen when you pay"),
            points,
            event: self.event_name.as_ref().map(event),
            number_label: "Ticket number".into(),
            last_day_label: "Valid until".into(),
            last_day: long_date(self.last_day, Language::En),
            until: String::new(),
            issued: format!("Issued {}", long_date(self.issued_on, Language::En)),
            issued_at: self.issued_at.clone(),
            stamps: ["発行認印 / Issuer".into(), "利用店舗印 / Shop".into()],
            notes: vec![
                "Use it once and whole, at a shop that takes part.".into(),
                "It cannot be split and gives no change.".into(),
                "Not valid without 発行認印, as a copy, or after its day.".into(),
                to_the_shop(&long_date(self.last_day, Language::Ja)),
            ],
            training: self.training_mark(Language::En),
        }
    }

    fn shops(&self) -> String {
        match &self.event_name {
            Some(_) => "このイベントの参加店".into(),
            None => format!("{}内の加盟店", self.issuer_name),
        }
    }

    fn training_mark(&self, language: Language) -> Option<String> {
        self.training.then(|| training_mark(language).into())
    }
}

/// A shop is paid for what was cleared in time, and for nothing else (row E4).
fn to_the_shop(last_day: &str) -> String {
    format!(
        "お店の方へ：消込期限は{last_day}です。利用店舗印を押し、この日までに消込窓口へお持ちください。\
         すぎた券は精算されません。"
    )
}

impl TicketWords {
    /// Every text on the paper.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let always = [
            &self.issuer,
            &self.title,
            &self.points,
            &self.unit,
            &self.worth,
            &self.number_label,
            &self.last_day_label,
            &self.last_day,
            &self.until,
            &self.issued,
            &self.issued_at,
        ];
        always
            .into_iter()
            .chain(&self.event)
            .chain(&self.stamps)
            .chain(&self.notes)
            .chain(&self.training)
            .map(String::as_str)
    }

    /// The same with every text replaced.
    #[must_use]
    pub fn map_text(self, replaced: impl Fn(&str) -> String) -> Self {
        Self {
            issuer: replaced(&self.issuer),
            title: replaced(&self.title),
            points: replaced(&self.points),
            unit: replaced(&self.unit),
            worth: replaced(&self.worth),
            event: self.event.as_deref().map(&replaced),
            number_label: replaced(&self.number_label),
            last_day_label: replaced(&self.last_day_label),
            last_day: replaced(&self.last_day),
            until: replaced(&self.until),
            issued: replaced(&self.issued),
            issued_at: replaced(&self.issued_at),
            stamps: self.stamps.map(|stamp| replaced(&stamp)),
            notes: self.notes.iter().map(|note| replaced(note)).collect(),
            training: self.training.as_deref().map(&replaced),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn face() -> TicketFace {
        TicketFace {
            points: 1_000,
            issuer_name: "川崎市".into(),
            event_name: None,
            issued_on: date(2026, 11, 20),
            last_day: date(2026, 12, 20),
            issued_at: "みなみ商工会".into(),
            training: false,
        }
    }

    #[test]
    fn a_ticket_says_what_it_is_worth_and_until_when() {
        let words = face().words(Language::Ja);
        assert_eq!(words.worth, "1,000円分としてお使いいただけます");
        assert_eq!((words.last_day.as_str(), words.until.as_str()), ("2026年12月20日", "まで"));
        assert_eq!(words.issued, "発行 2026年11月20日");
        assert_eq!(face().words(Language::En).last_day, "20 December 2026");
    }

    #[test]
    fn the_shop_reads_its_last_day_in_japanese_on_every_paper() {
        for language in [Language::Ja, Language::En] {
            let words = face().words(language);
            assert!(words.notes.iter().any(|note| note.contains("消込期限は2026年12月20日です")));
            assert!(words.stamps[0].starts_with("発行認印") && words.stamps[1].starts_with("利用店舗印"));
        }
    }

    #[test]
    fn only_an_events_ticket_names_the_event_and_no_others_shops() {
        assert_eq!(face().words(Language::Ja).event, None);
        let event = TicketFace { event_name: Some("夏まつりイベント".into()), ..face() };
        let words = event.words(Language::Ja);
        assert_eq!(words.event.as_deref(), Some("夏まつりイベント参加店のみ"));
        assert!(words.notes[0].starts_with("このイベントの参加店で、"));
        assert!(
            event
                .words(Language::En)
                .event
                .is_some_and(|mark| mark.starts_with("夏まつりイベント参加店のみ"))
        );
    }

    #[test]
    fn only_a_training_ticket_says_that_it_cannot_be_used() {
        assert_eq!(face().words(Language::Ja).training, None);
        let training = TicketFace { training: true, ..face() };
        assert_eq!(training.words(Language::Ja).training.as_deref(), Some("訓練　この紙は使えません"));
    }

    #[test]
    fn every_text_is_listed_and_replaced() {
        let face = TicketFace { event_name: Some("夏まつり".into()), training: true, ..face() };
        let words = face.words(Language::Ja);
        let marked = words.clone().map_text(|text| format!("<{text}>"));
        let expected: Vec<String> = words.texts().map(|text| format!("<{text}>")).collect();
        assert_eq!(marked.texts().collect::<Vec<_>>(), expected);
        assert_eq!(expected.len(), 19);
    }
}
