//! How the catalogue writes a code down, and what becomes of it.
//!
//! Belongs here: the shape of an entry. Does not: any entry (`catalogue`).
//! Why it exists: each code stands in one place with its number, tone and sentences, so that none can lack one.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $tone:ident, $points:ident,
        ja: $ja_what:literal, $ja_now:literal;
        en: $en_what:literal, $en_now:literal;)*) => {
        /// A stable error code. Its number stands small at the end of a sentence on screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $($(#[$doc])* $name,)* }

        impl ErrorCode {
            /// Every code, in the catalogue's order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number people read out on the telephone: `C-102`.
            pub const fn number(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            pub(super) const fn entry(self) -> Entry {
                match self {
                    $(Self::$name => Entry {
                        tone: Tone::$tone,
                        points: PointsMoved::$points,
                        ja: ($ja_what, $ja_now),
                        en: ($en_what, $en_now),
                    },)*
                }
            }
        }
    };
}

pub(super) use codes;
