//! Readers that do not say by their USB class that they are readers.

/// Maker, product and name of readers that speak a protocol of their own and need their maker's driver
/// for PC/SC, such as Sony's older readers before the RC-S300.
const MODELS: [(u16, u16, &str); 7] = [
    (0x054C, 0x01BB, "Sony PaSoRi RC-S320"),
    (0x054C, 0x02E1, "Sony PaSoRi RC-S330"),
    (0x054C, 0x06C1, "Sony PaSoRi RC-S380/S"),
    (0x054C, 0x06C3, "Sony PaSoRi RC-S380/P"),
    (0x04CC, 0x0531, "NXP PN531"),
    (0x04CC, 0x2533, "NXP PN533"),
    (0x04E6, 0x5591, "SCM SCL3711"),
];

/// The name of such a reader.
pub(crate) fn name(ids: (u16, u16)) -> Option<&'static str> {
    MODELS.iter().find(|(maker, product, _)| (*maker, *product) == ids).map(|(_, _, name)| *name)
}
