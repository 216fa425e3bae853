/**
 * Screens that are not on the way from card to receipt. Loaded beside the first screen, not before it, so
 * that the window opens fast.
 */
export { default as ConfirmVoid } from './ConfirmVoid.svelte';
export { default as Contact } from './Contact.svelte';
export { default as Display } from './Display.svelte';
export { default as Help } from './Help.svelte';
export { default as Pin } from './Pin.svelte';
export { default as PhonePin } from './PhonePin.svelte';
export { default as ReaderDoctor } from './ReaderDoctor.svelte';
export { default as Register } from './Register.svelte';
export { default as Registered } from './Registered.svelte';
export { default as ScannerTest } from './ScannerTest.svelte';
export { default as Settings } from './Settings.svelte';
export { default as Totals } from './Totals.svelte';
export { default as Voidable } from './Voidable.svelte';
