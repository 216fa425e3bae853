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

/** What brings the field with the focus back to how it is now. */
export function remember(page: Document): (isComposing: boolean) => void {
  const field = fieldWithFocus(page);
  if (!field) return () => undefined;
  const { value } = field;
  const caret = field instanceof HTMLSelectElement ? null : field.selectionStart;
  const bringBack = () => {
    if (!field.isConnected || field.value === value) return;
    field.value = value;
    if (caret !== null && !(field instanceof HTMLSelectElement)) field.setSelectionRange(caret, caret);
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    if (field instanceof HTMLSelectElement) field.dispatchEvent(new Event('change', { bubbles: true }));
  };
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
