//! Fingerprint sources as a test writes them down.

use madoguchi_port::device::{FingerprintSources, SourceName, SourceReading};
use std::sync::{Mutex, PoisonError};

/// Four Linux sources that say what they are told to.
pub struct WrittenSources {
    values: Mutex<[Option<String>; 4]>,
}

impl WrittenSources {
    /// A PC whose four sources are good and differ from those of a PC with another name.
    pub fn of_pc(name: &str) -> Self {
        let values =
            ["machine", "cpu", "board", "installation"].map(|source| Some(format!("{source} of {name}")));
        Self { values: Mutex::new(values) }
    }

    /// From now on this source says this, or nothing.
    pub fn set(&self, name: SourceName, value: Option<&str>) {
        let place = SourceName::LINUX.iter().position(|&source| source == name);
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = place.and_then(|place| values.get_mut(place)) {
            *slot = value.map(str::to_owned);
        }
    }
}

impl FingerprintSources for WrittenSources {
    fn read(&self) -> Vec<SourceReading> {
        let values = self.values.lock().unwrap_or_else(PoisonError::into_inner).clone();
        SourceName::LINUX.into_iter().zip(values).map(|(name, value)| SourceReading { name, value }).collect()
    }
}
