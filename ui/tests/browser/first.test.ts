/** What stands on the window before its scripts do: the page itself, in the look that its address names. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { FULL, windows } from './support/window';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const open = windows();
let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
afterAll(() => browser.close());

/** The page as it is while the screens' scripts are still on their way. */
async function before(query: string): Promise<Page> {
  const page = await browser.newPage(FULL);
  await page.route('**/assets/*.js', (script) => script.abort());
  await page.goto(`${inject('address')}?${query}`);
  return page;
}
const words = async (page: Page) => (await page.locator('body').innerText()).replace(/\s+/g, ' ').trim();

test('the sign and the name stand there, in the language of the address alone', async () => {
  const japanese = await before('language=ja');
  expect([await words(japanese), await japanese.locator('#first svg').isVisible()]).toEqual(['窓口', true]);
  const english = await before('language=en');
  expect([await words(english), await english.locator('html').getAttribute('lang')]).toEqual(['Madoguchi', 'en']);
});

test('nothing of training is ever seen without its mark', async () => {
  expect(await words(await before('language=en&training'))).toBe('訓練 Madoguchi');
});

test('colours and size are those that were chosen, from the first letter on', async () => {
  const page = await before('theme=dark&size=200');
  const [ground, size] = await page.evaluate(() => {
    const { backgroundColor, fontSize } = getComputedStyle(document.documentElement);
    return [backgroundColor, fontSize];
  });
  expect([ground === 'rgb(255, 255, 255)', size]).toEqual([false, '32px']);
});

test('the first screen stands in its place, and nothing of it is left', async () => {
  const clerk = await open();
  await clerk.sees('home');
  expect(await clerk.page.locator('#first').count()).toBe(0);
});
