//! What Windows is told of the receiver: sign, version, manifest. Elsewhere this does nothing.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    for file in ["madoguchi-receive.rc", "madoguchi-receive.manifest"] {
        println!("cargo:rerun-if-changed=windows/{file}");
    }
    let part = |name: &str| std::env::var(format!("CARGO_PKG_VERSION_{name}"));
    let numbers = format!("{},{},{},0", part("MAJOR")?, part("MINOR")?, part("PATCH")?);
    let told =
        [format!("VERSION={}", std::env::var("CARGO_PKG_VERSION")?), format!("VERSION_NUMBERS={numbers}")];
    embed_resource::compile_for("windows/madoguchi-receive.rc", ["madoguchi-receive"], &told)
        .manifest_required()?;
    Ok(())
}
