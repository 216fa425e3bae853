/** Title, menu number and stops of the journeys in which a card is awaited. */
import { type Amounts, type CardPurpose, type Model, numberOf, type ServiceIdWanted } from '../journey/model';
import type { Words } from '../words';

interface CardJourney {
  title: string;
  number: number | undefined;
  stops: string[];
  /** The stop at which the card is awaited. */
  atCard: number;
}

export const journeyOf = (purpose: CardPurpose | ServiceIdWanted['act'], model: Model, words: Words): CardJourney => {
  const number = numberOf(model, purpose);
  const { menu, lookUpSteps, registerSteps } = words.serviceIds;
  if (purpose === 'look_up_service_id') return { title: menu.lookUp, number, stops: lookUpSteps, atCard: 0 };
  if (purpose === 'register_service_id') return { title: menu.register, number, stops: registerSteps, atCard: 1 };
  const { title, steps } = wordsOf(purpose, words);
  return { title, number, stops: steps, atCard: 0 };
};

const wordsOf = (purpose: CardPurpose, words: Words) =>
  ({ use_points: words.usePoints, issue_ticket: words.tickets, merge_points: words.merging })[purpose];

/** Of what was typed: a last day makes it a ticket, a street a merge. */
export const purposeOf = ({ lastDay, street }: Pick<Amounts, 'lastDay' | 'street'>): CardPurpose =>
  street !== null ? 'merge_points' : lastDay === null ? 'use_points' : 'issue_ticket';
