//! The vendor of another program, who reads docs/bridge.md and does what stands there, letter for letter.

use super::trouble::Trouble;
use std::fs::File;
use std::path::Path;
use std::process::Command;

/// The page a vendor reads.
const PAGE: &str = "docs/bridge.md";

/// The PC has one port at which other programs ask: whoever tells of it waits for their turn.
pub struct TurnAtThePort(File);

impl TurnAtThePort {
    /// Waits until nobody else on this computer has it.
    pub fn wait() -> Result<Self, Trouble> {
        let file = File::create(std::env::temp_dir().join("madoguchi-bridge-port.lock"))?;
        file.lock()?;
        Ok(Self(file))
    }
}

impl Drop for TurnAtThePort {
    fn drop(&mut self) {
        // Closing the file does the same.
        let _ = self.0.unlock();
    }
}

/// A program of the vendor's that is paired.
#[derive(Clone)]
pub struct PairedProgram {
    read: String,
    token: String,
}

impl PairedProgram {
    /// Pairs itself with the code that the clerk reads out, by the page's own example.
    pub fn pairs_with(code: &str) -> Result<(Self, serde_json::Value), Trouble> {
        let [pair, read] = <[String; 2]>::try_from(examples("sh")?)
            .map_err(|found| Trouble::new(format!("two examples, not {}", found.len())))?;
        let said = run(&pair, &[("CODE", code)])?;
        let token = said["token"].as_str().unwrap_or_default().to_owned();
        Ok((Self { read, token }, said))
    }

    /// Asks for a card by the page's own example; fails where nobody answers.
    pub fn asks(&self) -> Result<serde_json::Value, Trouble> {
        run(&self.read, &[("TOKEN", &self.token)])
    }

    /// Whether it is told this number. Where nobody answers it is not.
    pub fn is_told(&self, number: &str) -> bool {
        self.asks().is_ok_and(|said| said["number"] == number)
    }
}

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
