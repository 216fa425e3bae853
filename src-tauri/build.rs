//! Declares the window's commands to Tauri, so that each has a permission of its own, and embeds
//! configuration, capabilities and icons; on Windows also what Windows is told of the program.

#[path = "src/command_names.rs"]
mod command_names;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src/command_names.rs");
    let commands = tauri_build::AppManifest::new().commands(command_names::COMMAND_NAMES);
    println!("cargo:rerun-if-changed=madoguchi.exe.manifest");
    let windows = tauri_build::WindowsAttributes::new().app_manifest(include_str!("madoguchi.exe.manifest"));
    tauri_build::try_build(
        tauri_build::Attributes::new().app_manifest(commands).windows_attributes(windows),
    )?;
    Ok(())
}
