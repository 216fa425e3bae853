//! How large the files are that leave this source tree, and those that lie beside them.

use crate::Trouble;
use crate::table::Row;
use madoguchi_printer::system_font_folders;
use madoguchi_tests::scene::program::own_program;
use std::fs;
use std::path::{Path, PathBuf};

const MOST_OF_THE_WINDOW: f64 = 13.0;
/// Screens and papers are set in it; a counter's PC without it gets it beside the program.
const FONT: [&str; 2] = ["BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"];

/// Weighs the programs as they are shipped, and the font.
pub(crate) fn measure() -> Result<Vec<Row>, Trouble> {
    let window = megabytes(&[own_program("madoguchi")?])?;
    let cloud = megabytes(&[own_program("madoguchi-cloud")?])?;
    Ok(vec![
        Row::with_goal(
            "Window: the program with its screens, the font beside it",
            format!("≤ {MOST_OF_THE_WINDOW:.0} MB"),
            said(window),
            window <= MOST_OF_THE_WINDOW,
        ),
        Row::beside("Cloud: the program", said(cloud)),
        Row::beside("The font, BIZ UDPGothic, regular and bold", said(megabytes(&font()?)?)),
    ])
}

fn said(megabytes: f64) -> String {
    format!("{megabytes:.1} MB")
}

#[allow(clippy::cast_precision_loss)] // of a file's bytes
fn megabytes(files: &[PathBuf]) -> Result<f64, Trouble> {
    files.iter().try_fold(0.0, |sum, file| Ok(sum + fs::metadata(file)?.len() as f64 / 1e6))
}

fn font() -> Result<Vec<PathBuf>, Trouble> {
    let folders = system_font_folders();
    let found = |name: &&str| {
        let file = folders.iter().find_map(|folder| file_below(folder, name));
        file.ok_or_else(|| Trouble::from(format!("{name} is not installed")))
    };
    FONT.iter().map(found).collect()
}

fn file_below(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) if entry.file_name() == name => return Some(entry.path()),
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_in_any_folder_below_and_weighed() {
        let place = tempfile::tempdir().unwrap();
        let deep = place.path().join("truetype/bizud-gothic");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("face.ttf"), vec![0; 1_500_000]).unwrap();
        let file = file_below(place.path(), "face.ttf").unwrap();
        assert_eq!(file, deep.join("face.ttf"));
        assert_eq!(said(megabytes(&[file]).unwrap()), "1.5 MB");
        assert_eq!(file_below(place.path(), "other.ttf"), None);
    }
}
