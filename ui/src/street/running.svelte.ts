/** The street's counter as it runs: the journey's model, and each step's effects carried out. */
import { asFailure } from '../backend/backend';
import type { StreetBackend } from '../backend/street';
import { play } from '../sound/sound';
import type { Call, Effect, StreetEvent } from './journey/events';
import { BEFORE_OPENING, type Model } from './journey/model';
import { step } from './journey/step';

export class RunningStreet {
  #model = $state.raw(BEFORE_OPENING) as Model;
  readonly #backend: StreetBackend;

  constructor(backend: StreetBackend) {
    this.#backend = backend;
  }

  get model(): Model {
    return this.#model;
  }

  /** Hears notices before asking for everything, so that none falls in between. */
  async open(): Promise<void> {
    await this.#backend.hear((notice) => this.send({ type: 'told', notice }));
    await this.#run({ command: 'open_street', args: null });
  }

  send(event: StreetEvent): void {
    const { model, effects } = step(this.#model, event);
    this.#model = model;
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: Effect): void {
    if (effect.effect === 'sound') play(effect.mark, this.#model.counter?.settings.sound_volume ?? 0);
    else void this.#run(effect);
  }

  async #run({ command, args }: Call): Promise<void> {
    // Command and arguments belong together by `Call`; the compiler cannot follow them through a union.
    const asked = { command, args };
    try {
      const answer = await this.#backend.call(command, args as never);
      this.send({ type: 'answered', ...asked, answer } as StreetEvent);
    } catch (thrown) {
      this.send({ type: 'failed', ...asked, failure: asFailure(thrown) } as StreetEvent);
    }
  }
}
