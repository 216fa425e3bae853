//! The vendor of another program, who reads docs/bridge.md and does what stands there, letter for letter.

use super::trouble::Trouble;
use std::path::Path;
use std::process::Command;

/// The page a vendor reads.
const PAGE: &str = "docs/bridge.md";

/// The examples of the page in one language (`sh`, `js`), in their order.
pub fn examples(language: &str) -> Result<Vec<String>, Trouble> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PAGE);
    let page = std::fs::read_to_string(&file).map_err(|error| Trouble::new(format!("{PAGE}: {error}")))?;
    let fence = format!("```{language}\n");
    let examples = page.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
    Ok(examples.map(str::to_owned).collect())
}

/// Runs an example of the page in a shell that knows these variables; what it said as JSON.
pub fn run(example: &str, variables: &[(&str, &str)]) -> Result<serde_json::Value, Trouble> {
    let ran = Command::new("bash")
        .args(["-euc", example])
        .envs(variables.iter().copied())
        .output()
        .map_err(|error| Trouble::new(format!("no shell: {error}")))?;
    let said = String::from_utf8_lossy(&ran.stdout);
    serde_json::from_str(&said).map_err(|error| {
        Trouble::new(format!("{example}: {said}{} ({error})", String::from_utf8_lossy(&ran.stderr)))
    })
}
