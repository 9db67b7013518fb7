// The other places, both languages, and a look by axe at each of them.
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readWorkbook, writeWorkbook } from '../../mock/workbook';
import { problems } from '../support/axe';
import { currentCase, open, sit, type Stand } from '../support/stand';

let stand: Stand;
beforeAll(async () => (stand = await open()));
afterAll(async () => stand?.close());
beforeEach(() => stand.fresh());

describe('the field round trip', () => {
  it('exports what the filters show, checks the filled workbook row by row, writes what was ticked', async () => {
    const { page, context, errors } = await sit(stand, 'li', { path: '#/review?open=1&severity=P0' });
    await currentCase(page);
    await page.getByRole('link', { name: 'Export and import' }).click();
    const wanted = stand.mock.store.select(new URLSearchParams('open=1&severity=P0'), 'li');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Export ${wanted.length} cases` }).click()]);
    const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
    expect(Object.keys(files).sort()).toEqual(['candidates.kml', 'candidates.xlsx']);
    const rows = readWorkbook(files['candidates.xlsx']!);
    expect(rows.slice(1).map((row) => row[0])).toEqual(wanted.map((found) => found.id));

    // Somebody decides case 2 meanwhile; the team fills three rows, one of them with a word that is no verdict.
    const [first, second, third] = wanted;
    stand.mock.store.judge(second!, 'wang', { judgement: 'unclear', reason: 'no access', expected_sequence: second!.sequence });
    rows[1]![2] = 'permitted';
    rows[1]![3] = 'document 12';
    rows[2]![2] = 'farm_work';
    rows[3]![2] = 'nonsense';
    await page.locator('input[type=file]').setInputFiles({ name: 'filled.xlsx', mimeType: 'application/zip', buffer: Buffer.from(writeWorkbook(rows)) });
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('tr.ready').first().waitFor();
    expect([await page.locator('tr.ready').count(), await page.locator('tr.conflict').count(), await page.locator('tr.error').count()]).toEqual([1, 1, 1]);
    expect(first!.judgement).toBe('none');
    expect(await page.locator('tr.conflict input').isChecked()).toBe(false);
    expect(await page.locator('tr.error input').isDisabled()).toBe(true);
    expect(await problems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Write 1 row' }).click();
    await page.getByText('1 row was written').waitFor();
    expect([first!.judgement, first!.judgement_reason, second!.judgement, third!.judgement]).toEqual(['permitted', 'document 12', 'unclear', 'none']);
    expect(errors).toEqual([]);
    await context.close();
  });
});

describe('an administrator', () => {
  it('adds, changes and locks an account, and finds it all in the audit', async () => {
    const { page, context, errors } = await sit(stand, 'admin', { path: '#/accounts' });
    const card = page.locator('.card');
    await card.getByLabel('Account', { exact: true }).fill('sun');
    await card.getByLabel(/Password/).fill('short');
    await card.getByRole('button').click();
    await page.getByText('too short').waitFor();
    await card.getByLabel(/Password/).fill('long enough pass');
    await card.getByRole('button').click();
    await page.getByText('sun was added').waitFor();
    await page.getByRole('row', { name: /^sun/ }).getByRole('button').click();
    await page.getByLabel('Role').selectOption('supervisor');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => stand.mock.store.accounts.get('sun')!.role).toBe('supervisor');
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await expect.poll(() => stand.mock.store.accounts.get('sun')!.disabled).toBe(true);
    expect(await problems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('account added').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('is made by the first-start link, once', async () => {
    const page = await stand.browser.newPage({ locale: 'en-GB' });
    await page.goto(`${stand.mock.url}/setup?token=once`);
    const fill = async () => {
      const fields = page.locator('form input');
      for (const [i, text] of ['first', 'First', 'a long password', 'a long password'].entries()) await fields.nth(i).fill(text);
      await page.getByRole('button', { name: 'Create the account' }).click();
    };
    await fill();
    await page.getByText('The account was created').waitFor();
    expect(stand.mock.store.accounts.get('first')!.role).toBe('administrator');
    await page.goto(`${stand.mock.url}/setup?token=once`);
    await fill();
    await page.getByText('was used before').waitFor();
    await page.close();
  });

  it('accepts one piece of advice and declines another', async () => {
    const { page, context } = await sit(stand, 'admin', { path: '#/advice' });
    await page.getByRole('button', { name: 'Accept' }).first().click();
    await expect.poll(() => stand.mock.store.advice.map((entry) => entry.state)).toEqual(['accepted', 'open', 'open']);
    await page.getByText('accepted').waitFor();
    await page.getByRole('button', { name: 'Decline' }).click();
    await expect.poll(() => stand.mock.store.advice.map((entry) => entry.state)).toEqual(['accepted', 'declined', 'open']);
    await context.close();
  });
});

describe('the log-in', () => {
  it('says that it failed, and nothing more', async () => {
    const page = await stand.browser.newPage({ locale: 'zh-CN' });
    await page.goto(stand.mock.url);
    await page.locator('input').first().fill('wang');
    await page.locator('input').nth(1).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('账号或密码不正确').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.close();
  });
  it('comes back when the session has ended, and the work goes on where it was', async () => {
    const { page, context } = await sit(stand, 'wang');
    await currentCase(page);
    await context.clearCookies();
    await page.keyboard.press('r');
    await page.locator('input[autocomplete=username]').waitFor();
    await context.close();
  });
});

describe('in both languages', () => {
  it('switches at once and keeps the choice', async () => {
    const { page, context, errors } = await sit(stand, 'wang', { language: 'zh' });
    await currentCase(page);
    await page.getByText('待核查列表').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it.each(['en', 'zh'] as const)('axe finds no serious problem in any place (%s)', async (language) => {
    const { page, context } = await sit(stand, 'admin', { language });
    await currentCase(page);
    for (const key of ['w', 'd', ' ', '3', 'Escape', 'e', '?', 'm']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
      await expect.poll(() => problems(page), { timeout: 60_000, message: key }).toEqual([]);
    }
    for (const place of ['statistics', 'exchange', 'advice', 'accounts', 'audit', 'password']) {
      await page.goto(`${stand.mock.url}/#/${place}`);
      await page.waitForTimeout(300);
      await expect.poll(() => problems(page), { timeout: 60_000, message: place }).toEqual([]);
    }
    await context.close();
  });
});

describe('on a tablet', () => {
  it.each([[768, 1024], [1024, 768]])('fits %i × %i without sideways scrolling, and swipes with a finger', async (width, height) => {
    const { page, context } = await sit(stand, 'wang', { width, height, touch: true });
    await currentCase(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height);
    const handle = (await page.locator('.handle').boundingBox())!;
    const session = await context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: handle.y + 100 }] });
    await touch('touchStart', handle.x + 18);
    await touch('touchMove', handle.x - 60);
    await touch('touchMove', handle.x - 120);
    await touch('touchEnd', 0);
    await expect.poll(async () => Number(await page.locator('.handle').getAttribute('aria-valuenow'))).toBeLessThan(45);
    await context.close();
  });
});

it('is used with the keyboard alone, focus always in sight', async () => {
  const { page, context } = await sit(stand, 'wang');
  await currentCase(page);
  for (let i = 0; i < 40; ++i) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const style = getComputedStyle(element);
      const around = element.closest('.file')?.querySelector('.pick');
      return { name: element.outerHTML.slice(0, 90), body: element === document.body, outline: parseFloat(style.outlineWidth) > 0 || around !== null && around !== undefined, map: element.matches('.ol-viewport') };
    });
    expect(focus.body || focus.outline, focus.name).toBe(true);
  }
  await context.close();
});
