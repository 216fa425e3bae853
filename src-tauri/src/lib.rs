//! The window of the counter.
//!
//! Belongs here: building the window, one instance of the program, one adapter of a few lines per
//! command, passing notices on, where this PC keeps what the terminal keeps.
//! Does not belong here: any rule of the counter (`terminal`), any device (`drivers/*`), any screen
//! (`ui`). There is no `if` about points, cards or papers in this crate.
//! Why it exists: it alone knows Tauri, so that everything else runs and is tested without a window.

mod autostart;
mod background;
mod bridge;
mod command_line;
#[cfg(test)]
mod command_names;
mod commands;
mod display;
mod felica_transcript;
mod first_call;
mod folder_window;
mod log;
mod look_up_log;
mod monitors;
mod not_opened;
mod notices;
mod own_file;
mod painting;
mod parts;
#[cfg(test)]
mod permissions;
mod resident_window;
mod restart;
mod street;
mod tray;
mod web_view;

use clap::Parser;
use command_line::CommandLine;
use madoguchi_terminal::{Counter, Look};
use restart::Mode;
use std::error::Error;
use std::process::ExitCode;
use tauri::ipc::Invoke;
use tauri::utils::config::WindowConfig;
use tauri::{App, AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};

/// The window's name in the capability file.
const MAIN: &str = "main";

/// Runs the program until its window is closed.
pub fn run() -> ExitCode {
    let told = CommandLine::parse();
    if let Some(file) = &told.felica_transcript {
        felica_transcript::write_and_end(file);
    }
    if background::is_begun_by_pc_alone(&told) {
        return ExitCode::SUCCESS;
    }
    if told.background
        && let Some(port) = madoguchi_doorkeeper::handed_over()
    {
        return first_call::keep(&port, told);
    }
    if !display::is_there() {
        eprintln!("{}", display::NO_DISPLAY);
        return ExitCode::FAILURE;
    }
    let mode = told.mode();
    let mut context = tauri::generate_context!();
    if mode == Mode::Street {
        street::set_apart(context.config_mut());
    }
    let built = tauri::Builder::default()
        .manage(background::WindowWanted::default())
        .plugin(tauri_plugin_single_instance::init(|program, arguments, _folder| {
            if background::is_told_to_end(&arguments) {
                program.exit(0);
            } else if !background::is_asked_for(&arguments) {
                // A desktop that starts the program twice wants no window either time.
                bring_forward(program);
            }
        }))
        .on_page_load(painting::without_detours)
        .invoke_handler(answering(mode))
        .setup(move |program| {
            let is_street = mode == Mode::Street && !told.end;
            let opened = if is_street { street::open(program, told) } else { open(program, told) };
            // Handed back, it would be a panic of the window's library, without a word for a person.
            opened.or_else(|error| not_opened::end(program.handle(), &*error))
        })
        .on_window_event(resident_window::close_with_the_clerks)
        .build(context);
    match built {
        Ok(program) => {
            program.run(|program, event| {
                background::go_on_where_wanted(program, &event);
                if let RunEvent::Exit = event {
                    end(program);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            not_opened::tell(&error);
            ExitCode::FAILURE
        }
    }
}

/// The process exits without dropping anything, and without what would come after this: that only tidies up in libraries
/// that threads are still in.
fn end(program: &AppHandle) -> ! {
    if let Some(counter) = program.try_state::<Counter>() {
        counter.close();
    }
    // Also before another start takes this process's place.
    madoguchi_pcsc::let_go_of_cards();
    let exit = restart::where_asked(program);
    program.cleanup_before_exit();
    madoguchi_pcsc::end_process(exit)
}

/// Each start answers its own window's commands; the other's are not there.
fn answering(mode: Mode) -> Box<dyn Fn(Invoke) -> bool + Send + Sync> {
    if mode == Mode::Street { Box::new(street::handler()) } else { Box::new(commands::handler()) }
}

/// The web view starts while the counter opens. Its page can ask nothing before this returns: only then
/// does the program begin to answer.
fn open(program: &mut App, told: CommandLine) -> Result<(), Box<dyn Error>> {
    if told.end {
        // None ran, or it would have heard and this start would be over.
        program.handle().exit(0);
        return Ok(());
    }
    let mode = told.mode();
    let background = told.background;
    let folders = parts::folders(told)?;
    log::start(&folders.data);
    parts::make_folder_of_papers(&folders);
    let look = madoguchi_terminal::look_in(&folders);
    let opening =
        tauri::async_runtime::spawn(async move { Counter::open(parts::of_this_pc(folders, mode)).await });
    if !background {
        web_view::must_be_there()?;
        open_window(program.handle(), look, mode)?;
    }
    let counter = tauri::async_runtime::block_on(opening)?;
    notices::pass_on(&counter, program.handle().clone());
    let settings = counter.settings();
    // Unless the icon was pressed meanwhile.
    let is_wanted = program.state::<background::WindowWanted>();
    if background && !is_wanted.is_there() && background::has_nothing_to_do(&settings) {
        autostart::follow_at_start(&settings, mode);
        program.handle().exit(0);
        return Ok(());
    }
    program.manage(counter);
    program.manage(restart::NextStart::default());
    program.manage(resident_window::Teller::default());
    program.manage(tray::Shown::default());
    program.manage(bridge::Serving::with_the_systems_port());
    // Whoever finds it finds the others: the window is opened from another thread (`background`).
    program.manage(mode);
    bridge::follow(program.handle(), &settings);
    autostart::follow_at_start(&settings, mode);
    resident_window::follow(program.handle(), &settings);
    tauri::async_runtime::spawn(monitors::watch(program.handle().clone()));
    if program.state::<background::WindowWanted>().is_taken_up() {
        // The icon was pressed while the counter was still opening.
        bring_forward(program.handle());
    }
    Ok(())
}

/// Opens the clerk's window.
fn open_window(program: &AppHandle, look: Look, mode: Mode) -> Result<(), tauri::Error> {
    let windows = program.config().app.windows.clone();
    for window in windows {
        let title = titled(&window.title, mode);
        let window = WindowConfig { url: page("index.html", look, mode), title, ..window };
        WebviewWindowBuilder::from_config(program, &window)?.build()?;
    }
    Ok(())
}

/// A page's address; it names the language, so that the page loads no other words first, its colours and
/// its size of type, so that nothing flashes, and training, so that nothing is ever painted without its mark.
fn page(file: &str, look: Look, mode: Mode) -> WebviewUrl {
    let Look { language, theme, text_size } = look;
    let training = if mode == Mode::Training { "&training" } else { "" };
    let (language, theme) = (language.tag(), theme.tag());
    WebviewUrl::App(format!("{file}?language={language}&theme={theme}&size={text_size}{training}").into())
}

/// A window's title in the list of windows.
fn titled(title: &str, mode: Mode) -> String {
    match mode {
        Mode::Real | Mode::Street => title.to_owned(),
        Mode::Training => format!("訓練 – {title}"),
    }
}

/// A second start of the program shows the first one's window.
fn bring_forward(program: &AppHandle) {
    let open = program.get_webview_window(MAIN).or_else(|| program.get_webview_window(street::STREET));
    let Some(window) = open else { return background::show_window(program) };
    for outcome in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = outcome {
            tracing::warn!(%error, "the window did not come forward");
        }
    }
}
