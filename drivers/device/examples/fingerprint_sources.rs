//! Says which fingerprint sources this PC has, without saying their values:
//! `cargo run -p madoguchi-device --example fingerprint_sources`.

#[cfg(any(target_os = "linux", windows))]
fn main() {
    use madoguchi_domain::fingerprint::measure;
    use madoguchi_port::device::FingerprintSources;

    let readings = madoguchi_device::SystemSources::default().read();
    for reading in &readings {
        println!(
            "{}: {}",
            reading.name.as_str(),
            if reading.value.is_some() { "answered" } else { "absent" }
        );
    }
    match measure(&readings) {
        Ok(measured) => println!("good enough; missing or junk: {:?}", measured.missing),
        Err(refused) => println!("refused: {refused}"),
    }
}

#[cfg(not(any(target_os = "linux", windows)))]
fn main() {}
