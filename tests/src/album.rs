//! Pictures and papers of a journey, in one folder, in the order they were made.

use crate::scene::trouble::Trouble;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// The dots in an inch of a paper's picture: sharp enough to read, small enough to look at.
const PAPER_DPI: &str = "110";

/// A folder of pictures and papers.
pub struct Album {
    folder: PathBuf,
    made: Mutex<Vec<PathBuf>>,
}

impl Album {
    /// An empty one; what an earlier run left in the folder goes.
    pub fn in_folder(folder: &Path) -> Result<Self, Trouble> {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_path_buf(), made: Mutex::default() })
    }

    /// The next file, numbered in the order of the journey.
    pub fn next(&self, name: &str) -> PathBuf {
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let file = self.folder.join(format!("{:02}-{name}", made.len() + 1));
        made.push(file.clone());
        file
    }

    /// Everything in it.
    pub fn files(&self) -> Vec<PathBuf> {
        self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Keeps a paper and a picture of it.
    pub fn keep_paper(&self, pdf: &Path, name: &str) -> Result<(), Trouble> {
        std::fs::copy(pdf, self.next(&format!("{name}.pdf")))?;
        let picture = self.next(&format!("{name}.png"));
        // pdftoppm adds the ending itself.
        run(Command::new("pdftoppm")
            .args(["-png", "-singlefile", "-r", PAPER_DPI])
            .arg(pdf)
            .arg(picture.with_extension("")))?;
        Ok(())
    }
}

/// The words on a paper, as a foreign program reads them, without spaces.
pub fn words_on(pdf: &Path) -> Result<String, Trouble> {
    let text = run(Command::new("pdftotext").args(["-layout"]).arg(pdf).arg("-"))?;
    Ok(text.chars().filter(|character| !character.is_whitespace()).collect())
}

/// The codes on a paper, as a foreign program reads them from pictures of 150 dots an inch.
pub fn codes_on(pdf: &Path) -> Result<Vec<String>, Trouble> {
    let folder = tempfile::tempdir()?;
    run(Command::new("pdftoppm").args(["-png", "-r", "150"]).arg(pdf).arg(folder.path().join("page")))?;
    let mut pages = fs::read_dir(folder.path())?
        .map(|page| page.map(|page| page.path()))
        .collect::<Result<Vec<_>, _>>()?;
    pages.sort();
    let read = run(Command::new("zbarimg").args(["--quiet", "--raw"]).args(pages))?;
    Ok(read.lines().map(str::to_owned).collect())
}

/// The only code on a paper.
pub fn code_on(pdf: &Path) -> Result<String, Trouble> {
    match &codes_on(pdf)?[..] {
        [code] => Ok(code.clone()),
        codes => Err(Trouble::new(format!("{} codes on the paper", codes.len()))),
    }
}

fn run(command: &mut Command) -> Result<String, Trouble> {
    let done = command.output()?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let program = command.get_program().to_string_lossy().into_owned();
    Err(Trouble::not_started(&program, &String::from_utf8_lossy(&done.stderr)))
}
