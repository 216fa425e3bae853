//! The window of the counter, moved through WebDriver as a hand would.
//!
//! Things are found as a person finds them: by the words on them. Spaces and line breaks do not count.

use super::desktop::Desktop;
use super::patience::until_some;
use super::program::{Program, Start, children, own_program, signal};
use super::trouble::Trouble;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use madoguchi_postgres::Port;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// A screen is painted within milliseconds; this is for a machine that builds at the same time, and for
/// the ten seconds after which a use without an answer is said to be open.
pub const PATIENCE: Duration = Duration::from_secs(40);
/// Program and web view start within a second on a quiet machine.
const PATIENCE_AT_START: Duration = Duration::from_secs(90);

/// From one key to the next: slower than any scanner.
const PACE_OF_A_HAND: Duration = Duration::from_millis(60);

/// The keys that have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Confirms.
    Enter,
    /// Goes back.
    Escape,
    /// To the next control.
    Tab,
    /// Presses the control with the focus.
    Space,
    /// 困ったとき.
    F1,
    /// 読取装置を調べる.
    F2,
    /// ロック.
    F9,
    /// A character.
    Character(char),
}

impl Key {
    /// The code point WebDriver has for it.
    fn code_point(self) -> char {
        match self {
            Self::Enter => '\u{E007}',
            Self::Escape => '\u{E00C}',
            Self::Tab => '\u{E004}',
            Self::Space => '\u{E00D}',
            Self::F1 => '\u{E031}',
            Self::F2 => '\u{E032}',
            Self::F9 => '\u{E039}',
            Self::Character(character) => character,
        }
    }
}

/// A window of the counter.
pub struct Window {
    client: Client,
    driver: Program,
    /// The driver listens there.
    _port: Port,
}

impl Window {
    /// Starts the program with these arguments and waits for its first screen.
    pub async fn open(desktop: &Desktop, arguments: &[String], log_folder: &Path) -> Result<Self, Trouble> {
        let port = Port::reserve();
        let driver = Start::of("window", "WebKitWebDriver", log_folder)
            .args([format!("--port={}", port.number())])
            .envs(desktop.environment())
            .envs(&[("TAURI_WEBVIEW_AUTOMATION".to_owned(), "true".to_owned())].into())
            .start()?;
        let address = format!("http://127.0.0.1:{}", port.number());
        let capabilities = capabilities(desktop.before_windows(), arguments)?;
        let connected = until_some("the driver of the window answers", PATIENCE_AT_START, || {
            let capabilities = capabilities.clone();
            let address = address.clone();
            async move {
                let mut builder = ClientBuilder::new(HttpConnector::new());
                builder.capabilities(capabilities).connect(&address).await.ok()
            }
        });
        match connected.await {
            Ok(client) => Ok(Self { client, driver, _port: port }),
            Err(trouble) => Err(trouble.and(&driver.last_words())),
        }
    }

    /// Waits until these words are on the screen.
    pub async fn shows(&self, words: &str) -> Result<(), Trouble> {
        self.shows_within(words, PATIENCE).await
    }

    /// Waits until these words are on the screen, no longer than `limit`.
    pub async fn shows_within(&self, words: &str, limit: Duration) -> Result<(), Trouble> {
        let wanted = without_spaces(words);
        let what = format!("the window shows {words}");
        let seen = until_some(&what, limit, || async {
            let text = without_spaces(&self.text().await.ok()?);
            text.contains(&wanted).then_some(())
        });
        self.or_what_it_shows(seen.await).await
    }

    /// Whether these words are on the screen now.
    pub async fn shows_now(&self, words: &str) -> Result<bool, Trouble> {
        Ok(without_spaces(&self.text().await?).contains(&without_spaces(words)))
    }

    /// All words on the screen.
    pub async fn text(&self) -> Result<String, Trouble> {
        let text = self.client.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks the button, link or choice with these words once it can be clicked.
    pub async fn click(&self, words: &str) -> Result<(), Trouble> {
        let path = clickable(words);
        let what = format!("{words} can be clicked");
        let clicked = until_some(&what, PATIENCE, || async {
            let element = self.first_enabled(&path).await?;
            self.scroll_to(&element).await?;
            element.click().await.ok()
        });
        self.or_what_it_shows(clicked.await).await
    }

    /// Clicks what ends this start of the program, which may be gone before it can say that it was clicked.
    pub async fn click_last(&self, words: &str) -> Result<(), Trouble> {
        let path = clickable(words);
        let what = format!("{words} can be clicked");
        let found = until_some(&what, PATIENCE, || self.first_enabled(&path)).await;
        let element = self.or_what_it_shows(found).await?;
        // Whether it was clicked is seen by what becomes of the program.
        let _ = element.click().await;
        Ok(())
    }

    /// Writes into the field with this label, in the place of what stands there.
    pub async fn write(&self, label: &str, text: &str) -> Result<(), Trouble> {
        let path = field(label);
        let what = format!("a field {label} can be written into");
        let written = until_some(&what, PATIENCE, || async {
            let element = self.first_enabled(&path).await?;
            let old = element.prop("value").await.ok()?.unwrap_or_default();
            let erase = "\u{E003}".repeat(old.chars().count());
            element.send_keys(&format!("\u{E010}{erase}{text}")).await.ok()
        });
        self.or_what_it_shows(written.await).await
    }

    /// Waits until this stands in the field with this label.
    pub async fn field_holds(&self, label: &str, text: &str) -> Result<(), Trouble> {
        let path = field(label);
        let what = format!("{text} stands in the field {label}");
        let stands = until_some(&what, PATIENCE, || async {
            let value = self.first_enabled(&path).await?.prop("value").await.ok()??;
            (value == text).then_some(())
        });
        self.or_what_it_shows(stands.await).await
    }

    /// Chooses, in the list with this label, the entry with these words.
    pub async fn choose(&self, label: &str, words: &str) -> Result<(), Trouble> {
        let path = list(label);
        let what = format!("{words} can be chosen in {label}");
        let chosen = until_some(&what, PATIENCE, || async {
            let list = self.first_enabled(&path).await?;
            list.select_by_label(words).await.ok()
        });
        self.or_what_it_shows(chosen.await).await
    }

    /// Presses and releases a key, wherever the focus is.
    pub async fn press(&self, key: Key) -> Result<(), Trouble> {
        let value = key.code_point();
        let stroke = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.client.perform_actions(stroke).await?;
        Ok(())
    }

    /// Types a text, wherever the focus is. The pause after its last key is a hand's, too: what comes next
    /// by another way is no part of what was typed.
    pub async fn type_text(&self, text: &str) -> Result<(), Trouble> {
        let pause = || KeyAction::Pause { duration: PACE_OF_A_HAND };
        let hand = KeyActions::new("keyboard".to_owned()).then(pause());
        let keys = text.chars().fold(hand, |keys, character| {
            let value = Key::Character(character).code_point();
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value }).then(pause())
        });
        self.client.perform_actions(keys).await?;
        Ok(())
    }

    /// The window's clock goes on by so much, as while nobody is there.
    pub async fn time_passes(&self, time: Duration) -> Result<(), Trouble> {
        let script =
            "const before = Date.now; const passed = arguments[0]; Date.now = () => before() + passed";
        self.client.execute(script, vec![json!(time.as_millis())]).await?;
        Ok(())
    }

    /// The words on the control with the focus, or its label.
    pub async fn focused(&self) -> Result<String, Trouble> {
        let script = "const e = document.activeElement; \
            return (e.labels && e.labels.length ? e.labels[0].innerText : e.innerText || e.getAttribute('aria-label') || '')";
        let text = self.client.execute(script, Vec::new()).await?;
        Ok(without_spaces(text.as_str().unwrap_or_default()))
    }

    /// Whether anything of the screen is cut off at its right edge.
    pub async fn is_cut_off(&self) -> Result<bool, Trouble> {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        Ok(self.client.execute(script, Vec::new()).await? == json!(true))
    }

    /// Where the first element that matches stands on the page: left, top, width, height in pixels.
    pub async fn place_of(&self, selector: &str) -> Result<[u16; 4], Trouble> {
        let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); \
            return [box.left, box.top, box.width, box.height].map(Math.round)";
        let place = self.client.execute(script, vec![json!(selector)]).await?;
        serde_json::from_value(place).map_err(|error| Trouble::new(format!("{selector}: {error}")))
    }

    /// Takes a picture of the screen.
    ///
    /// The web view hands out a picture with the next frame it paints, and a screen on which nothing
    /// changes paints none: one pixel in the corner changes until the picture is taken.
    pub async fn take_picture(&self, file: &Path) -> Result<(), Trouble> {
        self.client.execute(include_str!("paint_frames.js"), Vec::new()).await?;
        std::fs::write(file, self.client.screenshot().await?)?;
        Ok(())
    }

    /// Waits until these words are on the program's other window.
    pub async fn other_shows(&self, words: &str) -> Result<(), Trouble> {
        let own = self.client.window().await?;
        let other = until_some("the program has another window", PATIENCE, || self.other_than(&own)).await?;
        self.client.switch_to_window(other).await?;
        let seen = self.shows(words).await;
        self.client.switch_to_window(own).await?;
        seen.map_err(|trouble| trouble.and("in the other window"))
    }

    /// Waits until the program's other window is on this part of the display: left, top, width, height.
    pub async fn other_fills(&self, place: [i64; 4]) -> Result<(), Trouble> {
        self.other_says("return [screenX, screenY, innerWidth, innerHeight]", &json!(place)).await
    }

    /// Waits until the program's other window is not to be seen.
    pub async fn other_is_hidden(&self) -> Result<(), Trouble> {
        self.other_says("return document.visibilityState", &json!("hidden")).await
    }

    /// Waits until it is.
    pub async fn other_is_shown(&self) -> Result<(), Trouble> {
        self.other_says("return document.visibilityState", &json!("visible")).await
    }

    async fn other_says(&self, script: &str, wanted: &serde_json::Value) -> Result<(), Trouble> {
        let own = self.client.window().await?;
        let other = until_some("the program has another window", PATIENCE, || self.other_than(&own)).await?;
        self.client.switch_to_window(other).await?;
        let said = until_some(&format!("{script} is {wanted}"), PATIENCE, || async {
            (self.client.execute(script, Vec::new()).await.ok()? == *wanted).then_some(())
        })
        .await;
        let last = self.client.execute(script, Vec::new()).await;
        self.client.switch_to_window(own).await?;
        said.map_err(|trouble| trouble.and(&format!("it is {last:?}")))
    }

    /// Waits until the program has no other window.
    pub async fn is_the_only_one(&self) -> Result<(), Trouble> {
        until_some("the program has one window", PATIENCE, || async {
            (self.client.windows().await.ok()?.len() == 1).then_some(())
        })
        .await
    }

    async fn other_than(&self, own: &WindowHandle) -> Option<WindowHandle> {
        self.client.windows().await.ok()?.into_iter().find(|window| window != own)
    }

    /// Closes the window as a person would.
    pub async fn close(mut self) -> Result<(), Trouble> {
        let closed = tokio::time::timeout(PATIENCE, self.client.clone().close()).await;
        self.driver.kill();
        closed.map_err(|_| Trouble::waited_in_vain("the window closes", PATIENCE))??;
        Ok(())
    }

    /// Waits until another start of the program has taken this one's place, with this word among its arguments.
    /// Nothing moves its window after that: it is the other start's.
    pub async fn starts_anew_with(&self, word: &str) -> Result<(), Trouble> {
        self.starts_anew(&format!("the program starts itself anew with {word}"), |told| told.contains(word))
            .await
    }

    /// The same without it.
    pub async fn starts_anew_without(&self, word: &str) -> Result<(), Trouble> {
        self.starts_anew(&format!("the program starts itself anew without {word}"), |told| {
            !told.contains(word)
        })
        .await
    }

    async fn starts_anew(&self, what: &str, wanted: impl Fn(&str) -> bool) -> Result<(), Trouble> {
        until_some(what, PATIENCE, || async {
            let told = |program: &u32| std::fs::read_to_string(format!("/proc/{program}/cmdline")).ok();
            let told: Vec<_> = children(self.driver.id()).iter().filter_map(told).collect();
            let program = told.iter().find(|told| told.contains("--data-dir"))?;
            wanted(program).then_some(())
        })
        .await
    }

    /// Ends the program between two instructions, as a power cut would.
    pub fn kill(mut self) -> Result<(), Trouble> {
        for program in children(self.driver.id()) {
            signal(program, "KILL")?;
        }
        self.driver.kill();
        Ok(())
    }

    /// What stands in the fields of the screen.
    async fn fields(&self) -> Result<String, Trouble> {
        let script = "return [...document.querySelectorAll('input, select')].map(field => field.options \
                ? `${field.value} of ${[...field.options].map(option => option.label).join(', ')}` \
                : field.value).join(' | ')";
        let fields = self.client.execute(script, Vec::new()).await?;
        Ok(fields.as_str().unwrap_or_default().to_owned())
    }

    async fn first_enabled(&self, path: &str) -> Option<Element> {
        for element in self.client.find_all(Locator::XPath(path)).await.ok()? {
            if element.is_displayed().await.ok()? && element.is_enabled().await.ok()? {
                return Some(element);
            }
        }
        None
    }

    /// As a person does: what lies under the bar at the bottom cannot be clicked.
    async fn scroll_to(&self, element: &Element) -> Option<()> {
        let script = "arguments[0].scrollIntoView({ block: 'nearest' })";
        let element = serde_json::to_value(element).ok()?;
        self.client.execute(script, vec![element]).await.ok().map(drop)
    }

    async fn or_what_it_shows<T>(&self, outcome: Result<T, Trouble>) -> Result<T, Trouble> {
        match outcome {
            Ok(value) => Ok(value),
            Err(trouble) => {
                let shown = self.text().await.unwrap_or_else(|lost| lost.to_string());
                let fields = self.fields().await.unwrap_or_default();
                Err(trouble.and(&format!("it shows:\n{shown}\nits fields: {fields}")))
            }
        }
    }
}

/// The window's program as WebDriver starts it; it ends with the driver.
fn capabilities(
    before: &[String],
    arguments: &[String],
) -> Result<serde_json::Map<String, serde_json::Value>, Trouble> {
    let program = own_program("madoguchi")?.display().to_string();
    let mut all = vec!["--pdeathsig".to_owned(), "KILL".to_owned()];
    all.extend(before.iter().cloned().chain([program]).chain(arguments.iter().cloned()));
    let options = json!({ "binary": "/usr/bin/setpriv", "args": all });
    Ok([("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect())
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// What can be clicked and has these words on it or as its name.
fn clickable(words: &str) -> String {
    let has = has_words(words);
    format!(
        "//*[self::button or self::a or @role='button' or @role='link' or @role='radio'][{has}] \
         | //label[.//input[@type='radio' or @type='checkbox']][{has}]"
    )
}

/// The field a label with these words belongs to.
fn field(label: &str) -> String {
    labelled("self::input or self::select or self::textarea", label)
}

/// The list a label with these words belongs to.
fn list(label: &str) -> String {
    labelled("self::select", label)
}

fn labelled(kind: &str, label: &str) -> String {
    let has = has_words(label);
    format!(
        "//*[{kind}]\
         [@id = //label[{has}]/@for or ancestor::label[{has}] or contains(@aria-label, {0})]",
        quoted(label)
    )
}

fn has_words(words: &str) -> String {
    let words = quoted(&without_spaces(words));
    format!(
        "contains(translate(., ' \t\n\u{3000}', ''), {words}) or contains(translate(@aria-label, ' ', ''), {words})"
    )
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', ""))
}
