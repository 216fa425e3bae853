//! The schema's history: numbered files, each applied once, in order, in one transaction.
//!
//! A new step is a new file and a new line here; a step that was published never changes (its
//! digest is kept and compared).

use super::connection::{Connection, Dialect};
use super::error::{Error, Optional};
use super::value::params;
use sha2::{Digest, Sha256};

/// One step of the schema's history.
struct Step {
    number: i64,
    name: &'static str,
    /// Portable SQL.
    portable: &'static str,
    /// What SQLite says in its own words.
    sqlite: &'static str,
    /// What PostgreSQL says in its own words.
    postgres: &'static str,
}

const STEPS: &[Step] = &[
    Step {
        number: 1,
        name: "ledger",
        portable: include_str!("../../migrations/0001_ledger.sql"),
        sqlite: include_str!("../../migrations/0001_ledger.sqlite.sql"),
        postgres: include_str!("../../migrations/0001_ledger.postgres.sql"),
    },
    Step {
        number: 2,
        name: "identity",
        portable: include_str!("../../migrations/0002_identity.sql"),
        sqlite: include_str!("../../migrations/0002_identity.sqlite.sql"),
        postgres: include_str!("../../migrations/0002_identity.postgres.sql"),
    },
    Step {
        number: 3,
        name: "use_nonce",
        portable: include_str!("../../migrations/0003_use_nonce.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 4,
        name: "sign-in",
        portable: include_str!("../../migrations/0004_sign_in.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 5,
        name: "tickets and day closes",
        portable: include_str!("../../migrations/0005_tickets.sql"),
        sqlite: include_str!("../../migrations/0005_tickets.sqlite.sql"),
        postgres: include_str!("../../migrations/0005_tickets.postgres.sql"),
    },
    Step {
        number: 6,
        name: "clearing",
        portable: include_str!("../../migrations/0006_clearing.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 7,
        name: "service ids and renewed cards",
        portable: include_str!("../../migrations/0007_service_ids.sql"),
        sqlite: include_str!("../../migrations/0007_service_ids.sqlite.sql"),
        postgres: include_str!("../../migrations/0007_service_ids.postgres.sql"),
    },
    Step {
        number: 8,
        name: "training",
        portable: include_str!("../../migrations/0008_training.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 9,
        name: "merges",
        portable: include_str!("../../migrations/0009_merges.sql"),
        sqlite: include_str!("../../migrations/0009_merges.sqlite.sql"),
        postgres: include_str!("../../migrations/0009_merges.postgres.sql"),
    },
    Step {
        number: 10,
        name: "scans that lapsed while they waited",
        portable: include_str!("../../migrations/0010_lapsed_waiting.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 11,
        name: "streets",
        portable: include_str!("../../migrations/0011_streets.sql"),
        sqlite: include_str!("../../migrations/0011_streets.sqlite.sql"),
        postgres: include_str!("../../migrations/0011_streets.postgres.sql"),
    },
    Step {
        number: 12,
        name: "address notices",
        portable: include_str!("../../migrations/0012_address_notices.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 13,
        name: "merges taken back",
        portable: "",
        sqlite: include_str!("../../migrations/0013_merges_taken_back.sqlite.sql"),
        postgres: include_str!("../../migrations/0013_merges_taken_back.postgres.sql"),
    },
    Step {
        number: 14,
        name: "certificate authorities",
        portable: include_str!("../../migrations/0014_certificate_authorities.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 15,
        name: "keys handed over",
        portable: include_str!("../../migrations/0015_keys_handed_over.sql"),
        sqlite: "",
        postgres: "",
    },
    Step {
        number: 16,
        name: "papers of day closes",
        portable: "",
        sqlite: include_str!("../../migrations/0016_day_close_paper.sqlite.sql"),
        postgres: include_str!("../../migrations/0016_day_close_paper.postgres.sql"),
    },
];

/// What has been applied.
const STEPS_APPLIED: Step = Step {
    number: 0,
    name: "schema_step",
    portable: "create table if not exists schema_step (
                   number bigint primary key,
                   name text not null,
                   digest blob not null check (length(digest) = 32)
               )",
    sqlite: "",
    postgres: "",
};

/// Why the schema is not as this program needs it.
#[derive(Debug, thiserror::Error)]
pub enum NotMigrated {
    /// A step failed; nothing of it is left.
    #[error("the schema cannot be brought to step {number}")]
    StepFailed {
        /// Which step.
        number: i64,
        /// What the database says.
        source: Error,
    },
    /// The database has a step that this program does not know: a newer program made it.
    #[error("the database is at step {found}, this program knows {known}: it is too old for it")]
    ProgramTooOld {
        /// The database's newest step.
        found: i64,
        /// The newest step known.
        known: i64,
    },
    /// A step was applied with other words than this program has.
    #[error("step {number} of the schema differs from the one that was applied")]
    StepDiffers {
        /// Which step.
        number: i64,
    },
}

impl Step {
    /// The step in an engine's words. SQLite keeps tables marked "clustered" in the order of their key.
    /// PostgreSQL has another name for bytes, and is told to compare texts byte by byte, as SQLite does,
    /// whatever language the server was set up in.
    fn words(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Sqlite => {
                format!("{}\n{}", self.portable.replace("/* clustered */", "without rowid"), self.sqlite)
            }
            Dialect::Postgres => {
                let portable =
                    self.portable.replace(" blob", " bytea").replace(" text", " text collate \"C\"");
                format!("{portable}\n{}", self.postgres)
            }
        }
    }

    fn digest(&self, dialect: Dialect) -> [u8; 32] {
        let own = match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        };
        Sha256::new_with_prefix(self.portable).chain_update(own).finalize().into()
    }
}

/// Applies what is missing. Of several processes starting at once, one does and the others see it.
pub(super) fn bring_up_to_date(connection: &Connection) -> Result<(), NotMigrated> {
    let failed = |source| NotMigrated::StepFailed { number: 0, source };
    connection.begin_changing_schema().map_err(failed)?;
    let applied = apply_what_is_missing(connection);
    if applied.is_ok() { connection.commit().map(drop).map_err(Error::from) } else { connection.roll_back() }
        .map_err(failed)?;
    applied
}

fn apply_what_is_missing(connection: &Connection) -> Result<(), NotMigrated> {
    let failed = |source| NotMigrated::StepFailed { number: 0, source };
    connection.execute_batch(&STEPS_APPLIED.words(connection.dialect())).map_err(failed)?;
    let found: i64 = connection
        .query_row("select cast(coalesce(max(number), 0) as bigint) from schema_step", params![], |row| {
            row.get(0)
        })
        .map_err(failed)?;
    let known = STEPS.last().map_or(0, |step| step.number);
    if found > known {
        return Err(NotMigrated::ProgramTooOld { found, known });
    }
    STEPS.iter().try_for_each(|step| apply_once(connection, step))
}

fn apply_once(connection: &Connection, step: &Step) -> Result<(), NotMigrated> {
    let failed = |source| NotMigrated::StepFailed { number: step.number, source };
    let dialect = connection.dialect();
    let applied: Option<[u8; 32]> = connection
        .query_row("select digest from schema_step where number = $1", params![step.number], |row| row.get(0))
        .optional()
        .map_err(failed)?;
    match applied {
        Some(digest) if digest == step.digest(dialect) => return Ok(()),
        Some(_) => return Err(NotMigrated::StepDiffers { number: step.number }),
        None => {}
    }
    connection.execute_batch(&step.words(dialect)).map_err(failed)?;
    connection
        .execute(
            "insert into schema_step (number, name, digest) values ($1, $2, $3)",
            params![step.number, step.name, step.digest(dialect)],
        )
        .map(drop)
        .map_err(failed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn empty() -> Connection {
        Connection::from(rusqlite::Connection::open_in_memory().unwrap())
    }

    #[test]
    fn steps_are_numbered_one_by_one() {
        let numbers: Vec<i64> = STEPS.iter().map(|step| step.number).collect();
        assert_eq!(numbers, (1..=i64::try_from(STEPS.len()).unwrap()).collect::<Vec<_>>());
    }

    #[test]
    fn coming_up_to_date_twice_is_coming_up_to_date() {
        let connection = empty();
        bring_up_to_date(&connection).unwrap();
        bring_up_to_date(&connection).unwrap();
    }

    #[test]
    fn a_database_of_a_newer_program_is_left_alone() {
        let connection = empty();
        bring_up_to_date(&connection).unwrap();
        connection
            .execute("insert into schema_step values (9999, 'later', zeroblob(32))", params![])
            .unwrap();
        assert!(matches!(bring_up_to_date(&connection), Err(NotMigrated::ProgramTooOld { found: 9999, .. })));
    }

    #[test]
    fn a_step_in_other_words_is_noticed() {
        let connection = empty();
        bring_up_to_date(&connection).unwrap();
        connection
            .execute("update schema_step set digest = zeroblob(32) where number = 1", params![])
            .unwrap();
        assert!(matches!(bring_up_to_date(&connection), Err(NotMigrated::StepDiffers { number: 1 })));
    }

    #[test]
    fn what_was_posted_can_be_neither_changed_nor_deleted() {
        let connection = empty();
        bring_up_to_date(&connection).unwrap();
        connection
            .execute_batch(
                "insert into entry values ('141305', 1, 1, 1, null, 5, 1, 5, null, null);
                 insert into block values ('141305', 1, 1, 1, zeroblob(32), 0, zeroblob(32));
                 insert into operation values ('141305', 1, 'use', 'done', 'job:command', zeroblob(16), zeroblob(32),
                                               '', 0, '2026-11-20', null, null, null, '141305', 1);",
            )
            .unwrap();
        for table in ["operation", "entry", "block"] {
            for statement in [format!("update {table} set book = '000000'"), format!("delete from {table}")] {
                let refused = connection.execute(&statement, params![]).unwrap_err().to_string();
                assert!(refused.contains("never"), "{statement}: {refused}");
            }
        }
    }
}
