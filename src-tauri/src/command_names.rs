//! The names of the windows' commands, for the build script, which gives each a permission.
//!
//! The list itself is `madoguchi_wire::window::COMMANDS` and, for the resident's window, `RESIDENT_COMMANDS`; a test holds the two and the capability
//! file together. It stands here a second time so that building the window does not first build half
//! the workspace for the build script.

/// The commands, in the order of the wire's lists.
pub(crate) const COMMAND_NAMES: &[&str] = &[
    "open_counter",
    "begin_registration",
    "register_terminal",
    "sign_in",
    "lock",
    "expect_card",
    "examine_reader",
    "leave_visit",
    "use_points",
    "begin_pin",
    "use_points_with_pin",
    "read_with_pin",
    "void_use",
    "resolve_last_operation",
    "acknowledge_last_operation",
    "issue_ticket",
    "issue_ticket_with_pin",
    "reissue_ticket",
    "void_ticket",
    "list_tickets",
    "print_ticket",
    "preview_ticket",
    "preview_day",
    "close_day",
    "list_day_closes",
    "print_day_close",
    "list_operations",
    "site_statement",
    "preview_receipt",
    "print_receipt",
    "save_settings",
    "list_printers",
    "print_test_paper",
    "print_test_ticket",
    "list_monitors",
    "show_resident",
    "visit_painted",
    "follow_resident_screen",
];
