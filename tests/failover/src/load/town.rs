//! The town of the load: one municipality, a few shops with sixteen terminals, residents with points
//! enough for every run.

use super::actors::PASSWORD;
use std::fmt::Write;
use std::path::Path;

/// Terminals, each with a clerk.
pub(super) const TERMINALS: u32 = 16;
/// The first one's ID.
pub(super) const FIRST_TERMINAL: u32 = 14_131_000;
/// Fewer than terminals, so that several draw on one balance. Their cards are in `fixtures/cards`.
pub(super) const RESIDENTS: [(&str, &str); 2] = [("hanako", "MYKEY456"), ("taro", "TAR0MA78")];
/// What each resident has in the beginning.
pub(super) const POINTS: i64 = 1_000_000_000;
/// What the points are called.
pub(super) const CURRENCY: &str = "川崎市ポイント";

/// The town as a file of example data.
pub(super) fn example() -> String {
    let mut town = format!(
        "[[issuer]]\ncode = '141305'\nname = '川崎市'\n\
         limits = {{ per_use = {POINTS}, per_day = {POINTS} }}\n\
         [[currency]]\nissuer = '141305'\nkind = 'municipal'\nname = '{CURRENCY}'\n"
    );
    for number in 0..TERMINALS {
        let (id, shop) = (FIRST_TERMINAL + number, number % 4);
        if number < 4 {
            // Writing to a string cannot fail.
            let _ = writeln!(town, "[[site]]\nmunicipality = '141305'\nname = '店{shop}'");
        }
        let _ = writeln!(
            town,
            "[[terminal]]\nid = '{id}'\npassword = '{PASSWORD}'\nmunicipality = '141305'\nsite = '店{shop}'\n\
             kind = 'point_use_counter'"
        );
    }
    for (name, mykey_id) in RESIDENTS {
        let certificate = card_file(name);
        let _ = writeln!(
            town,
            "[[resident]]\nmykey_id = '{mykey_id}'\ncertificate = '{}'\npoints = [{{ issuer = '141305', \
             currency = '{CURRENCY}', points = {POINTS}, program = '健康づくり事業' }}]",
            certificate.display()
        );
    }
    town
}

/// The certificate on a resident's card.
pub(super) fn card_file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cards").join(name).join("auth.crt.pem")
}
