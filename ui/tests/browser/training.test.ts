/** 訓練: the way in and out, and the mark on every screen, the clerk's and the resident's. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isForEveryone } from './support/everyone';
import { arriveAt, GALLERY } from './support/gallery';
import { RESIDENT_VIEWS } from './support/residents';
import { toTraining } from './support/trainingGallery';
import { FULL, windows, ZOOMED } from './support/window';

const open = windows();
const openResidents = windows('resident.html');

/** Each screen once, as far as it is reached in training: the way into it is not. */
const SCREENS = GALLERY.filter(
  ({ screen }, index) => screen !== 'training' && GALLERY.findIndex((picture) => picture.screen === screen) === index,
);
/** The bar is one and the same on every screen: for everyone it is where it meets the menu, a form, a result. */
const FOR_EVERYONE = SCREENS.filter(({ screen }) => ['home', 'settings', 'amount', 'result'].includes(screen));

test('the counter is left for training after a page that says what it is', async () => {
  const clerk = await open();
  await toTraining(clerk);
  await clerk.sees('training');
  expect(await clerk.reads()).toContain('本物のポイントは動きません');
  await clerk.press('Enter', 'Enter');
  expect(await clerk.heard('start_training')).toHaveLength(1);
  expect(await clerk.page.locator('aside.training').count()).toBe(0);
});

test('while an operation is open nobody leaves for training, and the page says why', async () => {
  const clerk = await open('start_training=operation_unresolved');
  await toTraining(clerk);
  await clerk.press('Enter');
  await clerk.page.getByText('P-313').waitFor();
  await clerk.press('Escape');
  await clerk.sees('home');
});

test('the bar ends training by keyboard, from any screen, and training offers no second way in', async () => {
  const clerk = await open('training');
  await clerk.sees('home');
  expect(await clerk.page.title()).toMatch(/^訓練｜/);
  await clerk.page.getByRole('button', { name: /設定$/ }).click();
  await clerk.sees('settings');
  expect(await clerk.page.getByRole('button', { name: '訓練をする' }).count()).toBe(0);
  const end = clerk.page.getByRole('button', { name: '訓練を終える' });
  for (let step = 0; step < 40 && !(await end.evaluate((button) => button === document.activeElement)); step += 1)
    await clerk.press('Shift+Tab');
  await clerk.press('Enter');
  expect(await clerk.heard('end_training')).toHaveLength(1);
});

/** The bar says 訓練, at the window's upper edge, over its whole width, wherever the page is scrolled to. */
async function bearsTheMark(page: Page): Promise<void> {
  const bar = page.locator('aside.training');
  await bar.getByText('訓練', { exact: true }).waitFor();
  for (const end of [0, 1e6]) {
    await page.evaluate((to) => scrollTo(0, to), end);
    const box = await bar.boundingBox();
    expect(box, 'the bar is there').not.toBeNull();
    expect([box?.x, box?.y, box?.width], `scrolled to ${end}`).toEqual([
      0,
      0,
      await page.evaluate(() => document.documentElement.clientWidth),
    ]);
  }
  await page.evaluate(() => scrollTo(0, 0));
}

/** What the bar hides: words where the page begins, and whatever takes the focus. */
const hidden = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const bar = document.querySelector('aside.training');
    const screen = document.querySelector('.app');
    if (!bar || !screen) return ['no bar'];
    const below = bar.getBoundingClientRect().bottom;
    const begins = screen.getBoundingClientRect().top < below - 1 ? ['the screen begins under the bar'] : [];
    const takers = [...screen.querySelectorAll<HTMLElement>('button, input, select, a[href], [tabindex="0"]')];
    const covered = takers
      .filter((taker) => taker.getClientRects().length > 0 && !taker.closest('.vh'))
      .filter((taker) => {
        taker.focus();
        return document.activeElement === taker && taker.getBoundingClientRect().top < below - 1;
      });
    return [...begins, ...covered.map((taker) => taker.textContent.trim() || taker.id)];
  });

test.each(SCREENS)('$name bears the mark and hides nothing, also at 200 %', async (picture) => {
  for (const options of [FULL, ZOOMED]) {
    const clerk = await open(`training&${picture.query ?? ''}`, options);
    await arriveAt(picture, clerk);
    await bearsTheMark(clerk.page);
    expect(await hidden(clerk.page)).toEqual([]);
    await clerk.page.context().close();
  }
});

test.each(FOR_EVERYONE)('with the mark $name is for everyone', async (picture) => {
  const clerk = await open(`training&${picture.query ?? ''}`);
  await arriveAt(picture, clerk);
  await isForEveryone(clerk);
});

test.each(RESIDENT_VIEWS)('the resident sees the mark, $name', async ({ query }) => {
  for (const options of [ZOOMED, FULL]) {
    const resident = await openResidents(`training&${query}`, options);
    await resident.sees('resident');
    await bearsTheMark(resident.page);
    expect(await hidden(resident.page)).toEqual([]);
    if (options === FULL) await isForEveryone(resident);
    else await resident.page.context().close();
  }
});

test('the mark is read in English, too', async () => {
  const clerk = await open('training&language=en');
  await clerk.sees('home');
  expect(await clerk.reads('aside.training')).toContain('訓練 Training No real points move');
  await clerk.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await clerk.sees('settings');
  expect(await clerk.page.getByRole('button', { name: /^Training Save/ }).count()).toBe(1);
  await isForEveryone(clerk);
});
