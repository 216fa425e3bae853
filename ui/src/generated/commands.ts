// Generated from the wire crate; rewrite with REGENERATE=1 cargo test -p madoguchi-wire

import type * as wire from './types';

export interface Commands {
  open_counter: { arguments: null; answer: wire.Counter };
  begin_registration: { arguments: wire.BeginRegistration; answer: wire.RegistrationForm };
  register_terminal: { arguments: wire.RegisterTerminal; answer: wire.TerminalProfile };
  sign_in: { arguments: wire.TypedSignIn; answer: null };
  lock: { arguments: null; answer: null };
  expect_card: { arguments: wire.CardExpectation; answer: null };
  examine_reader: { arguments: wire.ExamineReaderArguments; answer: wire.ReaderExamination };
  leave_visit: { arguments: null; answer: null };
  use_points: { arguments: wire.UsePointsArguments; answer: wire.LastOperation };
  begin_pin: { arguments: wire.VisitNamed; answer: wire.PinTries };
  use_points_with_pin: { arguments: wire.UsePointsWithPinArguments; answer: wire.LastOperation };
  read_with_pin: { arguments: wire.TypedPin; answer: null };
  void_use: { arguments: wire.OperationNamed; answer: wire.LastOperation };
  resolve_last_operation: { arguments: null; answer: wire.LastOperation };
  acknowledge_last_operation: { arguments: null; answer: null };
  issue_ticket: { arguments: wire.IssueTicketArguments; answer: wire.LastOperation };
  issue_ticket_with_pin: { arguments: wire.IssueTicketWithPinArguments; answer: wire.LastOperation };
  reissue_ticket: { arguments: wire.TicketNamed; answer: wire.LastOperation };
  void_ticket: { arguments: wire.TicketNamed; answer: wire.LastOperation };
  list_tickets: { arguments: wire.TicketsListed; answer: wire.TicketsOfTheDesk };
  print_ticket: { arguments: wire.OperationNamed; answer: wire.PrintedTicket };
  preview_ticket: { arguments: wire.IssueTicketArguments; answer: wire.TicketPreview };
  preview_day: { arguments: null; answer: wire.DayClose };
  close_day: { arguments: null; answer: wire.LastOperation };
  list_day_closes: { arguments: null; answer: Array<wire.DayCloseShown> };
  print_day_close: { arguments: wire.DayCloseNamed; answer: wire.PrintedPaper };
  list_operations: { arguments: null; answer: wire.OperationsOfTheDay };
  site_statement: { arguments: wire.Period; answer: wire.StatementOfPeriod };
  preview_receipt: { arguments: wire.OperationNamed; answer: wire.ReceiptPreview };
  print_receipt: { arguments: wire.OperationNamed; answer: wire.PrintedPaper };
  look_at_clearing: { arguments: null; answer: wire.Clearing };
  list_clearing_sites: { arguments: null; answer: wire.ClearingSites };
  open_pile: { arguments: wire.StampOf; answer: wire.Pile };
  scan_ticket: { arguments: wire.ScannedText; answer: wire.ScanHeard };
  look_up_ticket: { arguments: wire.ScannedText; answer: wire.TicketLookedUp };
  take_back_scan: { arguments: wire.ScanNamed; answer: wire.ScanTold };
  finish_pile: { arguments: null; answer: wire.Pile };
  print_pile: { arguments: wire.PileOfSite; answer: wire.PrintedPaper };
  acknowledge_found_later: { arguments: null; answer: null };
  check_customer_number: { arguments: wire.TypedNumber; answer: wire.TypedNumber };
  register_service_id: { arguments: wire.RegisterServiceIdArguments; answer: wire.ServiceIdRegistered };
  hand_over_service_id: { arguments: wire.VisitNamed; answer: wire.HandedOver };
  try_hand_over: { arguments: wire.HandOver; answer: wire.HandedOver };
  save_settings: { arguments: wire.Settings; answer: wire.Settings };
  list_printers: { arguments: null; answer: Array<string> };
  print_test_paper: { arguments: wire.Printer; answer: null };
  print_test_ticket: { arguments: wire.TestTicket; answer: null };
  try_card_descriptions: { arguments: wire.TryCardDescriptions; answer: wire.CardDescriptionsTried };
  open_card_descriptions: { arguments: null; answer: null };
  list_monitors: { arguments: null; answer: Array<wire.Monitor> };
  show_resident: { arguments: wire.ResidentStep; answer: null };
  visit_painted: { arguments: number; answer: null };
}
