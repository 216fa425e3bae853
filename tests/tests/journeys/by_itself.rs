//! What `./dev run` does where there is no display: a counter's work, from the first screen to the papers, and
//! the names of what was made.

use madoguchi_tests::album::words_on;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The round takes a minute or two; one that takes this long hangs.
const LIMIT: &str = "8m";

/// What is shown of the counter's work: from registration to the fate of a use whose cloud was stopped.
const SHOWN: [&str; 9] = [
    "first-screen.png",
    "balances.png",
    "used.png",
    "voided.png",
    "receipt-80mm.png",
    "card-left.png",
    "took-place.png",
    "did-not-take-place.png",
    "ticket-cleared.png",
];

#[test]
fn without_a_display_a_counters_work_is_done_by_itself_and_what_it_made_is_named() {
    let said = goes_the_round();
    let named = made(&said);
    for wanted in SHOWN {
        assert!(named.iter().any(|file| file.ends_with(wanted)), "{wanted} is not named:\n{said}");
    }
    for (path, file) in named.iter().map(|file| (folder().join(file), file)) {
        match ending(file) {
            "png" => assert!(colours_of(&path) > 1, "{file} is a picture of one colour"),
            "pdf" => assert!(!words_on(&path).expect("a paper").is_empty(), "{file} is an empty paper"),
            _ => panic!("{file} is neither a picture nor a paper"),
        }
    }
    for (name, says) in [("-receipt-2", "ご利用"), ("-receipt-of-void-2", "取消")] {
        let receipt = named.iter().find(|file| file.contains(name) && ending(file) == "pdf");
        let receipt = receipt.unwrap_or_else(|| panic!("no receipt {name} is named:\n{said}"));
        let words = words_on(&folder().join(receipt)).expect("a receipt");
        for wanted in [says, "1,500", number_in(receipt)] {
            assert!(words.contains(wanted), "{receipt} does not say {wanted}: {words}");
        }
    }
}

/// The folder that the command is given in; what it makes stays there, to be looked at.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../out/journeys/by-itself")
}

/// Gives the command where nobody has a display; answers with what it said.
fn goes_the_round() -> String {
    std::fs::create_dir_all(folder()).expect("a folder");
    let done = Command::new("timeout")
        .args(["--kill-after=10s", LIMIT, env!("CARGO_BIN_EXE_demonstration")])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .current_dir(folder())
        .output()
        .expect("the demonstration");
    let said = String::from_utf8(done.stdout).expect("text");
    let trouble = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{}\n{said}\n{trouble}", done.status);
    said
}

/// The files that it says it made, below its folder.
fn made(said: &str) -> Vec<String> {
    let (_, named) =
        said.split_once("Pictures and papers:").unwrap_or_else(|| panic!("names nothing: {said}"));
    named.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// `20261121-3` of `12-receipt-20261121-3.pdf`.
fn number_in(receipt: &str) -> &str {
    let name = receipt.trim_end_matches(".pdf");
    let day = name.rmatch_indices('-').nth(1).expect("a day before the number").0;
    &name[day + 1..]
}

/// How many different colours a picture has.
fn colours_of(picture: &Path) -> usize {
    let file = File::open(picture).unwrap_or_else(|error| panic!("{}: {error}", picture.display()));
    let mut decoder = png::Decoder::new(BufReader::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().expect("a picture");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a picture that fits into memory")];
    let frame = reader.next_frame(&mut bytes).expect("its pixels");
    let colours: BTreeSet<_> =
        bytes[..frame.buffer_size()].chunks_exact(frame.color_type.samples()).collect();
    colours.len()
}
