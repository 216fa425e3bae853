/**
 * The counter as it runs: holds the journey's model, carries out what each step asks for, and brings
 * answers and notices back as events. The one place where journey, program and sounds meet.
 */
import type { Backend, CommandName } from './backend';
import { asFailure } from './backend';
import type { Call, CounterEvent, Effect } from './journey/events';
import { beforeOpening, type Model } from './journey/model';
import { step } from './journey/step';
import { play } from './sound/sound';
import type { Notice } from './generated/types';
import type { Language } from './words';
import { isoDay } from './words/numbers';

/** What is said about the card, the last operation and scans arrives in the order in which it was said. */
const ORDERED: ReadonlySet<CommandName> = new Set([
  'expect_card',
  'leave_visit',
  'acknowledge_last_operation',
  'scan_ticket',
]);

/** A reading that lasts longer is shown. */
const READING_MS = 60;

export class RunningCounter {
  #model = $state.raw() as Model;
  readonly #backend: Backend;
  /** Shows that a card is being read, where that takes a while. */
  #reading: ReturnType<typeof setTimeout> | undefined;
  /** Ends when the last of the ordered commands was answered. */
  #ordered: Promise<void> = Promise.resolve();

  constructor(backend: Backend, language: Language) {
    this.#backend = backend;
    this.#model = beforeOpening(isoDay(Date.now()), language);
  }

  get model(): Model {
    return this.#model;
  }

  /** Hears notices before asking for everything, so that none falls in between; ends with the answer. */
  async open(): Promise<void> {
    await this.#backend.hear((notice) => this.#told(notice));
    await this.#run({ command: 'open_counter', args: null });
  }

  send(event: CounterEvent): void {
    const { model, effects } = step(this.#model, event);
    this.#model = model;
    for (const effect of effects) this.#carryOut(effect);
  }

  /** Says that a visit's balances stand on the screen. */
  painted(visit: number): void {
    this.#carryOut({ effect: 'call', command: 'visit_painted', args: visit });
  }

  /** A reading that is over at once has no screen: nobody could read it, and the balances would wait for it. */
  #told(notice: Notice): void {
    if (notice.notice === 'card') clearTimeout(this.#reading);
    const tell = () => this.send({ type: 'told', notice });
    if (notice.notice === 'card' && notice.content.state === 'reading') this.#reading = setTimeout(tell, READING_MS);
    else tell();
  }

  #carryOut(effect: Effect): void {
    if (effect.effect === 'sound') play(effect.mark, this.#model.settings.sound_volume);
    else if (ORDERED.has(effect.command)) this.#ordered = this.#ordered.then(() => this.#run(effect));
    else void this.#run(effect);
  }

  async #run({ command, args }: Call): Promise<void> {
    // Command and arguments belong together by `Call`; the compiler cannot follow them through a union.
    const asked = { command, args };
    try {
      const answer = await this.#backend.call(command, args as never);
      this.send({ type: 'answered', ...asked, answer } as CounterEvent);
    } catch (thrown) {
      this.send({ type: 'failed', ...asked, failure: asFailure(thrown) } as CounterEvent);
    }
  }
}
