/**
 * Screens that are not on the way from the first one to a painted balance. Loaded beside the first
 * screen, not before it, so that the window opens fast.
 */
export { default as Barred } from './Barred.svelte';
export { default as Card } from './Card.svelte';
export { default as CardDescriptions } from './CardDescriptions.svelte';
export { default as ClearingSites } from './ClearingSites.svelte';
export { default as Confirm } from './Confirm.svelte';
export { default as ConfirmClose } from './ConfirmClose.svelte';
export { default as ConfirmIssue } from './ConfirmIssue.svelte';
export { default as ConfirmServiceId } from './ConfirmServiceId.svelte';
export { default as ConfirmTicket } from './ConfirmTicket.svelte';
export { default as ConfirmVoid } from './ConfirmVoid.svelte';
export { default as Contact } from './Contact.svelte';
export { default as Day } from './Day.svelte';
export { default as DayClosed } from './DayClosed.svelte';
export { default as Display } from './Display.svelte';
export { default as FoundLater } from './FoundLater.svelte';
export { default as Help } from './Help.svelte';
export { default as LastDay } from './LastDay.svelte';
export { default as LastOperation } from './LastOperation.svelte';
export { default as PhonePin } from './PhonePin.svelte';
export { default as PileCheck } from './PileCheck.svelte';
export { default as PileDone } from './PileDone.svelte';
export { default as Pin } from './Pin.svelte';
export { default as Programs } from './Programs.svelte';
export { default as ReaderDoctor } from './ReaderDoctor.svelte';
export { default as Receipt } from './Receipt.svelte';
export { default as Refused } from './Refused.svelte';
export { default as Register } from './Register.svelte';
export { default as Registered } from './Registered.svelte';
export { default as Result } from './Result.svelte';
export { default as Scanning } from './Scanning.svelte';
export { default as ScannerTest } from './ScannerTest.svelte';
export { default as Scans } from './Scans.svelte';
export { default as ServiceId } from './ServiceId.svelte';
export { default as ServiceIdNumber } from './ServiceIdNumber.svelte';
export { default as ServiceIdRegistered } from './ServiceIdRegistered.svelte';
export { default as Settings } from './Settings.svelte';
export { default as SignIn } from './SignIn.svelte';
export { default as TicketResult } from './TicketResult.svelte';
export { default as Tickets } from './Tickets.svelte';
export { default as TakeBack } from './TakeBack.svelte';
export { default as Totals } from './Totals.svelte';
export { default as Training } from './Training.svelte';
export { default as TypedTicket } from './TypedTicket.svelte';
export { default as Voidable } from './Voidable.svelte';
