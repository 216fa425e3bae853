/** 読取装置を調べる, in English. */
import type { Words } from './ja';

export const readerDoctor: Words['readerDoctor'] = {
  title: 'Reader check',
  open: 'Check the reader',
  route: 'The way to the card',
  examining: 'Checking the reader',
  parts: {
    service: { name: 'Card service', ok: 'Running', off: 'Being checked' },
    reader: { name: 'Reader', ok: 'Found', off: 'Checked once the service runs' },
    driver: { name: 'The reader’s driver', ok: 'Works with PC/SC', off: 'Checked once a reader is found' },
    card: { name: 'Card', ok: 'On the reader', off: 'Checked once the reader works' },
    kind: { name: 'Kind of card', ok: 'My Number card', off: 'Checked once a card is put on' },
    pin: { name: 'PIN tries left', ok: 'Not checked yet', off: 'Checked once a card is put on' },
  },
  found: {
    service_stopped: 'Not running',
    service_refused: 'Not allowed',
    no_reader: 'Not found',
    without_driver: 'Missing',
    no_card: 'None on the reader',
    card_left_early: 'Lifted too early',
    card_mute: 'No answer',
    card_busy: 'In use by another program',
    other_card: 'Not a My Number card',
    felica_unread: 'The FeliCa number cannot be read',
    ready: 'Not checked yet',
    last_try: 'Authentication PIN (4 digits): 1 left',
    pin_locked: 'Authentication PIN (4 digits): locked',
  },
  portTaken: {
    say: 'Another program occupies the port for other programs',
    now: 'Reading cards here is not concerned. A library system cannot ask for numbers until that program ends; otherwise please tell the PC’s administrator.',
  },
  triesLeft: (tries) => `Authentication PIN (4 digits): ${tries} left`,
  manyReaders: (count) => `${count} readers. The one the card is put on is used`,
  say: {
    service_stopped: 'The card service is not running',
    service_refused: 'This user may not use the reader',
    no_reader: 'No reader is connected to this PC',
    without_driver: 'The reader’s driver is missing',
    no_card: 'The reader works',
    card_left_early: 'The card was lifted before reading ended',
    card_mute: 'The card does not answer',
    card_busy: 'Another program is using the card',
    felica_unread: 'This reader cannot read the number on FeliCa cards',
    ready: 'This card can be read',
    last_try: 'It can be read. The PIN has one try left',
    pin_locked: 'It can be read. The PIN is locked',
  },
  sayOther: {
    felica: 'This is a transit, e-money or members’ card',
    driving_licence: 'This is a driving licence',
    residence_card: 'This is a residence card',
    bank_card: 'This is a bank or credit card',
    passport: 'This is a passport',
    unknown: 'This does not seem to be a My Number card',
  },
  todo: {
    service_stopped_linux: [
      { what: 'Restart the PC and open this program again', note: 'It then tells you about the last operation.' },
      {
        what: 'If it continues, tell the PC’s administrator',
        note: 'For administrators: install pcscd and run systemctl enable --now pcscd.socket.',
      },
    ],
    service_stopped_windows: [
      { what: 'Plug the reader’s USB cable in again', note: 'The service starts by itself with a reader.' },
      { what: 'Restart the PC and open this program again', note: 'It then tells you about the last operation.' },
      {
        what: 'If it continues, tell the PC’s administrator',
        note: 'For administrators: start the service “Smart Card” (SCardSvr).',
      },
    ],
    service_refused: [
      { what: 'Sign in to the PC as the usual user', note: 'From afar the reader may not be usable.' },
      {
        what: 'Ask the PC’s administrator for permission',
        note: 'For administrators: on Linux it is polkit, org.debian.pcsc-lite.',
      },
    ],
    no_reader: [
      { what: 'Unplug the USB cable, wait 5 seconds, plug it in' },
      { what: 'Try another socket', note: 'Please leave out any extension cable.' },
      {
        what: 'If its lamp stays dark, the reader is broken',
        note: 'Use a spare one, or ask the municipality.',
      },
    ],
    without_driver: [
      {
        what: 'Ask the PC’s administrator for the driver',
        note: 'Tell them the reader’s model and what stands under “Details”.',
      },
      { what: 'If there is a spare reader, use that', note: 'The other one may stay plugged in.' },
    ],
    no_card: [{ what: 'Put a card on to have it checked', note: 'It reads best outside a wallet or case.' }],
    card_left_early: [
      { what: 'Put the card back and leave it there', note: 'Reading usually takes a second.' },
      { what: 'If it slips off again, take it out of its case' },
    ],
    card_mute: [
      {
        what: 'Check which way it lies and put it on again',
        note: 'Into a slot it goes with the gold contacts first, all the way.',
      },
      { what: 'Take it out of its case, one card alone', note: 'Cards on top of each other cannot be read.' },
      { what: 'Try another card', note: 'If that one can be read, the first card is broken.' },
    ],
    card_busy: [
      { what: 'Close other programs that use the card', note: 'Such as the JPKI client or a browser.' },
      { what: 'If it continues, restart the PC' },
    ],
    other_card: [
      {
        what: 'Ask the customer for the My Number card',
        note: 'Nothing but its kind was read from this card.',
      },
      { what: 'Put the My Number card on' },
    ],
    felica_unread: [
      { what: 'Scan the bar code, if there is one', note: 'My Number cards can be read on this reader.' },
      {
        what: 'Tell support the name of the reader',
        note: 'It stands under “Details”.',
      },
    ],
    ready: [{ what: 'Go back to the work in hand', note: 'Both the reader and the card work.' }],
    last_try: [
      { what: 'Ask the customer whether they are sure of it', note: 'One more mistake locks this PIN.' },
      {
        what: 'If not, leave the PIN out',
        note: 'It can be reset at the customer’s municipal office.',
      },
    ],
    pin_locked: [
      {
        what: 'Tell the customer about their municipal office',
        note: 'After several mistakes this PIN is locked; it is reset there.',
      },
    ],
  },
  heals: {
    waiting: 'This screen changes by itself once it works.',
    back: 'Going back in a moment.',
    without_pin: 'Balances and small uses need no PIN and still work.',
  },
  stillWorks: 'Voids, totals and today’s receipts need no reader.',
  askTries: 'PIN tries left',
  automatic: (time) => `Checking by itself, last at ${time}`,
  now: 'Check now',
  more: 'Details',
  less: 'What was found',
  moreSay: 'Please read this out when you ask for help',
  details: {
    service: 'Card service',
    reader: 'Reader',
    usb: 'On the USB',
    atr: 'The card’s ATR',
    last_fault: 'Last failure',
    version: 'Version',
  },
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'It could not be copied. Please read it out.',
};
