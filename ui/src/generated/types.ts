// Generated from the wire crate; rewrite with REGENERATE=1 cargo test -p madoguchi-wire

export type Bilingual = { 
/**
 * 日本語.
 */
ja: string, 
/**
 * English.
 */
en: string, };

export type ErrorCode = "wrong_password" | "password_slowed" | "already_registered" | "fingerprint_taken" | "fingerprint_changed" | "terminal_suspended" | "registration_ended" | "session_ended" | "function_not_allowed" | "device_key_missing" | "vault_absent" | "fingerprint_too_weak" | "not_registered" | "contact_incomplete" | "sign_in_needed" | "wrong_terminal_password" | "staff_name_missing" | "cloud_unreachable" | "cloud_busy" | "cloud_not_trusted" | "cloud_address_insecure" | "malformed" | "too_many_requests" | "cloud_failed" | "other_cloud" | "training_cloud" | "not_a_training_cloud" | "card_service_absent" | "card_removed" | "reader_absent" | "not_my_number_card" | "card_busy" | "card_unresponsive" | "card_without_mykey_id" | "card_service_refused" | "pin_first" | "wrong_pin" | "pin_locked" | "card_expired" | "other_card" | "card_untrusted" | "last_pin_try" | "pin_malformed" | "card_absent" | "card_renewed" | "not_felica" | "no_felica_dialect" | "wrong_signing_password" | "signing_password_locked" | "last_signing_password_try" | "signing_password_malformed" | "no_signing_certificate" | "no_card_came" | "amount_invalid" | "insufficient" | "over_limit_per_use" | "over_limit_per_day" | "visit_expired" | "not_usable_here" | "nothing_usable" | "nonce_void" | "nonce_expired" | "signature_wrong" | "already_voided" | "too_late_to_void" | "not_this_terminal" | "unknown_operation" | "abandoned" | "key_reused" | "operation_unresolved" | "last_day_out_of_range" | "ticket_unknown" | "ticket_forged" | "ticket_of_another" | "ticket_elsewhere" | "site_takes_no_tickets" | "not_this_site" | "ticket_cleared" | "ticket_lapsed" | "ticket_lapsed_waiting" | "ticket_reissued" | "ticket_voided" | "day_closed" | "ticket_guessing_slowed" | "ticket_guessing_locked" | "not_a_ticket" | "ticket_of_training" | "ticket_not_of_training" | "scan_not_cleared" | "scan_not_waiting" | "scan_dropped" | "no_open_pile" | "clearing_not_allowed" | "clearing_not_understood" | "cloud_older" | "ticket_handed_over" | "characters_missing" | "font_missing" | "paper_not_written" | "printer_refused" | "printer_unreachable" | "paper_out" | "printer_cover_open" | "printer_stopped" | "paper_incomplete" | "printer_silent" | "printing_service_stopped" | "printer_unknown" | "printer_paused" | "no_id_provider" | "customer_number_invalid" | "customer_number_taken" | "service_id_not_as_shown" | "service_id_unanswered" | "clipboard_absent" | "number_not_written" | "keyboard_absent" | "no_other_window" | "card_number_blank" | "card_not_described" | "card_number_misread" | "several_library_cards" | "bridge_host_refused" | "page_not_paired" | "bridge_call_unknown" | "program_not_paired" | "pairing_code_wrong" | "program_name_invalid" | "page_origin_invalid" | "too_many_pairings" | "no_mykey_ids_here" | "own_cards_not_paired" | "not_a_member" | "street_takes_no_merges" | "street_folder_unset" | "street_folder_unusable" | "merge_file_not_put" | "street_card_unknown" | "street_card_unread" | "street_folder_shared" | "store_damaged" | "store_newer" | "store_not_writable" | "settings_invalid" | "folder_not_shown" | "resident_monitor_gone" | "store_held" | "nothing_typed" | "unforeseen" | "street_books_damaged" | "street_key_missing" | "books_of_another_street" | "street_number_invalid" | "street_password_invalid" | "street_name_missing" | "key_sheet_unreadable" | "key_sheet_invalid" | "key_sheet_of_another_street" | "merge_keys_missing" | "member_unknown" | "member_id_invalid" | "member_id_taken" | "member_id_stays" | "member_id_changed" | "merge_number_invalid" | "file_names_nobody" | "street_points_short" | "ticket_added_before" | "posting_voided_before" | "posting_not_voidable" | "purchase_gives_nothing" | "street_act_mixed_up" | "stored_value_card_absent" | "stored_value_card_other" | "points_used_meanwhile" | "merge_received_before" | "drop_folder_gone" | "drop_folder_full" | "drop_folder_read_only" | "drop_folder_failed" | "history_not_written" | "card_reading_not_paired" | "madoguchi_not_there" | "pairing_ended" | "no_card_in_time" | "no_number_of_this_street" | "madoguchi_not_understood" | "no_card_read";

export type Failure = { 
/**
 * The stable code; what a program decides by.
 */
code: ErrorCode, 
/**
 * Its number, small at the sentence's end.
 */
number: string, 
/**
 * Its mark.
 */
tone: Tone, 
/**
 * Whether points moved.
 */
points: PointsMoved, 
/**
 * What happened.
 */
what: Bilingual, 
/**
 * What to do now.
 */
now: Bilingual, };

export type PointsMoved = "not_concerned" | "no" | "unknown";

export type Tone = "stop" | "check";

export type Contact = { 
/**
 * 担当者名.
 */
staff_name: string, 
/**
 * 店舗名.
 */
shop_name: string, 
/**
 * 郵便番号, 7 digits without a hyphen.
 */
postal_code: string, 
/**
 * 住所.
 */
address: string, 
/**
 * 電話番号, digits and hyphens.
 */
phone: string, 
/**
 * メールアドレス.
 */
mail: string, 
/**
 * ID付与事業者, chosen by a service-ID counter; the provider's 6-digit ID.
 */
id_provider: string | null, };

export type DayClose = { 
/**
 * 1, 2, 3 … per terminal; 0 = a preview.
 */
number: number, 
/**
 * The Japan date of the close.
 */
date: string, 
/**
 * When it was closed, milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * When the close before it was; none = this is the first.
 */
since_ms: number | null, 
/**
 * One per kind and currency, in the order of the paper; kinds that did not occur are left out.
 */
lines: Array<DayCloseLine>, 
/**
 * What had become, by the close, of the tickets this terminal issued or reissued since the one before: one per
 * currency and state, those without a ticket left out. A close that was told before there were such lines has none.
 */
tickets: Array<DayCloseTickets>, 
/**
 * The head of the municipality's chain at the close: 64 hex digits.
 */
head: string, };

export type DayCloseLine = { 
/**
 * Of what.
 */
kind: OperationKind, 
/**
 * The currency's name.
 */
currency: string, 
/**
 * How many operations.
 */
count: number, 
/**
 * Points over all of them, positive.
 */
points: number, };

export type DayCloseTickets = { 
/**
 * The currency's name.
 */
currency: string, 
/**
 * What they are: `open`, `cleared`, `lapsed`, `reissued` or `voided`.
 */
state: 'open' | 'cleared' | 'lapsed' | 'reissued' | 'voided', 
/**
 * How many.
 */
count: number, 
/**
 * Points over all of them, positive.
 */
points: number, };

export type AddressNotice = "not_offered" | "not_wanted" | "wanted" | "check_address";

export type IdProviderChoice = { 
/**
 * Its 6-digit ID.
 */
id: string, 
/**
 * Its name.
 */
name: string, };

export type Limits = { 
/**
 * Per use.
 */
per_use: number, 
/**
 * Per resident and Japan day, over all terminals of the municipality.
 */
per_day: number, };

export type ListedOperation = { 
/**
 * Its key.
 */
key: string, 
/**
 * Use or void.
 */
kind: OperationKind, 
/**
 * 取引番号.
 */
number: string, 
/**
 * Milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * Points over all accounts, positive.
 */
points: number, 
/**
 * The currencies' names, in the receipt's order.
 */
currencies: Array<string>, 
/**
 * The masked MyKey ID.
 */
masked_mykey_id: string, 
/**
 * For a use that was voided: the void's number. For a void: the number of the use it undid.
 */
linked_number: string | null, 
/**
 * Who was signed in, where the municipality wants the name and one was given.
 */
staff_name: string | null, 
/**
 * Whether this terminal can void it now.
 */
can_be_voided: boolean, };

export type ListedTicket = { 
/**
 * The ticket.
 */
ticket: Ticket, 
/**
 * When it was issued or reissued, milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * The masked MyKey ID.
 */
masked_mykey_id: string, 
/**
 * What has become of it.
 */
fate: TicketFate, 
/**
 * Whether this terminal can reissue it now.
 */
can_be_reissued: boolean, 
/**
 * Whether this terminal can void it now.
 */
can_be_voided: boolean, };

export type OperationKind = "use" | "void" | "issue_ticket" | "reissue_ticket" | "void_ticket" | "clear_ticket" | "unclear_ticket" | "merge_points" | "close_day";

export type OwnIdProvider = { 
/**
 * Its 6-digit ID.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * It keeps MyKey IDs itself (seed 001, §17): programs of its own may be told a resident's (row C4).
 */
keeps_mykey_ids: boolean, 
/**
 * Residents may let it be told that their address is to be checked (row C6).
 */
address_notices: boolean, };

export type PointsByLastDay = { 
/**
 * How many points.
 */
points: number, 
/**
 * The last day they can be used (Japan), or none: they do not lapse.
 */
last_day: string | null, };

export type SiteStatementLine = { 
/**
 * 取引日時, milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * 取引番号.
 */
number: string, 
/**
 * The currency's name.
 */
currency: string, 
/**
 * The masked MyKey ID.
 */
masked_mykey_id: string, 
/**
 * 利用ポイント数.
 */
points: number, };

export type SiteTotal = { 
/**
 * The currency's name.
 */
currency: string, 
/**
 * 取引回数合計.
 */
uses: number, 
/**
 * 利用ポイント数合計.
 */
points: number, };

export type TerminalProfile = { 
/**
 * 端末ID.
 */
terminal: string, 
/**
 * The municipality the terminal belongs to: the home book of its operations.
 */
municipality: string, 
/**
 * Its name (川崎市).
 */
municipality_name: string, 
/**
 * The site's number.
 */
site: number, 
/**
 * The site's name (やまだ八百屋), as it stands on screens and papers.
 */
site_name: string, 
/**
 * The kind under which Form I counts it.
 */
kind: 'service_id_counter' | 'point_use_counter' | 'ticket_issuer' | 'grant_desk', 
/**
 * What it may do, in the menu's order.
 */
functions: Array<'service_ids' | 'use_points' | 'issue_tickets' | 'clear_tickets' | 'clear_tickets_for_others' | 'merge_points' | 'own_totals' | 'grant'>, 
/**
 * The names of the currencies usable here today, the municipal one first.
 */
currencies: Array<string>, 
/**
 * Limits without PIN, set by the municipality.
 */
limits: Limits, 
/**
 * When the terminal password is asked for, and whether a staff name is (row A8).
 */
sign_in: { password: 'never' | 'every_day' | 'every_start', staff_name: 'no' | 'optional' | 'required' }, 
/**
 * The ID provider it was registered for: whose service IDs it registers and looks up.
 */
id_provider: OwnIdProvider | null, };

export type Ticket = { 
/**
 * 発券番号.
 */
number: string, 
/**
 * How many points, whole only.
 */
points: number, 
/**
 * Which points.
 */
currency: { book: string, number: number }, 
/**
 * Their name (川崎市ポイント).
 */
currency_name: string, 
/**
 * The issuer's name (川崎市).
 */
issuer_name: string, 
/**
 * For event points: the event's name. Only its sites may take the ticket.
 */
event_name: string | null, 
/**
 * The issue date, Japan.
 */
issued_on: string, 
/**
 * The last day it can be cleared, Japan: until 24:00.
 */
last_day: string, 
/**
 * The site that issued it (みなみ商工会).
 */
issued_at: string, };

export type TicketCleared = { 
/**
 * Milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * The site whose stamp it bears, and which is paid.
 */
site_name: string, 
/**
 * The site of the terminal that cleared it.
 */
cleared_at: string, };

export type TicketFate = { "state": "open" } | { "state": "cleared" } & TicketCleared | { "state": "lapsed" } | { "state": "reissued" } | { "state": "voided" };

export type TicketOrder = "newest" | "largest" | "earliest";

export type TicketsListed = "issued_today" | "lapsing_soon" | "open";

export type UsableAccount = { 
/**
 * Which currency.
 */
currency: { book: string, number: number }, 
/**
 * What kind of points.
 */
kind: 'municipal' | 'event' | 'common' | 'reserved', 
/**
 * The currency's name (川崎市ポイント).
 */
name: string, 
/**
 * The balance, in points.
 */
balance: number, 
/**
 * The balance by last day, earliest first; those without one last.
 */
by_last_day: Array<PointsByLastDay>, 
/**
 * For an event: the last day of its service period.
 */
usable_until: string | null, 
/**
 * The issuer's name, where it is not the terminal's municipality: a ticket's paper names it.
 */
issuer_name: string | null, };

export type StreetFolder = { 
/**
 * The street's ID as an ID provider, six digits.
 */
street: string, 
/**
 * The folder's path.
 */
folder: string, };

export type MergeFileState = { "is": "put", 
/**
 * Its name.
 */
name: string, } | { "is": "lies", 
/**
 * Its name.
 */
name: string, } | { "is": "taken" } | { "is": "not_put", 
/**
 * Why, and what to do now.
 */
failure: Failure, } | { "is": "unseen" };

export type MergeOfOperation = { 
/**
 * The street's name.
 */
street_name: string, 
/**
 * 取引済番号.
 */
number: string, 
/**
 * What became of its file.
 */
file: MergeFileState, };

export type MergePointsArguments = { 
/**
 * The visit whose balances were on the screen.
 */
visit: number, 
/**
 * Into which street.
 */
street: string, 
/**
 * Which points, and how many, as typed.
 */
part: VisitPart, };

export type MergePointsWithPinArguments = { 
/**
 * The visit whose balances were on the screen.
 */
visit: number, 
/**
 * Into which street.
 */
street: string, 
/**
 * Which points, and how many, as typed.
 */
part: VisitPart, 
/**
 * The resident's PIN.
 */
pin: TypedPin, };

export type MergeShown = { 
/**
 * Its key; its file is fetched again by it.
 */
key: string, 
/**
 * When it was booked, milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * How many points.
 */
points: number, 
/**
 * `MY****56`.
 */
masked_mykey_id: string, 
/**
 * Its file.
 */
merge: MergeOfOperation, 
/**
 * What the street has answered; nothing yet where it has not, or its answer has not come by here.
 */
reception: MergeReception | null, };

export type MergeReception = "received" | "unknown_member" | "other_content" | "booked_back" | "declined";

export type MergeStreetShown = { 
/**
 * Its ID as an ID provider.
 */
street: string, 
/**
 * Its name (銀座街).
 */
name: string, 
/**
 * Whether it knows the resident.
 */
is_member: boolean, 
/**
 * Whether the settings name a folder for its files.
 */
has_folder: boolean, };

export type MergeStreets = { 
/**
 * Those of the municipality, in the screen's order.
 */
streets: Array<MergeStreetShown>, };

export type MergesOfTheTerminal = { 
/**
 * Newest first.
 */
merges: Array<MergeShown>, };

export type BeginRegistration = { 
/**
 * 端末ID as typed.
 */
terminal: string, 
/**
 * 端末パスワード.
 */
password: string, };

export type CardExpectation = "none" | "next_card" | "card_now" | "service_id_now" | "next_service_id" | "merge_card_now";

export type CardState = { "state": "absent" } | { "state": "lying" } | { "state": "library_card_lies" } | { "state": "reading" } | { "state": "read", 
/**
 * What it led to.
 */
visit: Visit, } | { "state": "service_id_read", 
/**
 * What it led to.
 */
found: ServiceIdFound, } | { "state": "wants_pin", 
/**
 * How often it can still be tried, 1 to 3.
 */
tries_left: number, 
/**
 * What was wrong with the PIN typed before, if one was.
 */
failure: Failure | null, } | { "state": "failed", 
/**
 * Why, and what to do now.
 */
failure: Failure, };

export type ClearedToday = { 
/**
 * How many tickets.
 */
tickets: number, 
/**
 * Their points.
 */
points: number, 
/**
 * The sites whose stamp they bear.
 */
sites: number, };

export type Clearing = { 
/**
 * The pile that was begun and not finished, if there is one.
 */
open: BegunPile | null, 
/**
 * The pile that was finished last.
 */
last: FinishedPile | null, 
/**
 * What was cleared today.
 */
today: ClearedToday, 
/**
 * △ over all piles.
 */
unconfirmed: number, 
/**
 * What became known only after its pile was finished, and nobody has seen yet: ×, what could not be taken back,
 * and what was cleared after the list was printed.
 */
found_later: Array<Scan>, 
/**
 * As [`PileSums::revision`]: of two answers the one with the higher number holds.
 */
revision: number, };

export type ClearingSite = { 
/**
 * Its number.
 */
site: number, 
/**
 * Its name.
 */
name: string, };

export type ClearingSites = { 
/**
 * Those chosen here last, the latest first; they stand in `all` too.
 */
recent: Array<ClearingSite>, 
/**
 * All of the municipality that take tickets, by name.
 */
all: Array<ClearingSite>, };

export type FinishedPile = { 
/**
 * When, by this PC's clock, milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * What it came to.
 */
sums: PileSums, };

export type BegunPile = { 
/**
 * Whose stamp its next ticket bears.
 */
site: ClearingSite, 
/**
 * What it comes to so far.
 */
sums: PileSums, };

export type Pile = { 
/**
 * Whose stamp the next ticket bears.
 */
site: ClearingSite, 
/**
 * The scans, newest first.
 */
scans: Array<Scan>, 
/**
 * What they come to.
 */
sums: PileSums, };

export type PileNamed = { 
/**
 * Its number at this terminal.
 */
pile: number, };

export type PileOfSite = { 
/**
 * The pile.
 */
pile: number, 
/**
 * The site of the stamps.
 */
site: number, };

export type SeenScans = { 
/**
 * Their keys.
 */
keys: Array<string>, };

export type PileSums = { 
/**
 * Which pile.
 */
pile: number, 
/**
 * One per site, in the order in which they were chosen.
 */
sites: Array<SiteSum>, 
/**
 * Cleared tickets over all sites.
 */
cleared: number, 
/**
 * Their points.
 */
points: number, 
/**
 * △ over all sites.
 */
unconfirmed: number, 
/**
 * × over all sites.
 */
refused: number, 
/**
 * The highest [`Scan::revision`] given out when they were added up: of two sums the later holds.
 */
revision: number, };

export type Scan = { 
/**
 * The key of its clearing.
 */
key: string, 
/**
 * The pile it belongs to.
 */
pile: number, 
/**
 * The site of its stamp.
 */
site: ClearingSite, 
/**
 * When it was scanned, by this PC's clock, milliseconds since 1970 (UTC).
 */
scanned_at_ms: number, 
/**
 * Its number in fours; none where no ticket has it, for it may be somebody's My Number.
 */
number: string | null, 
/**
 * Its points, once known.
 */
points: number | null, 
/**
 * What has become of it.
 */
state: ScanState, 
/**
 * Refused, and the same ticket was scanned again later in the pile: it is not set aside a second time.
 */
is_replaced: boolean, 
/**
 * Rises with each change since the program started. Answers and notices can overtake each other: of two
 * words about one scan the one with the higher number holds.
 */
revision: number, };

export type ScanHeard = { "heard": "taken", 
/**
 * The scan and the sums.
 */
told: ScanTold, } | { "heard": "again", 
/**
 * The first scan.
 */
first: Scan, };

export type ScanNamed = { 
/**
 * Its key.
 */
key: string, };

export type ScanState = { "state": "under_way" } | { "state": "unconfirmed", 
/**
 * Why not, where that is known.
 */
failure: Failure | null, } | { "state": "cleared", 
/**
 * Why it could not be taken back, if that was tried.
 */
not_taken_back: Failure | null, } | { "state": "refused", 
/**
 * Why, and what to do now.
 */
failure: Failure, 
/**
 * Where it was cleared already: when and for whom.
 */
cleared: TicketCleared | null, } | { "state": "taking_back" } | { "state": "taken_back" };

export type ScanTold = { 
/**
 * The scan as it stands now.
 */
scan: Scan, 
/**
 * The sums of the pile in hand; none where the scan is of an earlier one.
 */
sums: PileSums | null, };

export type ScannedText = { 
/**
 * As the scanner or the clerk typed it.
 */
text: string, };

export type SiteSum = { 
/**
 * The site of the stamps.
 */
site: ClearingSite, 
/**
 * Cleared tickets.
 */
cleared: number, 
/**
 * Their points.
 */
points: number, 
/**
 * Not yet confirmed: in neither of the two above.
 */
unconfirmed: number, 
/**
 * To be set aside.
 */
refused: number, };

export type StampOf = { 
/**
 * The site; none = the terminal's own.
 */
site: ClearingSite | null, };

export type TicketLookedUp = { 
/**
 * Its number in fours.
 */
number: string, 
/**
 * Its points.
 */
points: number, 
/**
 * Which points (川崎市ポイント).
 */
currency_name: string, 
/**
 * For event points: the event's name.
 */
event_name: string | null, 
/**
 * The site that issued it.
 */
issued_at: string, 
/**
 * When it was issued, Japan.
 */
issued_on: string, 
/**
 * The last day it can be cleared, Japan.
 */
last_day: string, 
/**
 * Why it cannot be cleared now, if it cannot.
 */
failure: Failure | null, 
/**
 * Where it was cleared already: when and for whom.
 */
cleared: TicketCleared | null, };

export type Counter = { 
/**
 * Whether this PC is a terminal, and which.
 */
place: Place, 
/**
 * Whether the terminal password is needed first.
 */
sign_in: SignIn, 
/**
 * The settings.
 */
settings: Settings, 
/**
 * The devices.
 */
devices: Devices, 
/**
 * The card, which may lie there since before anybody listened.
 */
card: CardState, 
/**
 * The last operation, if there ever was one.
 */
last_operation: LastOperation | null, 
/**
 * The program's version.
 */
version: string, };

export type DayCloseNamed = { 
/**
 * 1, 2, 3 ….
 */
number: number, };

export type DayCloseShown = { 
/**
 * The close.
 */
close: DayClose, 
/**
 * How often it was printed; above 0 the next paper is a 再印刷.
 */
printed: number, };

export type DeviceState = { "state": "ready", 
/**
 * Its name, where it has one.
 */
name: string | null, } | { "state": "looking" } | { "state": "missing", 
/**
 * Why, and what to do now.
 */
failure: Failure, };

export type Devices = { 
/**
 * 読取装置.
 */
reader: DeviceState, 
/**
 * 印刷.
 */
printer: DeviceState, 
/**
 * 通信.
 */
network: DeviceState, 
/**
 * お客様用画面, where a monitor is chosen for it.
 */
resident_screen: DeviceState | null, 
/**
 * How far this PC's clock is off the cloud's, in seconds, where that is more than 120.
 */
clock_off_s: number | null, };

export type ExamineReaderArguments = { 
/**
 * Whether the card is asked how many tries its PIN has left. Costs none; done only where a person
 * wants to know.
 */
pin_tries: boolean, };

export type FindingMark = "ok" | "check" | "stop";

export type IssueTicketArguments = { 
/**
 * The visit whose balances were on the screen.
 */
visit: number, 
/**
 * Which points, and how many, as typed.
 */
part: VisitPart, 
/**
 * The last day, Japan; one of [`Visit::ticket_days`](super::Visit::ticket_days).
 */
last_day: string, 
/**
 * How many tickets of so many points each: 1 to
 * [`MOST_AT_ONCE`](madoguchi_domain::ticket::MOST_AT_ONCE).
 */
count: number, };

export type IssueTicketWithPinArguments = { 
/**
 * The visit whose balances were on the screen.
 */
visit: number, 
/**
 * Which points, and how many, as typed.
 */
part: VisitPart, 
/**
 * The last day, Japan.
 */
last_day: string, 
/**
 * How many tickets of so many points each.
 */
count: number, 
/**
 * The resident's PIN.
 */
pin: TypedPin, };

export type LastOperation = { 
/**
 * Its key; a receipt or a void names it.
 */
key: string, 
/**
 * What it was.
 */
kind: OperationKind, 
/**
 * Points over all accounts; 0 for a day close.
 */
points: number, 
/**
 * When it was booked by the cloud's clock; before that is known, when the button was pressed by
 * this PC's. Milliseconds since 1970 (UTC).
 */
at_ms: number, 
/**
 * Its fate.
 */
state: OperationState, 
/**
 * Whether the clerk has seen its fate and gone on.
 */
acknowledged: boolean, 
/**
 * For an issue that is one of several in one go: the others.
 */
series: TicketSeries | null, };

export type MovedHere = { 
/**
 * The currency's name.
 */
currency: string, 
/**
 * What was used or given back, positive.
 */
points: number, 
/**
 * Balance before.
 */
before: number, 
/**
 * Balance after.
 */
after: number, 
/**
 * What lapses first among the rest.
 */
next_lapse: PointsByLastDay | null, };

export type Notice = { "notice": "card", "content": CardState } | { "notice": "card_lies", "content": boolean } | { "notice": "devices", "content": Devices } | { "notice": "last_operation", "content": LastOperation } | { "notice": "place", "content": Place } | { "notice": "sign_in", "content": SignIn } | { "notice": "scan", "content": ScanTold } | { "notice": "merges", "content": MergesOfTheTerminal };

export type OperatingSystem = "linux" | "windows";

export type OperationNamed = { 
/**
 * Its key.
 */
key: string, };

export type OperationState = { "state": "checking" } | { "state": "done", 
/**
 * 取引番号.
 */
number: string, 
/**
 * The accounts it moved.
 */
accounts: Array<MovedHere>, 
/**
 * For a void: the number of the use it undid.
 */
voided_number: string | null, 
/**
 * For an issue or a reissue: the ticket.
 */
ticket: TicketOfOperation | null, 
/**
 * For a day close: what it says.
 */
day_close: DayClose | null, 
/**
 * For a merge: its file.
 */
merge: MergeOfOperation | null, } | { "state": "refused", 
/**
 * Why, and what to do now.
 */
failure: Failure, } | { "state": "not_done" };

export type OperationsOfTheDay = { 
/**
 * The Japan date, by the cloud's clock.
 */
date: string, 
/**
 * Newest first.
 */
operations: Array<ListedOperation>, 
/**
 * Uses, voided ones included.
 */
uses: number, 
/**
 * Voids.
 */
voids: number, 
/**
 * Points used less points voided.
 */
points: number, };

export type OtherCard = "felica" | "driving_licence" | "residence_card" | "bank_card" | "passport" | "unknown";

export type PaperLine = { 
/**
 * How it is set.
 */
kind: PaperLineKind, 
/**
 * The text, or the label of a pair. Empty for a rule.
 */
text: string, 
/**
 * The number at the right edge, for pairs.
 */
value: string | null, };

export type PaperLineKind = "title" | "centred" | "boxed" | "text" | "strong" | "pair" | "large_pair" | "sum_pair" | "small_pair" | "note" | "rule";

export type PaperMark = { "mark": "words", 
/**
 * Where they begin.
 */
x: number, 
/**
 * The line they stand on.
 */
baseline: number, 
/**
 * The em.
 */
size: number, 
/**
 * How far they reach.
 */
length: number, 
/**
 * Bold or regular.
 */
bold: boolean, 
/**
 * The words.
 */
words: string, } | { "mark": "bar", 
/**
 * Its left edge.
 */
x: number, 
/**
 * Its upper edge.
 */
y: number, 
/**
 * How wide it is.
 */
width: number, 
/**
 * How high it is.
 */
height: number, } | { "mark": "frame", 
/**
 * Its left edge.
 */
x: number, 
/**
 * Its upper edge.
 */
y: number, 
/**
 * How wide it is.
 */
width: number, 
/**
 * How high it is.
 */
height: number, 
/**
 * How thick its line is.
 */
thickness: number, } | { "mark": "dashes", 
/**
 * Its left end.
 */
x: number, 
/**
 * Its upper edge.
 */
y: number, 
/**
 * How long it is.
 */
width: number, 
/**
 * How thick it is.
 */
height: number, };

export type PaperRoll = "mm80" | "mm58";

export type Period = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
to: string, };

export type PinTries = { 
/**
 * 1 to 3; a locked PIN is a failure.
 */
left: number, };

export type Place = { "state": "unregistered" } | { "state": "registered", 
/**
 * What it is and may do.
 */
profile: TerminalProfile, } | { "state": "barred", 
/**
 * Why, and what to do now.
 */
failure: Failure, 
/**
 * Whether registering anew is what to do now.
 */
may_register: boolean, };

export type PrintedPaper = { "to": "file", 
/**
 * Its path, to be shown.
 */
path: string, 
/**
 * How often this receipt was printed now.
 */
printed: number, } | { "to": "queue", 
/**
 * The printer's name.
 */
printer: string, 
/**
 * How often this receipt was printed now.
 */
printed: number, } | { "to": "paper", 
/**
 * Where the printer is.
 */
printer: string, 
/**
 * How often this receipt was printed now.
 */
printed: number, };

export type PrintedTicket = { "outcome": "printed", 
/**
 * Where its paper is.
 */
paper: PrintedPaper, } | { "outcome": "not_printed", 
/**
 * Why, and what to do now.
 */
failure: Failure, };

export type Printer = { "to": "folder", 
/**
 * The folder's path.
 */
path: string, } | { "to": "queue", 
/**
 * The printer's name.
 */
name: string, } | { "to": "receipt", 
/**
 * The way to it.
 */
connection: PrinterConnection, 
/**
 * The paper in it.
 */
roll: PaperRoll, 
/**
 * Whether it has kanji of its own; one without gets every line as a picture.
 */
kanji: boolean, };

export type PrinterConnection = { "by": "network", 
/**
 * `host:port`; without a port 9100.
 */
address: string, } | { "by": "device", 
/**
 * Its path, `/dev/usb/lp0`.
 */
path: string, } | { "by": "queue", 
/**
 * The printer's name.
 */
name: string, };

export type ReaderExamination = { 
/**
 * What was found.
 */
finding: ReaderFinding, 
/**
 * The part of the way it concerns: those before it are in order, those behind it were not reached.
 */
part: ReadingPart, 
/**
 * How that part is.
 */
mark: FindingMark, 
/**
 * The readers a resident's card can be put on, as the PC/SC service names them.
 */
readers: Array<string>, 
/**
 * The one whose card counts: where a card lies, else the first.
 */
taken: string | null, 
/**
 * Tries left for the PIN, where they were asked for and the card said.
 */
pin_tries_left: number | null, 
/**
 * Another program sits at the port of the bridge (row C4): beside the way to the card, not on it.
 */
port_taken: boolean, 
/**
 * The operating system, which decides how its service is started.
 */
system: OperatingSystem, 
/**
 * What whoever helps on the telephone asks for. Nothing of what is on a card.
 */
technical: Array<TechnicalLine>, };

export type ReaderFinding = { "finding": "service_stopped" } | { "finding": "service_refused" } | { "finding": "no_reader" } | { "finding": "without_driver", 
/**
 * What it calls itself.
 */
name: string, } | { "finding": "no_card" } | { "finding": "card_left_early" } | { "finding": "card_mute" } | { "finding": "card_busy" } | { "finding": "other_card", 
/**
 * What it is.
 */
kind: OtherCard, } | { "finding": "felica_unread" } | { "finding": "ready" } | { "finding": "last_try" } | { "finding": "pin_locked" };

export type ReadingPart = "service" | "reader" | "driver" | "card" | "kind" | "pin";

export type ReceiptPreview = { 
/**
 * Top to bottom.
 */
lines: Array<PaperLine>, 
/**
 * How often it was printed; above 0 the next paper is a 再発行.
 */
printed: number, };

export type RegisterTerminal = { 
/**
 * As typed.
 */
contact: Contact, };

export type RegistrationForm = { 
/**
 * 端末ID, spaced: `1413 0001`.
 */
terminal: string, 
/**
 * The municipality's name.
 */
municipality: string, 
/**
 * The site's name as the municipality wrote it.
 */
site: string, 
/**
 * The ID providers to choose from; empty where none is asked for.
 */
id_providers: Array<IdProviderChoice>, };

export type Monitor = { 
/**
 * What tells it from the others: its model, its size and where it stands, `DELL U2415 1920×1080+1280+0`.
 */
name: string, 
/**
 * Whether the clerk's window is on it.
 */
is_clerks: boolean, };

export type ResidentBalance = { 
/**
 * The currency's name.
 */
currency: string, 
/**
 * What can be used.
 */
points: number, };

export type ResidentScreen = { 
/**
 * The site's name; empty before the terminal is registered.
 */
shop: string, 
/**
 * The language it begins in; the resident can change it on the screen.
 */
language: 'ja' | 'en', 
/**
 * Colours.
 */
theme: Theme, 
/**
 * What it shows.
 */
view: ResidentView, };

export type ResidentStep = { "step": "rest" } | { "step": "card" } | { "step": "reading" } | { "step": "amount", 
/**
 * Whose balances.
 */
visit: number, } | { "step": "confirm", 
/**
 * What is going to be used.
 */
parts: UsePointsArguments, 
/**
 * Where it becomes a ticket: the ticket's last day.
 */
last_day: string | null, 
/**
 * Whether the button was pressed.
 */
sending: boolean, } | { "step": "wait" } | { "step": "done", 
/**
 * Which.
 */
key: string, };

export type ResidentSum = { 
/**
 * The currency's name.
 */
currency: string, 
/**
 * The balance before.
 */
before: number, 
/**
 * What is used, positive.
 */
points: number, 
/**
 * The balance after.
 */
after: number, };

export type ResidentView = { "view": "rest" } | { "view": "card" } | { "view": "reading" } | { "view": "balances", 
/**
 * One per account.
 */
accounts: Array<ResidentBalance>, } | { "view": "ask", 
/**
 * One per account that is used.
 */
sums: Array<ResidentSum>, 
/**
 * Where it becomes a ticket: the ticket's last day.
 */
last_day: string | null, 
/**
 * Whether the answer was given.
 */
sending: boolean, } | { "view": "wait" } | { "view": "done", 
/**
 * One per account that was used.
 */
sums: Array<ResidentSum>, 
/**
 * Where it became a ticket: the ticket's last day.
 */
last_day: string | null, };

export type ResidentWindow = { "shown": "off" } | { "shown": "movable" } | { "shown": "monitor", 
/**
 * Its name, as [`Monitor::name`] says it.
 */
name: string, };

export type HandOver = { "by": "shown" } | { "by": "clipboard" } | { "by": "typed", 
/**
 * The key after it.
 */
end: TypedEnd, 
/**
 * How long to wait between two keys, in milliseconds: 0 to 200.
 */
pause_ms: number, } | { "by": "file", 
/**
 * The folder's path.
 */
folder: string, 
/**
 * The file's name; `{number}`, `{date}` and `{time}` are filled in.
 */
name: string, };

export type HandedOver = { "by": "shown" } | { "by": "clipboard", 
/**
 * For so many seconds, if nothing else takes its place.
 */
for_s: number, } | { "by": "typed" } | { "by": "file", 
/**
 * The folder's path.
 */
folder: string, };

export type ReadCustomerNumberArguments = { 
/**
 * What the scanner typed; without it the FeliCa card on a reader is read.
 */
scanned: NumberShown | null, };

export type CustomerNumberRead = { "read": "number", 
/**
 * 顧客ID.
 */
number: NumberShown, 
/**
 * What the card is called by the description that counts; none = a scan, as it was typed.
 */
card: string | null, } | { "read": "no_card" } | { "read": "other_card" };

export type TypedEnd = "nothing" | "enter" | "tab";

export type TypedNumber = { 
/**
 * Full-width characters and blanks are understood.
 */
number: string, };

export type Settings = { 
/**
 * The cloud's address, `https://…`; plain `http://` only to this PC itself.
 */
cloud_address: string, 
/**
 * The file with the authority that vouches for the cloud; none only for this PC itself.
 */
cloud_authority: string | null, 
/**
 * Where receipts go.
 */
printer: Printer, 
/**
 * Where point tickets go, and on which paper.
 */
ticket_printer: TicketPrinter, 
/**
 * How a number that was looked up reaches the institution's own system.
 */
hand_over: HandOver, 
/**
 * The folders agreed on with shopping streets, one for each street that points are merged into here.
 */
street_folders: Array<StreetFolder>, 
/**
 * Whether paired programs on this PC may ask for a card.
 */
bridge: boolean, 
/**
 * Whether the program starts when its user signs in to the PC, without its window.
 */
start_with_pc: boolean, 
/**
 * The screens' language.
 */
language: 'ja' | 'en', 
/**
 * Text size in percent: 100, 125, 150, 175 or 200.
 */
text_size: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * 0 silent, 1 soft, 2 normal, 3 loud.
 */
sound_volume: number, 
/**
 * The window turned to the resident.
 */
resident_window: ResidentWindow, 
/**
 * Minutes without a key or a touch after which the terminal locks itself: 0 (never), 5, 15, 30, 60.
 */
lock_after_minutes: number, };

export type SheetPrinter = { "to": "folder", 
/**
 * The folder's path.
 */
path: string, } | { "to": "queue", 
/**
 * The printer's name.
 */
name: string, };

export type SignIn = { 
/**
 * Where it stands.
 */
state: SignInState, 
/**
 * 端末ID, spaced: `1413 0001`; filled in, not typed.
 */
terminal: string, 
/**
 * Whether a staff name is asked for.
 */
staff_name: 'no' | 'optional' | 'required', 
/**
 * Who is signed in, where the municipality wants the name and it was given.
 */
signed_in_as: string | null, 
/**
 * Names given here before, the latest first.
 */
names: Array<string>, };

export type SignInState = "not_needed" | "needed" | "locked" | "signed_in";

export type StatementOfPeriod = { 
/**
 * One per currency.
 */
totals: Array<SiteTotal>, 
/**
 * Ascending by time.
 */
lines: Array<SiteStatementLine>, };

export type TechnicalDetail = "service" | "reader" | "usb" | "atr" | "last_fault" | "version";

export type TechnicalLine = { 
/**
 * What it is about.
 */
about: TechnicalDetail, 
/**
 * The detail, in the words of PC/SC.
 */
said: string, };

export type TestTicket = { 
/**
 * Where receipts go.
 */
printer: Printer, 
/**
 * Where tickets go.
 */
ticket_printer: TicketPrinter, };

export type Theme = "light" | "dark" | "contrast";

export type TicketNamed = { 
/**
 * 発券番号.
 */
ticket: string, };

export type TicketOfOperation = { 
/**
 * What its paper shows.
 */
ticket: Ticket, 
/**
 * Whether its number was handed to a printer: then every further paper is a reissue (row E2).
 */
handed_to_printer: boolean, };

export type TicketPreview = { 
/**
 * The paper's width.
 */
width: number, 
/**
 * The paper's height.
 */
height: number, 
/**
 * What is black on it.
 */
marks: Array<PaperMark>, };

export type TicketPrinter = { "on": "roll" } | { "on": "sheets", 
/**
 * Their size.
 */
sheet: TicketSheet, 
/**
 * Where they go.
 */
printer: SheetPrinter, };

export type TicketSeries = { 
/**
 * How many were asked for.
 */
wanted: number, 
/**
 * Those that were issued before this operation, in order.
 */
before: Array<TicketOfOperation>, 
/**
 * Why nothing was sent after this operation, where its own fate does not say so.
 */
ended: Failure | null, };

export type TicketSheet = "a6" | "a4";

export type TicketsOfTheDesk = { 
/**
 * Today, by the cloud's clock.
 */
date: string, 
/**
 * The tickets, as many as are shown.
 */
tickets: Array<ListedTicket>, 
/**
 * How many there are in all.
 */
count: number, };

export type TicketsSought = { 
/**
 * In which list.
 */
which: TicketsListed, 
/**
 * Digits next to each other somewhere in the number, or at the beginning of the points; none = all.
 */
digits: string | null, 
/**
 * In which order, and so which come first.
 */
order: TicketOrder, };

export type TypedPin = { 
/**
 * Four digits.
 */
digits: string, 
/**
 * Whether the resident has said yes to spending the last try.
 */
last_try_agreed: boolean, };

export type TypedSignIn = { 
/**
 * 端末パスワード; full-width letters are understood.
 */
password: string, 
/**
 * 担当者名; empty = none.
 */
staff_name: string, };

export type UsePointsArguments = { 
/**
 * The visit whose balances were on the screen.
 */
visit: number, 
/**
 * What was typed, one part per account with an amount.
 */
parts: Array<VisitPart>, };

export type UsePointsWithPinArguments = { 
/**
 * The visit whose balances were on the screen.
 */
visit: number, 
/**
 * What was typed, one part per account with an amount.
 */
parts: Array<VisitPart>, 
/**
 * The resident's PIN.
 */
pin: TypedPin, };

export type Visit = { 
/**
 * Which visit; counts up. A use names it, so that a card put on meanwhile cannot be charged.
 */
visit: number, 
/**
 * `MY****56`.
 */
masked_mykey_id: string, 
/**
 * The accounts, in the screen's order. Never empty.
 */
accounts: Array<UsableAccount>, 
/**
 * Points that can still be used today without PIN.
 */
left_today: number, 
/**
 * Points per use without PIN.
 */
per_use: number, 
/**
 * Where the street's own card was shown: which street. Points can be merged into it and nothing else be
 * done, within the limits without PIN (row F3).
 */
by_card_of: MergeStreetShown | null, 
/**
 * The last days a ticket issued now may bear (row E1), by the cloud's clock.
 */
ticket_days: Period, };

export type VisitNamed = { 
/**
 * Its number.
 */
visit: number, };

export type VisitPart = { 
/**
 * Which currency.
 */
currency: { book: string, number: number }, 
/**
 * As typed; full-width digits and separators are understood.
 */
typed: string, };

export type CardDescriptionsTried = { 
/**
 * Where the files lie.
 */
folder: string, 
/**
 * What was tried.
 */
tried: WhatWasTried, 
/**
 * The files, in the order in which they are tried.
 */
files: Array<DescriptionTried>, };

export type DescriptionFault = { "wrong": "unreadable" } | { "wrong": "too_many", 
/**
 * So many are read.
 */
most: number, } | { "wrong": "too_large", 
/**
 * The most bytes.
 */
most: number, } | { "wrong": "no_text" } | { "wrong": "no_toml" } | { "wrong": "unknown_word", 
/**
 * The word.
 */
word: string, 
/**
 * Those it might be.
 */
known: Array<string>, } | { "wrong": "missing_word", 
/**
 * The word.
 */
word: string, } | { "wrong": "not_one_source" } | { "wrong": "other_sort", 
/**
 * Whose value.
 */
word: string, 
/**
 * What belongs there.
 */
wanted: SortOfValue, } | { "wrong": "unknown_choice", 
/**
 * Whose value.
 */
word: string, 
/**
 * Those there are.
 */
known: Array<string>, } | { "wrong": "no_code", 
/**
 * Whose value.
 */
word: string, } | { "wrong": "service_needs_key" } | { "wrong": "out_of_range", 
/**
 * Whose value.
 */
word: string, 
/**
 * The smallest.
 */
least: number, 
/**
 * The largest.
 */
most: number, } | { "wrong": "text_length", 
/**
 * Whose value.
 */
word: string, 
/**
 * The most characters.
 */
most: number, } | { "wrong": "check_does_not_fit" };

export type DescriptionSaid = { "said": "card", 
/**
 * What the card is called.
 */
name: string, 
/**
 * Where its number comes from.
 */
source: NumberSource, 
/**
 * What it makes of what was tried.
 */
made: NumberMade, } | { "said": "wrong", 
/**
 * The line, counted from 1.
 */
line: number, 
/**
 * The column, counted from 1.
 */
column: number, 
/**
 * What is wrong.
 */
wrong: DescriptionFault, };

export type DescriptionTried = { 
/**
 * Its name.
 */
file: string, 
/**
 * What it says.
 */
said: DescriptionSaid, };

export type NoNumber = { "why": "other_source" } | { "why": "not_on_this_card" } | { "why": "blank" } | { "why": "other_encoding" } | { "why": "other_symbology" } | { "why": "other_length", 
/**
 * How many characters there are.
 */
found: number, } | { "why": "other_prefix" } | { "why": "wrong_check" } | { "why": "no_customer_number" };

export type NumberMade = { "made": "not_tried" } | { "made": "number", 
/**
 * The customer number.
 */
number: NumberShown, } | { "made": "also_number", 
/**
 * The customer number.
 */
number: NumberShown, } | { "made": "none", 
/**
 * Why not.
 */
why: NoNumber, };

export type NumberShown = string;

export type NumberSource = "felica" | "idm" | "wedge";

export type SortOfValue = "text" | "number" | "yes_or_no" | "part" | "number_or_range";

export type TryCardDescriptions = { 
/**
 * What the scanner typed; without it the card on the reader is read.
 */
scanned: NumberShown | null, };

export type WhatWasTried = { "tried": "nothing" } | { "tried": "card" } | { "tried": "scan" } | { "tried": "unread", 
/**
 * Why not.
 */
failure: Failure, };

export type AskAddressNoticeArguments = { 
/**
 * The visit that is on the screen.
 */
visit: number, 
/**
 * What the resident typed.
 */
password: TypedPassword, };

export type RegisterServiceIdArguments = { 
/**
 * The visit that is on the screen.
 */
visit: number, 
/**
 * As typed or scanned.
 */
number: string, 
/**
 * The number the clerk saw registered, which this one replaces; none = nothing was.
 */
replaces: string | null, };

export type ServiceIdFound = { 
/**
 * Which visit; counts up. A registration names it.
 */
visit: number, 
/**
 * The provider's name (川崎市立図書館).
 */
provider_name: string, 
/**
 * 顧客ID; none = not registered yet.
 */
number: string | null, 
/**
 * How it stands with the person's address notice (row C6).
 */
address_notice: AddressNotice, };

export type ServiceIdRegistered = { 
/**
 * The provider's name.
 */
provider_name: string, 
/**
 * 顧客ID.
 */
number: string, };

export type SigningTries = { 
/**
 * 1 to 5; a locked one is a failure.
 */
left: number, };

export type TypedPassword = { 
/**
 * 6 to 16 letters and digits.
 */
characters: string, 
/**
 * Whether the resident has said yes to spending the last try.
 */
last_try_agreed: boolean, };

export type BridgeShown = { 
/**
 * Whether anybody can ask.
 */
standing: BridgeStanding, 
/**
 * Where: `http://127.0.0.1:24725`.
 */
address: string, 
/**
 * The pairing that was begun, while its code is good.
 */
offered: OfferedPairing | null, 
/**
 * Those that may ask, in the order they were paired.
 */
pairings: Array<PairingShown>, };

export type BridgeStanding = "off" | "open" | "port_taken" | "failed";

export type Learns = "customer_number" | "mykey_id";

export type OfferPairingArguments = { 
/**
 * What the clerk calls it, 1 to 40 characters.
 */
name: string, 
/**
 * A page's origin, `https://library.example.jp`; none = a program on this PC.
 */
origin: string | null, 
/**
 * What it is to learn of a card.
 */
learns: Learns, 
/**
 * Whether it may have the number on a card of the ID provider's own, too.
 */
own_cards: boolean, };

export type OfferedPairing = { 
/**
 * Six digits.
 */
code: string, 
/**
 * What the clerk calls it.
 */
name: string, 
/**
 * A page's origin.
 */
origin: string | null, 
/**
 * What it will learn of a card.
 */
learns: Learns, 
/**
 * Whether it may have the number on a card of the ID provider's own, too.
 */
own_cards: boolean, 
/**
 * How long the code is still good, in seconds.
 */
for_s: number, 
/**
 * How often a wrong one may still be said.
 */
tries_left: number, };

export type PairingNamed = { 
/**
 * Which.
 */
pairing: number, };

export type PairingShown = { 
/**
 * Which.
 */
pairing: number, 
/**
 * What the clerk calls it.
 */
name: string, 
/**
 * A page's origin; none = a program on this PC.
 */
origin: string | null, 
/**
 * What it learns of a card.
 */
learns: Learns, 
/**
 * Whether it may have the number on a card of the ID provider's own, too.
 */
own_cards: boolean, 
/**
 * When it was paired, milliseconds since 1970 (UTC), by this PC's clock.
 */
paired_at_ms: number, 
/**
 * When it last asked for a card, to the minute; none = never.
 */
last_asked_at_ms: number | null, 
/**
 * For how many cards it waits now.
 */
waiting: number, };

export type ActAsked = { "is": "use", 
/**
 * How many points.
 */
points: string, } | { "is": "purchase", 
/**
 * What was paid, without what was paid in points.
 */
yen: string, } | { "is": "ticket", 
/**
 * The ticket's number or its code, typed or scanned.
 */
ticket: string, 
/**
 * What stands on the ticket.
 */
points: string, };

export type AddedMemberId = { 
/**
 * Whose.
 */
member: number, 
/**
 * Which.
 */
id: MemberId, };

export type CardAwaited = { 
/**
 * How long to wait for it, 1 to 120 seconds; the screen counts them.
 */
wait_s: number, };

export type CardCharge = { 
/**
 * The key that came with the member, or that of an open charge.
 */
key: string, 
/**
 * Whose points.
 */
member: number, 
/**
 * How many, as typed; those of an open charge again.
 */
points: string, };

export type CardChargeOpen = { 
/**
 * Under which it is asked for again.
 */
key: string, 
/**
 * How many points left.
 */
points: number, };

export type CardCharged = { 
/**
 * What became of it.
 */
fate: ChargeFate, 
/**
 * What stands in the books.
 */
posting: StreetPosting, };

export type CardOnReader = { "is": "member", 
/**
 * Whose.
 */
member: StreetMember, } | { "is": "nobodys", 
/**
 * It; of a MyKey ID only the end.
 */
id: MemberId, } | { "is": "cancelled" };

export type ChargeFate = "on_the_card" | "undone" | "unclear";

export type CorrectedMemberId = { 
/**
 * The wrong one.
 */
wrong: MemberIdNamed, 
/**
 * The right one, as typed or scanned; it is of the same kind.
 */
right: string, };

export type DropFolderShown = { 
/**
 * Where it is.
 */
folder: string, 
/**
 * How many files wait to be taken in.
 */
waiting: number, 
/**
 * Why it cannot be looked into, or what waits in it not be taken in, if that is so.
 */
failure: Failure | null, 
/**
 * The files in quarantine, newest first, at most a thousand.
 */
set_aside: Array<FileSetAside>, };

export type FileSetAside = { 
/**
 * As it was called in the folder.
 */
name: string, 
/**
 * Why.
 */
verdict: FileVerdict, 
/**
 * 取引済番号, if it is genuine.
 */
number: string | null, 
/**
 * Since when, milliseconds since 1970.
 */
at_ms: number, 
/**
 * The ID it names, if it is genuine; of a MyKey ID only the end.
 */
member_id: MemberId | null, };

export type FileVerdict = "received" | "already_received" | "taken_back" | "unknown_member" | "other_content" | "not_genuine";

export type HistorySought = { 
/**
 * Whose.
 */
member: number, 
/**
 * What happened before this posting; otherwise the last.
 */
before: number | null, };

export type KeySheetNamed = { 
/**
 * Its path.
 */
path: string, };

export type ListedMember = { 
/**
 * Its number in the books.
 */
member: number, 
/**
 * Its first ID.
 */
id: string, 
/**
 * The points.
 */
balance: number, 
/**
 * Since when, milliseconds since 1970.
 */
joined_at_ms: number, };

export type MemberHistory = { 
/**
 * Who.
 */
member: StreetMember, 
/**
 * Newest first, as many as a screen holds.
 */
lines: Array<StreetPosting>, 
/**
 * Whether there are lines before these.
 */
has_earlier: boolean, 
/**
 * What became of the IDs since joining, newest first.
 */
id_changes: Array<MemberIdChange>, };

export type MemberId = { 
/**
 * What it is.
 */
kind: MemberIdKind, 
/**
 * It, whole: the street gave it out. Of a MyKey ID only the end.
 */
id: string, };

export type MemberIdChange = { 
/**
 * What happened.
 */
event: MemberIdEvent, 
/**
 * To which ID, as it is shown.
 */
id: MemberId, 
/**
 * When, milliseconds since 1970.
 */
at_ms: number, };

export type MemberIdEvent = "added" | "removed";

export type MemberIdKind = "point_id" | "mykey_id" | "card";

export type MemberIdNamed = { 
/**
 * Whose.
 */
member: number, 
/**
 * Which, exactly as it was shown: where another stands by now, nothing is changed.
 */
id: MemberId, };

export type MemberNamed = { 
/**
 * Its number.
 */
member: number, };

export type MemberOrder = "newest" | "id" | "balance";

export type MembersListed = { 
/**
 * In the order asked for, as many as a list holds.
 */
members: Array<ListedMember>, 
/**
 * How many fit what was sought.
 */
found: number, 
/**
 * How many members there are.
 */
all: number, };

export type MembersSought = { 
/**
 * A part of an ID; empty = all.
 */
part: string, 
/**
 * In which order.
 */
order: MemberOrder, };

export type MergeFound = { 
/**
 * 取引済番号.
 */
number: string, 
/**
 * Where it stands.
 */
whereabouts: MergeWhereabouts, };

export type MergeKeysTaken = { 
/**
 * How many; the earlier ones go on opening files until a third of their profile comes.
 */
keys: number, };

export type MergeNamed = { 
/**
 * It; full-width digits and blanks are understood.
 */
number: string, };

export type MergeWhereabouts = { "is": "received", 
/**
 * By this posting.
 */
posting: StreetPosting, } | { "is": "booked_back", 
/**
 * By this posting.
 */
posting: StreetPosting, 
/**
 * Whether the answer to the municipality was laid into the folder.
 */
is_answered: boolean, } | { "is": "declined", 
/**
 * Since when, milliseconds since 1970.
 */
at_ms: number, 
/**
 * Whether the answer to the municipality was laid into the folder.
 */
is_answered: boolean, } | { "is": "set_aside", 
/**
 * It.
 */
file: FileSetAside, } | { "is": "unknown" };

export type MergesReceived = { 
/**
 * When, milliseconds since 1970.
 */
at_ms: number, 
/**
 * Each file, as many as a screen holds.
 */
files: Array<ReceivedFile>, 
/**
 * Files whose points were added.
 */
received: number, 
/**
 * Those points.
 */
points: number, 
/**
 * Files that had been received before, whether or not their points were booked back since.
 */
already_received: number, 
/**
 * Files that went into quarantine.
 */
set_aside: number, 
/**
 * Files whose number came before with another record, whether or not they could be moved: an alarm.
 */
other_content: number, 
/**
 * Files that could not be read or moved now and still lie where they lay.
 */
unreadable: number, 
/**
 * What cut the pass short, if anything did; what was taken in before it stands.
 */
failure: Failure | null, };

export type NewStreetPassword = { 
/**
 * The one before.
 */
before: string, 
/**
 * The new one.
 */
password: string, };

export type PostingNamed = { 
/**
 * Its number.
 */
posting: number, };

export type PurchaseSought = { 
/**
 * Yen.
 */
yen: string, };

export type PurchaseWorth = { 
/**
 * What was understood.
 */
yen: number, 
/**
 * How many points; 0 = none.
 */
points: number, };

export type ReceivedFile = { 
/**
 * Its name in the folder.
 */
name: string, 
/**
 * What became of it.
 */
verdict: FileVerdict, 
/**
 * Its points, if it is genuine.
 */
points: number | null, 
/**
 * 取引済番号, if it is genuine.
 */
number: string | null, 
/**
 * The ID it names, if it is genuine; of a MyKey ID only the end.
 */
member_id: MemberId | null, 
/**
 * The member's number in the books, if somebody has the ID.
 */
member: number | null, };

export type SavedHistory = { 
/**
 * Where, to be shown.
 */
path: string, };

export type SoughtMember = { 
/**
 * It.
 */
id: string, };

export type StreetAct = { 
/**
 * The key that came with the member.
 */
key: string, 
/**
 * Whose.
 */
member: number, 
/**
 * What.
 */
act: ActAsked, };

export type StreetCounter = { 
/**
 * Whether this PC is registered, and with which street.
 */
place: StreetPlace, 
/**
 * Whether the password is needed first.
 */
sign_in: SignInState, 
/**
 * The settings.
 */
settings: StreetSettings, 
/**
 * Whether a device is there that charges stored-value cards.
 */
can_charge: boolean, 
/**
 * Whether it can ask Madoguchi on this PC for the card on the reader.
 */
pairing: StreetPairing | null, 
/**
 * The program's version.
 */
version: string, };

export type StreetDay = { 
/**
 * The Japan date, by this PC's clock.
 */
date: string, 
/**
 * Newest first.
 */
postings: Array<StreetPosting>, 
/**
 * Points that came, less what of them was taken back.
 */
came: number, 
/**
 * Points that were used or charged, less what of them was taken back.
 */
went: number, };

export type StreetMember = { 
/**
 * Its number in the books.
 */
member: number, 
/**
 * By which it is known, the point ID first.
 */
ids: Array<MemberId>, 
/**
 * The points.
 */
balance: number, 
/**
 * Since when, milliseconds since 1970.
 */
joined_at_ms: number, 
/**
 * The key of the next act on these points: sent twice it has the effect of one.
 */
key: string, 
/**
 * Charges of which the card has not said what became.
 */
open_charges: Array<CardChargeOpen>, };

export type StreetNotice = { "notice": "received", "content": MergesReceived } | { "notice": "sign_in", "content": SignInState };

export type StreetPairing = { 
/**
 * What the clerk called it in Madoguchi's window.
 */
name: string, 
/**
 * What it learns of a My Number card.
 */
learns: Learns, 
/**
 * Whether it may have the number on the street's own card, too.
 */
own_cards: boolean, 
/**
 * Since when, milliseconds since 1970.
 */
paired_at_ms: number, };

export type StreetPassword = { 
/**
 * It; full-width letters are understood.
 */
password: string, };

export type StreetPlace = { "state": "unregistered" } | { "state": "registered", 
/**
 * Which.
 */
street: StreetShown, } | { "state": "barred", 
/**
 * Why, and what to do now.
 */
failure: Failure, };

export type StreetPosting = { 
/**
 * Its number in the books.
 */
posting: number, 
/**
 * What it was.
 */
kind: StreetPostingKind, 
/**
 * Whose.
 */
member: number, 
/**
 * The member's first ID.
 */
member_id: string, 
/**
 * By how much the balance changed.
 */
change: number, 
/**
 * The balance after it.
 */
balance: number, 
/**
 * When, milliseconds since 1970.
 */
at_ms: number, 
/**
 * What it took back.
 */
voids: number | null, 
/**
 * What took it back.
 */
voided_by: number | null, 
/**
 * 取引済番号 of a merge and of its booking back: by it the municipality knows both.
 */
merge: string | null, 
/**
 * Whether it can be taken back now: a use, a purchase or a ticket of today; a merge always, which is booked
 * back and refunded by the municipality (row F8).
 */
can_be_voided: boolean, };

export type StreetPostingKind = "merge" | "ticket" | "purchase" | "use" | "charge" | "void";

export type StreetRate = { 
/**
 * 1 to 1,000,000.
 */
yen: number, 
/**
 * 1 to 10,000.
 */
points: number, 
/**
 * 0 to 10,000,000.
 */
minimum_yen: number, };

export type StreetRegistration = { 
/**
 * The street's terminal ID as typed.
 */
terminal: string, 
/**
 * The password that goes with it.
 */
password: string, 
/**
 * 商店街識別 as typed.
 */
street: string, 
/**
 * 商店街名.
 */
street_name: string, 
/**
 * Where the key sheet lies (`docs/receiver.md`); empty where the keys are in the credential store already.
 */
key_sheet: string, 
/**
 * The folder agreed on for merge files.
 */
drop_folder: string, 
/**
 * 連絡先. It names no ID provider: the street is one.
 */
contact: Contact, };

export type StreetSettings = { 
/**
 * The folder agreed on for merge files.
 */
drop_folder: string, 
/**
 * Whether it is watched: what comes is taken in by itself.
 */
watch: boolean, 
/**
 * Whether the street keeps MyKey IDs (seed 001 §17 ②): its merges name those, and members join by them.
 */
keeps_mykey_ids: boolean, 
/**
 * How many points a purchase gives.
 */
rate: StreetRate, 
/**
 * Where receipts go.
 */
printer: Printer, 
/**
 * The screens' language.
 */
language: 'ja' | 'en', 
/**
 * Text size in percent: 100, 125, 150, 175 or 200.
 */
text_size: number, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * 0 silent, 1 soft, 2 normal, 3 loud.
 */
sound_volume: number, 
/**
 * Minutes without a key or a touch after which it locks itself: 0 (never), 5, 15, 30, 60.
 */
lock_after_minutes: number, };

export type StreetShown = { 
/**
 * 商店街識別: the ID provider's 6 digits, as the merge files name the street.
 */
id: string, 
/**
 * 商店街名.
 */
name: string, 
/**
 * 店舗名.
 */
shop: string, 
/**
 * The street's terminal ID.
 */
terminal: string, };

export type TypedPairingCode = { 
/**
 * They; full-width digits and blanks are understood.
 */
code: string, };
