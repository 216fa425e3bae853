//! What a receipt printer says of itself.
//!
//! Belongs here: the answers to `DLE EOT` and `GS r`, bit by bit. Does not: asking.

use madoguchi_port::paper::PaperFault;

/// The questions of `DLE EOT n`, in the order they are asked: the more telling ones first.
pub(super) const QUESTIONS: [Question; 4] =
    [Question::OfflineCause, Question::PaperSensor, Question::ErrorCause, Question::Printer];

/// What `DLE EOT n` asks for; the number is n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Printer = 1,
    OfflineCause = 2,
    ErrorCause = 3,
    PaperSensor = 4,
}

/// A byte from the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// To `DLE EOT`.
    AtOnce(u8),
    /// To `GS r`: everything sent before the question has been printed.
    Printed,
    /// Neither; what a printer sends by itself.
    Other,
}

/// Every answer has bits that never change, so that none is taken for another.
pub(super) const fn answer(byte: u8) -> Answer {
    match byte {
        _ if byte & 0b1001_0011 == 0b0001_0010 => Answer::AtOnce(byte),
        _ if byte & 0b1001_0000 == 0 => Answer::Printed,
        _ => Answer::Other,
    }
}

/// What is wrong by the answer to a question, if anything is.
pub(super) const fn trouble(question: Question, answer: u8) -> Option<PaperFault> {
    match question {
        Question::OfflineCause if answer & 0b0000_0100 != 0 => Some(PaperFault::CoverOpen),
        Question::OfflineCause if answer & 0b0010_0000 != 0 => Some(PaperFault::PaperOut),
        Question::PaperSensor if answer & 0b0110_0000 != 0 => Some(PaperFault::PaperOut),
        // Cutter, unrecoverable, head too hot.
        Question::ErrorCause if answer & 0b0110_1100 != 0 => Some(PaperFault::PrinterStopped),
        Question::Printer if answer & 0b0000_1000 != 0 => Some(PaperFault::PrinterStopped),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_at_rest_has_no_trouble() {
        for question in QUESTIONS {
            assert_eq!(answer(0x12), Answer::AtOnce(0x12));
            assert_eq!(trouble(question, 0x12), None);
        }
    }

    #[test]
    fn each_trouble_has_its_bit() {
        for (question, byte, fault) in [
            (Question::OfflineCause, 0x16, PaperFault::CoverOpen),
            (Question::OfflineCause, 0x32, PaperFault::PaperOut),
            (Question::PaperSensor, 0x72, PaperFault::PaperOut),
            (Question::ErrorCause, 0x1a, PaperFault::PrinterStopped),
            (Question::ErrorCause, 0x32, PaperFault::PrinterStopped),
            (Question::Printer, 0x1a, PaperFault::PrinterStopped),
        ] {
            assert_eq!(trouble(question, byte), Some(fault), "{question:?} {byte:#x}");
        }
    }

    #[test]
    fn paper_near_its_end_is_no_trouble() {
        assert_eq!(trouble(Question::PaperSensor, 0x1e), None);
    }

    #[test]
    fn one_answer_is_not_taken_for_another() {
        assert_eq!(answer(0x00), Answer::Printed);
        assert_eq!(answer(0x03), Answer::Printed);
        assert_eq!(answer(0x10), Answer::Other, "a status nobody asked for");
        assert_eq!(answer(0xff), Answer::Other);
    }
}
