/** The field with the focus, as it was before a scan went into it. */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NOT_TYPED_INTO = ['radio', 'checkbox', 'button', 'submit', 'range', 'color', 'file'];

function fieldWithFocus(page: Document): Field | null {
  const element = page.activeElement;
  if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) return element;
  return element instanceof HTMLInputElement && !NOT_TYPED_INTO.includes(element.type) ? element : null;
}

/** Whether characters go into what has the focus. */
export const takesCharacters = (page: Document): boolean => fieldWithFocus(page) !== null;

/**
 * What brings every field of the page back to how it is now: keys that a busy page passed on too early may have gone
 * into another one than the one with the focus.
 */
export function remember(page: Document): (isComposing: boolean) => void {
  const withFocus = fieldWithFocus(page);
  const others = [...page.querySelectorAll<Field>('input, textarea')].filter((field) => field !== withFocus);
  const bringBack = others.map(rememberField);
  const bringBackWithFocus = withFocus ? rememberComposed(withFocus) : () => undefined;
  return (isComposing) => {
    for (const back of bringBack) back();
    bringBackWithFocus(isComposing);
  };
}

/** What brings a field back that a composition may have changed. */
function rememberComposed(field: Field): (isComposing: boolean) => void {
  const bringBack = rememberField(field);
  return (isComposing) => {
    if (isComposing) {
      // Losing the focus ends a composition; what it leaves behind may come a moment later.
      field.addEventListener('compositionend', bringBack, { once: true });
      field.blur();
      field.focus({ preventScroll: true });
      setTimeout(bringBack);
    }
    bringBack();
  };
}

function rememberField(field: Field): () => void {
  const { value } = field;
  const caret = field instanceof HTMLSelectElement ? null : field.selectionStart;
  return () => {
    if (!field.isConnected || field.value === value) return;
    field.value = value;
    if (caret !== null && !(field instanceof HTMLSelectElement)) field.setSelectionRange(caret, caret);
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    if (field instanceof HTMLSelectElement) field.dispatchEvent(new Event('change', { bubbles: true }));
  };
}
