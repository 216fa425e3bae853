//! From what descriptions found to what the window is told, pure.

use super::folder::{DescriptionFile, FileFault, MOST};
use madoguchi_domain::card_description::file::{LARGEST, Sort};
use madoguchi_domain::card_description::{NoNumber, NumberSource, WhatIsWrong, meet};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_wire::window::{
    self as wire, DescriptionFault, DescriptionSaid, DescriptionTried, NumberMade, NumberShown, SortOfValue,
};

type Outcome = Result<CustomerNumber, NoNumber>;

/// Every file with what it makes; `outcomes` in the files' order, `None` where nothing was tried.
pub(super) fn files(files: &[DescriptionFile], outcomes: Option<&[Outcome]>) -> Vec<DescriptionTried> {
    let counts = meet(outcomes.unwrap_or_default()).first;
    let file = |(place, file): (usize, &DescriptionFile)| DescriptionTried {
        file: file.name.clone(),
        said: match &file.said {
            Ok(description) => DescriptionSaid::Card {
                name: description.name.clone(),
                source: source(&description.source),
                made: made(outcomes.and_then(|outcomes| outcomes.get(place)), counts == Some(place)),
            },
            Err(fault) => wrong(fault),
        },
    };
    files.iter().enumerate().map(file).collect()
}

fn source(source: &NumberSource) -> wire::NumberSource {
    match source {
        NumberSource::Felica(_) => wire::NumberSource::Felica,
        NumberSource::Idm => wire::NumberSource::Idm,
        NumberSource::Wedge(_) => wire::NumberSource::Wedge,
    }
}

fn made(outcome: Option<&Outcome>, counts: bool) -> NumberMade {
    match outcome {
        None => NumberMade::NotTried,
        Some(Ok(number)) => {
            let number = NumberShown(number.expose().to_owned());
            if counts { NumberMade::Number { number } } else { NumberMade::AlsoNumber { number } }
        }
        Some(Err(why)) => NumberMade::None { why: no_number(*why) },
    }
}

fn no_number(why: NoNumber) -> wire::NoNumber {
    match why {
        NoNumber::OtherSource => wire::NoNumber::OtherSource,
        NoNumber::NotOnThisCard => wire::NoNumber::NotOnThisCard,
        NoNumber::Blank => wire::NoNumber::Blank,
        NoNumber::OtherEncoding => wire::NoNumber::OtherEncoding,
        NoNumber::OtherSymbology => wire::NoNumber::OtherSymbology,
        NoNumber::OtherLength { found } => wire::NoNumber::OtherLength { found: counted(found) },
        NoNumber::OtherPrefix => wire::NoNumber::OtherPrefix,
        NoNumber::WrongCheck => wire::NoNumber::WrongCheck,
        NoNumber::NoCustomerNumber => wire::NoNumber::NoCustomerNumber,
    }
}

fn wrong(fault: &FileFault) -> DescriptionSaid {
    let (line, column, wrong) = match fault {
        FileFault::Unreadable => (1, 1, DescriptionFault::Unreadable),
        FileFault::TooMany => (1, 1, DescriptionFault::TooMany { most: counted(MOST) }),
        FileFault::Wrong(fault) => (counted(fault.line), counted(fault.column), what(&fault.what)),
    };
    DescriptionSaid::Wrong { line, column, wrong }
}

fn what(what: &WhatIsWrong) -> DescriptionFault {
    let word = Clone::clone;
    let known = |known: &[&str]| known.iter().map(|word| (*word).to_owned()).collect();
    match what {
        WhatIsWrong::TooLarge => DescriptionFault::TooLarge { most: counted(LARGEST) },
        WhatIsWrong::NoText => DescriptionFault::NoText,
        WhatIsWrong::NoToml => DescriptionFault::NoToml,
        WhatIsWrong::UnknownWord { word: unknown, known: words } => {
            DescriptionFault::UnknownWord { word: word(unknown), known: known(words) }
        }
        WhatIsWrong::MissingWord { word } => DescriptionFault::MissingWord { word: (*word).to_owned() },
        WhatIsWrong::NotOneSource => DescriptionFault::NotOneSource,
        WhatIsWrong::OtherSort { word: of, wanted } => {
            DescriptionFault::OtherSort { word: word(of), wanted: sort(*wanted) }
        }
        WhatIsWrong::UnknownChoice { word: of, known: values } => {
            DescriptionFault::UnknownChoice { word: word(of), known: known(values) }
        }
        WhatIsWrong::NoCode { word: of } => DescriptionFault::NoCode { word: word(of) },
        WhatIsWrong::ServiceNeedsKey => DescriptionFault::ServiceNeedsKey,
        WhatIsWrong::OutOfRange { word: of, least, most } => {
            DescriptionFault::OutOfRange { word: word(of), least: small(*least), most: small(*most) }
        }
        WhatIsWrong::TextLength { word: of, most } => {
            DescriptionFault::TextLength { word: word(of), most: counted(*most) }
        }
        WhatIsWrong::CheckDoesNotFit => DescriptionFault::CheckDoesNotFit,
    }
}

fn sort(sort: Sort) -> SortOfValue {
    match sort {
        Sort::Text => SortOfValue::Text,
        Sort::Number => SortOfValue::Number,
        Sort::YesOrNo => SortOfValue::YesOrNo,
        Sort::Part => SortOfValue::Part,
        Sort::NumberOrRange => SortOfValue::NumberOrRange,
    }
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
