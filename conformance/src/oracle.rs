//! Whether a receiver tells one kind of damage from another: by what it says, by its exit code, or by what it leaves in
//! the agreed folder.
//!
//! Who can lay files into the folder and see that learns the contents of others byte by byte (a padding
//! oracle). Each file here is alone in a folder, under the same name and of the same length.
//! Times and durations tell nothing. What they are is found out and not guessed: every file is given several times, in
//! turns, and a word that changes while the file is the same is noise, whichever file it stands with. An error's number
//! does not change.

use crate::finding::{Finding, Wrong};
use crate::folder::tree;
use crate::receiver::{Receiver, ReceiverFault, Stage};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// How often each file is given.
const TIMES: usize = 3;
const NAME: &str = "merge_300101_20261121093015000700.dat";
/// Stands for a word in what is around the words.
const WORD: char = '\0';

/// What can be seen of a run: the exit code; what was said, complained, and left in the folder.
struct Seen {
    code: Option<i32>,
    texts: [String; 3],
}

/// A text's place among those seen, what is around its words, and a word's place: what stands there changes by itself.
type Noise = BTreeSet<(usize, String, usize)>;

/// A run without its noise.
type Looks = (Option<i32>, Vec<(String, Vec<Option<String>>)>);

/// One finding for each damage that never looks as the first does.
pub(crate) fn tells_apart(receiver: &Receiver, place: &Path) -> Result<Vec<Finding>, ReceiverFault> {
    let alike = receiver.profile.alike();
    let mut runs: Vec<Vec<Seen>> = alike.iter().map(|_| Vec::new()).collect();
    for time in 0..TIMES {
        for (at, ((_, bytes), runs)) in alike.iter().zip(&mut runs).enumerate() {
            runs.push(seen(receiver, &place.join(format!("{time}-{at}")), bytes)?);
        }
    }
    let noise = noise(&runs);
    let looks = runs.iter().map(|runs| runs.iter().map(|seen| looks(seen, &noise)).collect());
    let looks: Vec<BTreeSet<Looks>> = looks.collect();
    let is_apart =
        |looks_so: &BTreeSet<Looks>| looks.first().is_some_and(|first| first.is_disjoint(looks_so));
    let apart = alike.iter().zip(&looks).filter(|(_, looks)| is_apart(looks));
    Ok(apart.map(|((what, _), _)| Finding { file: (*what).to_owned(), wrong: Wrong::ToldApart }).collect())
}

fn seen(receiver: &Receiver, place: &Path, bytes: &[u8]) -> Result<Seen, ReceiverFault> {
    let stage = Stage::set(receiver.profile, place)?;
    fs::write(stage.folder().join(NAME), bytes)?;
    let run = stage.run(receiver)?;
    let place = place.to_string_lossy();
    let texts = [run.said, run.complained, tree(&stage.folder(), bytes)?];
    Ok(Seen { code: run.code, texts: texts.map(|text| text.replace(&*place, "")) })
}

/// Which words change from run to run of one file.
fn noise(runs: &[Vec<Seen>]) -> Noise {
    let mut noise = Noise::new();
    for (one, other) in runs.iter().flat_map(|runs| runs.iter().zip(runs.iter().skip(1))) {
        for (text, (one, other)) in one.texts.iter().zip(&other.texts).enumerate() {
            let (around, words) = taken_apart(one);
            let (around_others, others) = taken_apart(other);
            if around != around_others {
                continue;
            }
            let changing = words.iter().zip(&others).enumerate().filter(|(_, (word, other))| word != other);
            noise.extend(changing.map(|(word, _)| (text, around.clone(), word)));
        }
    }
    noise
}

fn looks(seen: &Seen, noise: &Noise) -> Looks {
    let texts = seen.texts.iter().enumerate().map(|(text, content)| {
        let (around, words) = taken_apart(content);
        let is_noise = |word| noise.contains(&(text, around.clone(), word));
        let words = words.iter().enumerate();
        let words = words.map(|(at, word)| (!is_noise(at)).then(|| (*word).to_owned())).collect();
        (around, words)
    });
    (seen.code, texts.collect())
}

/// What is around a text's words, and the words: runs of ASCII letters and digits.
fn taken_apart(text: &str) -> (String, Vec<&str>) {
    let is_apart = |character: char| !character.is_ascii_alphanumeric();
    let words = text.split(is_apart).filter(|word| !word.is_empty()).collect();
    let mut around = String::new();
    for character in text.chars() {
        if is_apart(character) {
            around.push(character);
        } else if !around.ends_with(WORD) {
            around.push(WORD);
        }
    }
    (around, words)
}

#[cfg(test)]
mod tests {
    use super::{Looks, Seen, looks, noise};
    use std::collections::BTreeSet;

    /// Whether two files that were given in turns are told apart by what was said.
    fn are_apart(first: [&str; 3], second: [&str; 3]) -> bool {
        let seen =
            |said: &str| Seen { code: Some(0), texts: [said.to_owned(), String::new(), String::new()] };
        let runs = [first, second].map(|said| Vec::from(said.map(seen)));
        let noise = noise(&runs);
        let [first, second] =
            runs.map(|runs| runs.iter().map(|seen| looks(seen, &noise)).collect::<BTreeSet<Looks>>());
        first.is_disjoint(&second)
    }

    #[test]
    fn the_number_of_an_error_tells_and_the_time_beside_it_does_not() {
        let first = ["12:03:01 E1", "12:03:02 E1", "12:03:04 E1"];
        assert!(are_apart(first, ["12:03:01 E2", "12:03:03 E2", "12:03:04 E2"]));
        assert!(!are_apart(first, ["12:03:02 E1", "12:03:03 E1", "12:03:05 E1"]));
    }

    #[test]
    fn a_time_that_passes_on_between_two_files_is_no_sign() {
        // In turns: the first file's last run is later than the second one's first.
        assert!(!are_apart(["12:03", "12:03", "12:04"], ["12:03", "12:04", "12:04"]));
    }

    #[test]
    fn other_words_are_a_sign_whatever_changes_beside_them() {
        let [hash, padding] =
            ["hash", "padding"].map(|why| ["3", "4", "3"].map(|ms| format!("{ms} ms: {why}")));
        assert!(are_apart(hash.each_ref().map(String::as_str), padding.each_ref().map(String::as_str)));
    }
}
