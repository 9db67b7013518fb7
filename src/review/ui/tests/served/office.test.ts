// Whole stories against the real server, on a ledger that plotwatch made of a scan of its own: from the link of the first
// start to the case that is closed. Each begins with a ledger in which nobody has said anything.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { currentCase, logIn, openPage, sitAt, type Seat, type SeatSettings } from '../support/stand';
import { hostile, Office, password, units } from '../support/office';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(async () => office?.close());
beforeEach(() => office.fresh());

async function sit(name: string, settings: SeatSettings = {}): Promise<Seat> {
  const seat = await sitAt(office.browser, office.url, name, password, settings);
  await currentCase(seat.page);
  return seat;
}
async function leave(seat: Seat, meant?: RegExp): Promise<void> {
  expect(seat.errors.filter((error) => !meant?.test(error))).toEqual([]);
  await seat.context.close();
}
const goneOn = (page: Page, id: string) =>
  page.waitForFunction((before) => document.querySelector('.row.current')?.getAttribute('data-case') !== before, id);
const judgement = async (id: string) => (await office.admin.case(id)).judgement;
const kinds = async (id: string) => (await office.admin.case(id)).events.map((event) => event.kind);

describe('the first start', () => {
  it('makes the administrator through the link, once, who adds the office', async () => {
    const seat = await openPage(office.browser);
    const { page } = seat;
    const setUp = async () => {
      await page.goto(office.link);
      const fields = page.locator('form input');
      for (const [i, text] of ['admin', 'First', password, password].entries()) await fields.nth(i).fill(text);
      await page.getByRole('button', { name: 'Create the account' }).click();
    };
    await setUp();
    await page.getByText('The account was created').waitFor();
    await page.getByRole('link', { name: 'Log in' }).click();
    await logIn(page, 'admin', password);
    await page.getByRole('link', { name: 'Accounts' }).click();
    const card = page.locator('.card');
    for (const [name, role, unit] of [['sun', 'inspector', units.own], ['li', 'supervisor', '']] as const) {
      await card.getByLabel('Account', { exact: true }).fill(name);
      await card.getByLabel('Role').selectOption(role);
      await card.getByLabel('Unit').fill(unit);
      await card.getByLabel(/Password/).fill(password);
      await card.getByRole('button').click();
      await page.getByText(`${name} was added`).waitFor();
    }
    await office.admin.logIn('admin');
    const rows = (await office.admin.accounts()).accounts.map((row) => [row.name, row.role, row.unit]);
    expect(rows.sort()).toEqual([['admin', 'administrator', ''], ['li', 'supervisor', ''], ['sun', 'inspector', units.own]]);
    await setUp();
    await page.locator('.failure').waitFor();
    expect(await page.getByText('The account was created').count()).toBe(0);
    await leave(seat);
  });
});

describe('an inspector of a unit', () => {
  it('sees the own cases alone, decides ten by keyboard, takes two back', async () => {
    await office.staff(['sun', 'inspector', units.own]);
    const own = await office.admin.cases(new URLSearchParams({ open: '1', unit: units.own, limit: '100' }).toString());
    expect(own.length).toBeGreaterThan(10);
    const seat = await sit('sun');
    const { page } = seat;
    await page.getByTestId('count').getByText(`${own.length} cases`).waitFor();
    const verdicts = ['1', '5', '6', '3', '6', '1', '7', '5', '6', '1'];
    const meant: Record<string, string> = { 1: 'suspected', 3: 'permitted', 5: 'farm_work', 6: 'false_change', 7: 'unclear' };
    const ids: string[] = [];
    for (const key of verdicts) {
      const id = await currentCase(page);
      ids.push(id);
      await page.keyboard.press(key);
      if (key === '3' || key === '7') {
        await page.locator('#reason:focus').waitFor();
        await page.keyboard.type('建字第 1 号 1jk');
        await page.keyboard.press('Enter');
      }
      await goneOn(page, id);
    }
    expect(ids).toEqual(own.slice(0, 10).map((row) => row.id)); // most urgent first, none twice, none left out
    await expect.poll(() => Promise.all(ids.map(judgement))).toEqual(verdicts.map((key) => meant[key]));
    expect((await office.admin.case(ids[3]!)).judgement_reason).toBe('建字第 1 号 1jk');
    for (const last of [9, 8]) {
      await page.keyboard.press('u');
      await expect.poll(() => judgement(ids[last]!)).toBe('none');
      await expect.poll(() => currentCase(page)).toBe(ids[last]);
    }
    expect(await kinds(ids[9]!)).toEqual(['case_opened', 'judged', 'undone']);
    await leave(seat);
  });

  it('notes, adds a photo, takes a case; loses nothing when the server is killed', async () => {
    await office.staff(['sun', 'inspector', units.own]);
    const seat = await sit('sun');
    const { page } = seat;
    const id = await currentCase(page);
    await page.keyboard.press('g');
    await page.keyboard.type('sun');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await office.admin.case(id)).assigned_to).toBe('sun');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.type(hostile);
    await page.keyboard.press('Control+Enter');
    await page.locator('.events').getByText(hostile).waitFor();
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    await page.locator('.photos input[type=file]').setInputFiles({ name: 'site.png', mimeType: 'image/png', buffer: pixel });
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.photos img')?.naturalWidth === 1);
    await page.keyboard.press('Escape');

    await office.end('SIGKILL');
    const meant: [string, string][] = [];
    for (const key of ['6', '5']) {
      const now = (await page.locator('.row.current').getAttribute('data-case'))!;
      meant.push([now, key === '6' ? 'false_change' : 'farm_work']);
      await page.keyboard.press(key);
      await goneOn(page, now);
    }
    await page.getByText('2 not saved yet').waitFor();
    await office.start();
    await page.locator('.pending button').click();
    await expect.poll(() => Promise.all(meant.map(([one]) => judgement(one)))).toEqual(meant.map(([, said]) => said));
    for (const [one] of meant) expect((await kinds(one)).filter((kind) => kind === 'judged').length).toBe(1);
    await leave(seat, /Error fetching data|fetch/); // pictures that were on their way
  });

  it('is told what a colleague said meanwhile, and decides', async () => {
    await office.staff(['sun', 'inspector', units.own], ['li', 'supervisor']);
    const seat = await sit('sun');
    const { page } = seat;
    const id = await currentCase(page);
    await (await office.caller('li')).judge(id, 'remediation', 'plan 7');
    await page.keyboard.press('1');
    const conflict = page.locator('.conflict');
    await conflict.getByText('remediation').waitFor();
    await conflict.getByText('plan 7').waitFor();
    expect(await judgement(id)).toBe('remediation');
    await conflict.getByRole('button', { name: 'Say mine all the same' }).click();
    await expect.poll(() => judgement(id)).toBe('suspected');
    await leave(seat);
  });
});

describe('two persons', () => {
  it('judge and agree, close and reopen; nobody agrees to the own verdict', async () => {
    await office.staff(['sun', 'inspector', units.own], ['li', 'supervisor']);
    const [found] = await office.admin.cases(new URLSearchParams({ open: '1', unit: units.own }).toString());
    const id = found!.id;
    const first = await sit('sun', { path: `#/review/${id}?open=1` });
    expect(await currentCase(first.page)).toBe(id);
    await first.page.keyboard.press('2');
    await first.page.locator('#reason:focus').waitFor();
    await first.page.keyboard.type('foundation seen');
    await first.page.keyboard.press('Enter');
    await expect.poll(() => judgement(id)).toBe('construction');
    expect(await first.page.getByRole('button', { name: /I agree/ }).count()).toBe(0);
    await leave(first);

    const second = await sit('li', { path: `#/review/${id}?open=1` });
    const { page } = second;
    await page.getByText('foundation seen').first().waitFor();
    await page.getByRole('button', { name: /I agree/ }).waitFor();
    await page.keyboard.press('a');
    await expect.poll(async () => (await office.admin.case(id)).second_person).toBe(true);
    for (const [open, text] of [[false, 'torn down'], [true, 'seen again']] as const) {
      await page.locator('.further button', { hasText: open ? 'Reopen the case' : 'Close the case' }).waitFor({ state: 'attached' });
      await page.keyboard.press('Escape');
      await page.keyboard.press('x');
      await page.locator('#close-reason:focus').waitFor();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await office.admin.case(id)).open).toBe(open);
    }
    expect(await kinds(id)).toEqual(['case_opened', 'judged', 'agreed', 'closed', 'reopened']);
    await page.getByText('reopened', { exact: true }).waitFor();
    await leave(second);
  });
});

describe('who may only read', () => {
  it('is shown every case and can change none', async () => {
    await office.staff(['guest', 'viewer']);
    const seat = await sit('guest');
    const { page } = seat;
    const id = await currentCase(page);
    await page.getByText('can read and not decide').waitFor();
    for (const key of ['1', '6', 'a', 'g', 'n', 'x', 'u']) await page.keyboard.press(key);
    await page.keyboard.press('j');
    await goneOn(page, id);
    for (const name of ['Export and import', 'Advice', 'Accounts', 'Audit']) expect(await page.getByRole('link', { name }).count()).toBe(0);
    await page.goto(`${office.url}/#/accounts`); // the address says so, the account does not
    await page.locator('.failure, .row.current').first().waitFor();
    expect(await page.getByText('last login').count()).toBe(0);
    expect(await kinds(id)).toEqual(['case_opened']);
    const guest = await office.caller('guest');
    expect((await guest.send('POST', `/api/cases/${encodeURIComponent(id)}/notes`, { text: 'x' })).status).toBe(403);
    await leave(seat);
  });

  it('a unit without cases is told that there are none', async () => {
    await office.staff(['nobody', 'inspector', 'another town']);
    const seat = await sitAt(office.browser, office.url, 'nobody', password);
    await seat.page.getByText('No case').first().waitFor();
    await leave(seat);
  });
});
