/**
 * Keys.
 *
 * A held Enter would press the next screen's button as soon as that screen is there. So an Enter counts
 * once per press: until it was released, further ones do nothing, on any screen.
 */
export function holdBackHeldEnter(window: Window): void {
  let held = false;
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter') return;
      if (held || event.repeat) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      held = true;
    },
    { capture: true },
  );
  window.addEventListener('keyup', (event) => (held = event.key === 'Enter' ? false : held), { capture: true });
  window.addEventListener('blur', () => (held = false));
}

/** What each key does on a screen. */
export type Keys = Partial<Record<string, () => void>>;

const has = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** Does what the pressed key means here, unless the focused control has its own use for it. */
export function press(keys: Keys, event: KeyboardEvent): void {
  // 229: the Enter that ends a composition in WebKit, which no longer says that it is composing.
  if (
    event.defaultPrevented ||
    event.isComposing ||
    event.keyCode === 229 ||
    event.ctrlKey ||
    event.altKey ||
    event.metaKey
  )
    return;
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  const takenByControl =
    event.key === 'Enter'
      ? has(event.target, 'button, a, select, textarea')
      : event.key.length === 1 && has(event.target, 'input:not([type="radio"]), select, textarea');
  if (takenByControl) return;
  event.preventDefault();
  action();
}
