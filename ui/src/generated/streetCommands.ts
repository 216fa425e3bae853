// Generated from the wire crate; rewrite with REGENERATE=1 cargo test -p madoguchi-wire

import type * as wire from './types';

export interface StreetCommands {
  open_street: { arguments: null; answer: wire.StreetCounter };
  register_street: { arguments: wire.StreetRegistration; answer: wire.StreetCounter };
  sign_in_to_street: { arguments: wire.StreetPassword; answer: null };
  lock_street: { arguments: null; answer: null };
  look_at_drop_folder: { arguments: null; answer: wire.DropFolderShown };
  receive_merges: { arguments: null; answer: wire.MergesReceived };
  find_merge: { arguments: wire.MergeNamed; answer: wire.MergeFound };
  decline_merge: { arguments: wire.MergeNamed; answer: wire.MergeFound };
  answer_merge_again: { arguments: wire.MergeNamed; answer: wire.MergeFound };
  join_set_aside: { arguments: wire.MergeNamed; answer: wire.StreetMember };
  find_member: { arguments: wire.SoughtMember; answer: wire.StreetMember };
  join_member: { arguments: wire.SoughtMember; answer: wire.StreetMember };
  read_member_card: { arguments: wire.CardAwaited; answer: wire.CardOnReader };
  cancel_card: { arguments: null; answer: null };
  join_by_card: { arguments: null; answer: wire.StreetMember };
  add_member_id: { arguments: wire.AddedMemberId; answer: wire.StreetMember };
  add_id_of_card: { arguments: wire.MemberNamed; answer: wire.StreetMember };
  correct_member_id: { arguments: wire.CorrectedMemberId; answer: wire.StreetMember };
  remove_member_id: { arguments: wire.MemberIdNamed; answer: wire.StreetMember };
  show_member: { arguments: wire.HistorySought; answer: wire.MemberHistory };
  list_members: { arguments: wire.MembersSought; answer: wire.MembersListed };
  save_member_history: { arguments: wire.MemberNamed; answer: wire.SavedHistory };
  worth_of_purchase: { arguments: wire.PurchaseSought; answer: wire.PurchaseWorth };
  act_on_points: { arguments: wire.StreetAct; answer: wire.StreetPosting };
  void_posting: { arguments: wire.PostingNamed; answer: wire.StreetPosting };
  book_back: { arguments: wire.PostingNamed; answer: wire.StreetPosting };
  charge_card: { arguments: wire.CardCharge; answer: wire.CardCharged };
  list_street_day: { arguments: null; answer: wire.StreetDay };
  preview_street_receipt: { arguments: wire.PostingNamed; answer: wire.ReceiptPreview };
  print_street_receipt: { arguments: wire.PostingNamed; answer: wire.PrintedPaper };
  save_street_settings: { arguments: wire.StreetSettings; answer: wire.StreetSettings };
  list_street_printers: { arguments: null; answer: Array<string> };
  print_street_test_paper: { arguments: wire.Printer; answer: null };
  show_street_contact: { arguments: null; answer: wire.Contact };
  change_street_contact: { arguments: wire.Contact; answer: wire.StreetCounter };
  change_street_password: { arguments: wire.NewStreetPassword; answer: null };
  take_merge_keys: { arguments: wire.KeySheetNamed; answer: wire.MergeKeysTaken };
  pair_with_madoguchi: { arguments: wire.TypedPairingCode; answer: wire.StreetCounter };
  forget_pairing: { arguments: null; answer: wire.StreetCounter };
  leave_street: { arguments: null; answer: null };
}
