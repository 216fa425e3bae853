/** The way into training. In training every screen of the gallery is looked at once more. */
import type { Picture } from './gallery';
import type { Clerk } from './window';

export const toTraining = async (clerk: Clerk) => {
  await clerk.sees('home');
  await clerk.page.getByRole('button', { name: /^設定$|^Settings$/ }).click();
  await clerk.page.getByRole('button', { name: /^訓練をする$|^Practise$/ }).click();
};

export const TRAINING_GALLERY: Picture[] = [
  { name: 'training-start', screen: 'training', arrive: toTraining },
  {
    name: 'training-not-started',
    screen: 'training',
    query: 'start_training=operation_unresolved',
    arrive: async (clerk) => {
      await toTraining(clerk);
      await clerk.sees('training');
      await clerk.press('Enter');
      await clerk.page.getByText('P-313').waitFor();
    },
  },
];
