// npm run shots -- FOLDER: a picture of every place, mode and language, to be looked at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { currentCase, open, sit } from './support/stand';

const folder = process.argv[2] ?? 'shots';
mkdirSync(folder, { recursive: true });
const stand = await open({ cases: 60 });
const settle = 700; // ms, for pictures to be drawn
try {
  for (const language of ['en', 'zh'] as const) {
    const { page, errors, context } = await sit(stand, 'admin', { language });
    const shot = async (name: string) => {
      await page.waitForTimeout(settle);
      await page.screenshot({ path: join(folder, `${language}-${name}.png`) });
    };
    await currentCase(page);
    await page.keyboard.press('j');
    await currentCase(page);
    await shot('swipe');
    await page.keyboard.press('d');
    await shot('side');
    await page.keyboard.press('s');
    await page.keyboard.press(' ');
    await shot('blink-before-score');
    await page.keyboard.press('s');
    await page.keyboard.press(' ');
    await page.keyboard.press(',');
    await shot('blink-earlier-date');
    await page.keyboard.press('w');
    await page.keyboard.press('3');
    await shot('reason');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await shot('filters');
    await page.keyboard.press('e');
    await page.locator('.evidence').scrollIntoViewIfNeeded();
    await page.locator('.panel-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight * 0.55));
    await shot('evidence');
    await page.keyboard.press('?');
    await shot('help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await shot('map');
    for (const place of ['statistics', 'exchange', 'advice', 'accounts', 'audit', 'password']) {
      await page.goto(`${stand.mock.url}/#/${place}`);
      await shot(place);
    }
    if (errors.length > 0) console.error(language, errors);
    await context.close();
    for (const [name, width, height] of [['tablet-landscape', 1024, 768], ['tablet-portrait', 768, 1024]] as const) {
      const tablet = await sit(stand, 'wang', { language, width, height, touch: true });
      await currentCase(tablet.page);
      await tablet.page.waitForTimeout(settle);
      await tablet.page.screenshot({ path: join(folder, `${language}-${name}.png`) });
      await tablet.context.close();
    }
    const outside = await stand.browser.newPage({ locale: language });
    await outside.goto(`${stand.mock.url}/setup?token=once`);
    await outside.screenshot({ path: join(folder, `${language}-setup.png`) });
    await outside.goto(stand.mock.url);
    await outside.screenshot({ path: join(folder, `${language}-log-in.png`) });
    await outside.close();
  }
} finally {
  await stand.close();
}
