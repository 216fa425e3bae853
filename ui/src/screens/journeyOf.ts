/** Title, menu number and stops of the journeys that begin with a card: a use, or a ticket. */
import { type CardPurpose, type Model, numberOf } from '../journey/model';
import type { Words } from '../words';

interface CardJourney {
  title: string;
  number: number | undefined;
  stops: string[];
}

export const journeyOf = (purpose: CardPurpose, model: Model, words: Words): CardJourney => {
  const { title, steps } = purpose === 'issue_ticket' ? words.tickets : words.usePoints;
  return { title, number: numberOf(model, purpose), stops: steps };
};

/** Of what was typed: a last day makes it a ticket. */
export const purposeOf = ({ lastDay }: { lastDay: string | null }): CardPurpose =>
  lastDay === null ? 'use_points' : 'issue_ticket';
