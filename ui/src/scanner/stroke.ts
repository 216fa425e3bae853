/**
 * A key as the recogniser sees it, whatever the input method made of it.
 *
 * With a Japanese input method on, a page gets `Process` (key code 229) in the place of every key and the
 * text by composition; the physical key (`code`) still says what a scanner meant.
 */
export interface Stroke {
  /** When the key went down, in milliseconds. */
  atMs: number;
  /** The key's name; of a character the character itself. */
  key: string;
  /** What the key stands for in a text; `null` for a key that stands for nothing there. */
  character: string | null;
  /** Held down, not pressed anew. */
  repeated: boolean;
}

export type KeyDown = Pick<
  KeyboardEvent,
  'key' | 'code' | 'timeStamp' | 'repeat' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'
>;

/** Keys that stand alike on Japanese and other keyboards, as far as codes on cards and tickets need them. */
const BY_PHYSICAL_KEY: Record<string, string> = {
  Minus: '-',
  NumpadSubtract: '-',
  Period: '.',
  NumpadDecimal: '.',
  Space: ' ',
};

/** Keys that are only held while others are pressed: of no matter for a rhythm. */
const MODIFIERS = ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'AltGraph'];

/** `null` for a key that neither goes on with a run nor ends it. */
export function strokeOf(event: KeyDown): Stroke | null {
  if (MODIFIERS.includes(event.key)) return null;
  const key = event.key === 'Process' || event.key === 'Unidentified' ? physicalKey(event) : event.key;
  return { atMs: event.timeStamp, key, character: characterOf(event, key), repeated: event.repeat };
}

function characterOf(event: KeyDown, key: string): string | null {
  if (event.altKey || event.metaKey) return null;
  if ([...key].length !== 1) return null;
  // Scanners send control characters as Ctrl and a letter: STX is Ctrl+B (ASCII, C0).
  if (event.ctrlKey) return /^[a-z]$/i.test(key) ? String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f) : null;
  return key;
}

/** The character or key's name by the key's place. */
function physicalKey({ code, shiftKey }: KeyDown): string {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  if (code === 'NumpadEnter') return 'Enter';
  return BY_PHYSICAL_KEY[code] ?? code;
}
