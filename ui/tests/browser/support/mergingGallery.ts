/** The screens of merging into a street's points in every state worth looking at, and how a clerk gets there. */
import type { Picture } from './gallery';
import type { Clerk } from './window';

const AT_STREET = 'place=street';

export const toMergeCard = async (clerk: Clerk) => {
  await clerk.sees('service_menu');
  await clerk.press('3');
  await clerk.sees('home');
  await clerk.press('3');
  await clerk.sees('card');
};
export const toMergeAmount = async (clerk: Clerk) => {
  await toMergeCard(clerk);
  await clerk.putsCard();
  await clerk.sees('amount');
};
export const toMergeByStreetCard = async (clerk: Clerk) => {
  await toMergeCard(clerk);
  await clerk.putsCard('felica');
  await clerk.sees('amount');
};
const toUnknownStreetCard = async (clerk: Clerk) => {
  await toMergeCard(clerk);
  await clerk.putsCard('felica');
};
const toStreets = async (clerk: Clerk) => {
  await toMergeCard(clerk);
  await clerk.putsCard();
  await clerk.sees('merge_street');
};
export const toConfirmMerge = async (clerk: Clerk) => {
  await toMergeAmount(clerk);
  await clerk.type('1500');
  await clerk.press('Enter');
  await clerk.sees('confirm_merge');
};
export const merges = async (clerk: Clerk) => {
  await toConfirmMerge(clerk);
  await clerk.press('Enter');
};
export const toMerges = async (clerk: Clerk) => {
  await toMergeCard(clerk);
  await clerk.page.getByRole('button', { name: /合算とファイル|Merges and files/ }).click();
  await clerk.sees('merges');
};

export const MERGING_GALLERY: Picture[] = [
  { name: 'merging-card', screen: 'card', query: AT_STREET, arrive: toMergeCard },
  {
    name: 'merging-street-card-unknown',
    screen: 'card',
    query: `${AT_STREET}&street_card=street_card_unknown`,
    arrive: toUnknownStreetCard,
  },
  { name: 'merging-by-street-card', screen: 'amount', query: AT_STREET, arrive: toMergeByStreetCard },
  { name: 'merging-streets', screen: 'merge_street', query: `${AT_STREET}&streets=two`, arrive: toStreets },
  { name: 'merging-no-number', screen: 'merge_street', query: `${AT_STREET}&streets=no_number`, arrive: toStreets },
  { name: 'merging-no-folder', screen: 'merge_street', query: `${AT_STREET}&streets=no_folder`, arrive: toStreets },
  { name: 'merging-no-street', screen: 'merge_street', query: `${AT_STREET}&streets=none`, arrive: toStreets },
  {
    name: 'merging-streets-failed',
    screen: 'merge_street',
    query: `${AT_STREET}&streets=cloud_unreachable`,
    arrive: toStreets,
  },
  { name: 'merging-amount', screen: 'amount', query: AT_STREET, arrive: toMergeAmount },
  { name: 'merging-confirm', screen: 'confirm_merge', query: AT_STREET, arrive: toConfirmMerge },
  { name: 'merging-result', screen: 'merge_result', query: AT_STREET, arrive: merges },
  {
    name: 'merging-result-not-put',
    screen: 'merge_result',
    query: `${AT_STREET}&put=merge_file_not_put`,
    arrive: merges,
  },
  {
    name: 'merging-folder-unusable',
    screen: 'refused',
    query: `${AT_STREET}&merge=street_folder_unusable`,
    arrive: merges,
  },
  { name: 'merging-list', screen: 'merges', query: AT_STREET, arrive: toMerges },
  { name: 'merging-list-many', screen: 'merges', query: `${AT_STREET}&merges=many`, arrive: toMerges },
  { name: 'merging-list-empty', screen: 'merges', query: `${AT_STREET}&merges=none`, arrive: toMerges },
];
