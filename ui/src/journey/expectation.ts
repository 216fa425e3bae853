/** What the window wants from the next card follows from where it stands. */
import type { CardExpectation } from '../generated/types';
import { awaitsNextCustomer, cardPurposeOf, mayDo, type Model } from './model';

/**
 * `none` also while an operation's fate is open: no other may be begun; and while the clerk looks at the
 * reader, so that a card put on to be examined begins nothing.
 */
export function expectationOf(model: Model): CardExpectation {
  const looksAtReader = model.aside?.at === 'reader_doctor' && model.aside.by === 'clerk';
  // No points move: an open fate is in nobody's way.
  if (model.task.at === 'service_id_card') {
    if (looksAtReader) return 'none';
    return model.task.act === 'look_up_service_id' ? model.task.asksFor : 'service_id_now';
  }
  if (model.task.at === 'service_id') return awaitsNextCustomer(model) ? 'next_service_id' : 'none';
  if (looksAtReader || model.last?.state.state === 'checking') return 'none';
  if (model.task.at === 'card') return mayDo(model, model.task.purpose) ? model.task.asksFor : 'none';
  if (cardPurposeOf(model) === null) return 'none';
  return model.task.at === 'home' && model.aside === null ? 'next_card' : 'none';
}
