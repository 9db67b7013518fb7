// Whole stories at the keyboard: what an inspector does all day.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentCase, open, sit, type Seat, type Stand } from '../support/stand';

let stand: Stand;
let seat: Seat;
beforeAll(async () => (stand = await open()));
afterAll(async () => stand?.close());
beforeEach(() => stand.fresh());

async function inspector(name: 'wang' | 'li' | 'guest' | 'zhao' = 'wang', path = ''): Promise<Seat> {
  seat = await sit(stand, name, { path });
  await currentCase(seat.page);
  return seat;
}
// `meant`: what a story makes the browser report.
async function leave(meant?: RegExp): Promise<void> {
  expect(seat.errors.filter((error) => !meant?.test(error))).toEqual([]);
  await seat.context.close();
}
const said = (id: string) => stand.mock.store.byId.get(id)!;

describe('an inspector', () => {
  it('decides ten cases with the keyboard alone, and takes the last back', async () => {
    const { page } = await inspector();
    const keys = ['1', '5', '6', '1', '6', '1', '1', '5', '6', '1'];
    const meant = { 1: 'suspected', 5: 'farm_work', 6: 'false_change' } as Record<string, string>;
    const cases: string[] = [];
    for (const key of keys) {
      const id = await currentCase(page);
      cases.push(id);
      await page.keyboard.press(key);
      await page.waitForFunction((before) => document.querySelector('.row.current')?.getAttribute('data-case') !== before, id);
    }
    expect(new Set(cases).size).toBe(10);
    await expect.poll(() => cases.map((id) => said(id).judgement)).toEqual(keys.map((key) => meant[key]));
    await page.keyboard.press('u');
    await expect.poll(() => said(cases[9]!).judgement).toBe('none');
    expect(said(cases[9]!).events.map((event) => event.kind)).toEqual(['case_opened', 'judged', 'undone']);
    await expect.poll(() => currentCase(page)).toBe(cases[9]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => said(cases[8]!).judgement).toBe('none');
    await expect.poll(() => currentCase(page)).toBe(cases[8]);
    await leave();
  });

  it('is asked for a reason in place where one is needed, and goes on with Enter', async () => {
    const { page } = await inspector('wang', '#/review?open=1&judgement=none');
    const id = await currentCase(page);
    await page.keyboard.press('3');
    await page.locator('#reason:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#reason-missing').waitFor();
    expect(said(id).judgement).toBe('none');
    await page.keyboard.type('建字第 1 号 1j2k');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(id).judgement).toBe('permitted');
    expect(said(id).judgement_reason).toBe('建字第 1 号 1j2k');
    await page.waitForFunction((before) => document.querySelector('.row.current')?.getAttribute('data-case') !== before, id);
    await leave();
  });

  it('leaves the reason with Escape and nothing is said', async () => {
    const { page } = await inspector();
    const id = await currentCase(page);
    await page.keyboard.press('7');
    await page.locator('#reason:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#reason').waitFor({ state: 'detached' });
    expect(await currentCase(page)).toBe(id);
    await leave();
  });

  it('assigns, notes and adds a photo; what was written is only ever text', async () => {
    const { page } = await inspector();
    const id = await currentCase(page);
    await page.keyboard.press('g');
    await page.keyboard.type('zhao');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(id).assigned_to).toBe('zhao');
    const script = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.type(script);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => said(id).events.at(-1)!.payload['text']).toBe(script);
    await page.locator('.events').getByText(script).waitFor();
    expect(await page.title()).toContain('plotwatch');
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    await page.locator('.photos input[type=file]').setInputFiles({ name: 'site.png', mimeType: 'image/png', buffer: pixel });
    await expect.poll(() => said(id).photos.length).toBe(1);
    await page.locator('.photos img').waitFor();
    await page.locator('.photos input[type=file]').setInputFiles({ name: 'x.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
    await page.getByText('This is no JPEG').waitFor();
    expect(said(id).photos.length).toBe(1);
    await leave();
  });

  it('sees what changed when somebody else was faster, and decides again', async () => {
    const { page } = await inspector('wang', '#/review?open=1&judgement=none');
    const id = await currentCase(page);
    stand.mock.store.judge(said(id), 'li', { judgement: 'remediation', reason: 'plan 7', expected_sequence: said(id).sequence });
    await page.keyboard.press('1');
    const conflict = page.locator('.conflict');
    await conflict.getByText('remediation').waitFor();
    await conflict.getByText('plan 7').waitFor();
    expect(said(id).judgement).toBe('remediation');
    await conflict.getByRole('button', { name: 'Say mine all the same' }).click();
    await expect.poll(() => said(id).judgement).toBe('suspected');
    await conflict.waitFor({ state: 'detached' });
    await leave();
  });

  it('loses no verdict while the server is away', async () => {
    const { page } = await inspector('wang', '#/review?open=1&judgement=none');
    stand.mock.fail.status = 503;
    const first = await currentCase(page);
    await page.keyboard.press('6');
    await page.waitForFunction((before) => document.querySelector('.row.current')?.getAttribute('data-case') !== before, first);
    const second = await currentCase(page);
    await page.keyboard.press('5');
    await page.getByText('2 not saved yet').waitFor();
    expect(said(first).judgement).toBe('none');
    stand.mock.fail.status = 0;
    await page.locator('.pending button').click();
    await expect.poll(() => [said(first).judgement, said(second).judgement]).toEqual(['false_change', 'farm_work']);
    await leave();
  });

  it('goes on after the session ended; another person sends nothing in the first one’s name', async () => {
    for (const [name, password, kept] of [['wang', 'mock-password-1', true], ['li', 'mock-password-2', false]] as const) {
      const { page, context } = await inspector('wang', '#/review?open=1&judgement=none');
      const id = await currentCase(page);
      await context.clearCookies();
      await page.keyboard.press('6');
      await page.locator('input[autocomplete=username]').fill(name);
      await page.locator('input[autocomplete=current-password]').fill(password);
      await page.keyboard.press('Enter');
      await currentCase(page);
      if (kept) await expect.poll(() => [said(id).judgement, said(id).judged_by]).toEqual(['false_change', 'wang']);
      else await expect.poll(async () => [said(id).judgement, await page.locator('.pending').innerText()]).toEqual(['none', '']);
      await leave(/Error fetching data/); // pictures on their way when the session ended
    }
  });

  it('narrows the list; the address keeps it', async () => {
    const { page } = await inspector();
    await page.keyboard.press('e');
    await page.getByRole('checkbox', { name: /P0/ }).check();
    const wanted = stand.mock.store.select(new URLSearchParams('open=1&severity=P0'), 'wang').length;
    await page.getByTestId('count').getByText(`${wanted} cases`).waitFor();
    await page.waitForURL(/severity=P0/);
    await page.reload();
    await page.getByTestId('count').getByText(`${wanted} cases`).waitFor();
    await page.locator('#search').fill('地块 7');
    await page.waitForURL(/text=/);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByTestId('count').getByText('60 cases').waitFor();
    await leave();
  });

  it('sees the own unit alone', async () => {
    const { page } = await inspector('zhao');
    const own = stand.mock.store.select(new URLSearchParams('open=1'), 'zhao').length;
    expect(own).toBeLessThan(60);
    await page.getByTestId('count').getByText(`${own} cases`).waitFor();
    expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
    await leave();
  });
});

describe('a viewer', () => {
  it('reads and cannot decide', async () => {
    const { page } = await inspector('guest');
    const id = await currentCase(page);
    const before = said(id).sequence;
    await page.getByText('can read and not decide').waitFor();
    await page.keyboard.press('1');
    await page.waitForTimeout(200);
    expect(said(id).sequence).toBe(before);
    expect(await currentCase(page)).toBe(id);
    await leave();
  });
});

describe('a supervisor', () => {
  it('agrees to another’s verdict, closes, and reopens', async () => {
    const target = stand.mock.store.district.cases.find((found) => found.judgement === 'none' && found.open)!;
    stand.mock.store.judge(target, 'wang', { judgement: 'false_change', reason: '', expected_sequence: target.sequence });
    const { page } = await inspector('li', `#/review/${target.id}?open=1`);
    await page.keyboard.press('a');
    await expect.poll(() => target.second_person).toBe(true);
    await page.keyboard.press('x');
    await page.keyboard.type('nothing there');
    await page.keyboard.press('Enter');
    await expect.poll(() => target.open).toBe(false);
    await page.locator('.further button', { hasText: 'Reopen the case' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('x');
    await page.keyboard.type('seen again');
    await page.keyboard.press('Enter');
    await expect.poll(() => target.open).toBe(true);
    expect(target.events.map((event) => event.kind)).toEqual(['case_opened', 'judged', 'agreed', 'closed', 'reopened']);
    await leave();
  });
});
