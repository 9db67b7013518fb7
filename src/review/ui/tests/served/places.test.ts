// The other places of the page on the real server: into the field and back, advice, figures, audit; both languages.
import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problems } from '../support/axe';
import { hostile, Office, password, units } from '../support/office';
import { currentCase, sitAt, type Seat, type SeatSettings } from '../support/stand';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(async () => office?.close());
beforeEach(() => office.fresh());

const sit = (name: string, settings: SeatSettings = {}): Promise<Seat> => sitAt(office.browser, office.url, name, password, settings);
const escaped = (text: string) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

// The workbook with some cells changed, as a person in the field changes them: "R2" → text.
function fill(book: Uint8Array, cells: Record<string, string>): Uint8Array {
  const parts = unzipSync(book);
  const name = 'xl/worksheets/sheet1.xml';
  let sheet = strFromU8(parts[name]!);
  for (const [cell, text] of Object.entries(cells)) {
    const pattern = new RegExp(`<c r="${cell}"[^>]*?(/>|>.*?</c>)`, 's');
    expect(sheet).toMatch(pattern);
    sheet = sheet.replace(pattern, `<c r="${cell}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`);
  }
  return zipSync({ ...parts, [name]: strToU8(sheet) });
}

describe('the field round trip', () => {
  it('exports what the filters show; writes what is ready, and a row in conflict only where it was ticked', async () => {
    await office.staff(['li', 'supervisor'], ['sun', 'inspector', units.own]);
    const wanted = await office.admin.cases(new URLSearchParams({ open: '1', unit: units.own, limit: '100' }).toString());
    const seat = await sit('li', { path: `#/review?open=1&unit=${encodeURIComponent(units.own)}` });
    const { page } = seat;
    await currentCase(page);
    await page.getByRole('link', { name: 'Export and import' }).click();
    const button = page.getByRole('button', { name: `Export ${wanted.length} cases` });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
    expect(Object.keys(files).filter((name) => !name.startsWith('chips/')).sort()).toEqual(['cases.kml', 'cases.xlsx']);
    expect(Object.keys(files).filter((name) => name.startsWith('chips/')).length).toBe(wanted.length);

    // Rows 2, 3, …: the cases in the order of the list. R: verdict, S: reason. Two of them are judged meanwhile.
    const sun = await office.caller('sun');
    await sun.judge(wanted[1]!.id, 'unclear', 'no access');
    await sun.judge(wanted[2]!.id, 'unclear', 'no access');
    const filled = fill(files['cases.xlsx']!, { R2: 'permitted', S2: '=cmd|1 <b>', R3: 'farm_work', R4: 'farm_work', R5: 'nonsense' });
    await page.locator('input[type=file]').setInputFiles({ name: 'filled.xlsx', mimeType: 'application/zip', buffer: Buffer.from(filled) });
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('tr.ready').first().waitFor();
    expect([await page.locator('tr.ready').count(), await page.locator('tr.conflict').count(), await page.locator('tr.error').count()]).toEqual([1, 2, 1]);
    expect(await page.locator('tr.conflict input:checked').count()).toBe(0);
    expect(await page.locator('tr.error input').isDisabled()).toBe(true);
    await page.locator('tr.conflict').first().getByText('sun').waitFor();
    expect((await office.admin.case(wanted[0]!.id)).judgement).toBe('none');
    await page.locator('tr.conflict input').first().check();
    await page.getByRole('button', { name: 'Write 2 rows' }).click();
    await page.getByText('2 rows were written').waitFor();
    const after = await Promise.all(wanted.slice(0, 4).map((row) => office.admin.case(row.id)));
    expect(after.map((row) => row.judgement)).toEqual(['permitted', 'farm_work', 'unclear', 'none']);
    expect(after[0]!.judgement_reason).toBe('=cmd|1 <b>');
    expect(after[1]!.events.map((event) => event.kind)).toEqual(['case_opened', 'judged', 'judged']);
    expect(seat.errors).toEqual([]);
    await seat.context.close();
  });
});

describe('verdicts teach', () => {
  it('proposes a confidence, which a person accepts: cases below it come later, and the next start keeps it', async () => {
    await office.staff(['li', 'supervisor']);
    const cases = await office.admin.cases('limit=100');
    // Of the rule with the most cases the three least confident are false, the two most confident real.
    const rules = new Map<string, typeof cases>();
    for (const row of cases) rules.set(row.rule_id, [...(rules.get(row.rule_id) ?? []), row]);
    const rising = [...rules.values()].sort((a, b) => b.length - a.length)[0]!.sort((a, b) => a.confidence - b.confidence);
    expect(rising.length).toBeGreaterThanOrEqual(6);
    for (const row of rising.slice(0, 3)) await office.admin.judge(row.id, 'false_change');
    for (const row of rising.slice(-2)) await office.admin.judge(row.id, 'suspected');
    const seat = await sit('li', { path: '#/advice' });
    const { page } = seat;
    const row = page.getByRole('row', { name: new RegExp(rising[0]!.rule_id) });
    await row.getByText('60 %').or(row.getByText('60%')).waitFor();
    expect((await office.admin.cases('limit=100')).some((found) => found.below_threshold)).toBe(false);
    await row.getByRole('button', { name: 'Accept' }).click();
    await row.getByText('accepted').waitFor();
    const below = async () => (await office.admin.cases('limit=100')).filter((found) => found.below_threshold).map((found) => found.id).sort();
    const cut = Math.min(...rising.slice(-2).map((found) => found.confidence));
    const expected = rising.filter((found) => found.confidence < Math.floor(cut * 100 + 1e-9) / 100).map((found) => found.id).sort();
    expect(await below()).toEqual(expected);
    await office.end('SIGTERM');
    await office.start();
    expect(await below()).toEqual(expected);
    await page.reload();
    await row.getByText('accepted').waitFor();
    await row.getByRole('button', { name: 'Take back' }).click();
    await expect.poll(below).toEqual([]);
    expect(seat.errors).toEqual([]);
    await seat.context.close();
  });
});

describe('every place, in both languages', () => {
  it.each(['en', 'zh'] as const)('has words for all that it shows, no script of a name runs, axe finds no serious problem (%s)', async (language) => {
    await office.staff(['li', 'supervisor']);
    const cases = await office.admin.cases('limit=100');
    const named = cases.find((row) => row.unit === units.other)!;
    const li = await office.caller('li');
    await li.judge(named.id, 'construction', hostile);
    const seat = await sit('admin', { language, path: `#/review/${encodeURIComponent(named.id)}?` });
    const { page } = seat;
    await currentCase(page);
    await page.getByText(hostile).first().waitFor();
    for (const key of ['d', 'w', 's', 'e', 'e', 'm', 'm', '?']) {
      await page.keyboard.press(key);
      await expect.poll(() => problems(page), { timeout: 60_000, message: key }).toEqual([]);
    }
    await page.keyboard.press('Escape');
    const seen: string[] = [await page.locator('body').innerText()];
    const shows: Record<string, string> = { statistics: 'tbody tr', exchange: 'button', advice: 'h1', accounts: 'tbody tr', audit: 'tbody tr', password: 'form' };
    for (const [place, part] of Object.entries(shows)) {
      await page.goto(`${office.url}/#/${place}`);
      await page.locator(`main.place ${part}`).first().waitFor();
      await expect.poll(() => problems(page), { timeout: 60_000, message: place }).toEqual([]);
      seen.push(await page.locator('main').innerText());
    }
    const text = seen.join('\n');
    expect(text.match(/undefined|\[object|NaN|->|[a-z]+_[a-z]+/g) ?? []).toEqual([]); // codes are for programs
    expect(await page.title()).toContain('plotwatch');
    expect(await page.title()).not.toBe('taken');
    expect(seat.errors).toEqual([]);
    await seat.context.close();
  });

  it('shows every action of the office in the audit', async () => {
    await office.staff(['li', 'supervisor']);
    const [found] = await office.admin.cases();
    const li = await office.caller('li');
    await li.judge(found!.id, 'suspected');
    const seat = await sit('admin', { path: '#/audit' });
    const row = seat.page.getByRole('row', { name: new RegExp(found!.id) });
    await row.getByText('judged').waitFor();
    await row.getByText('li', { exact: true }).waitFor();
    await seat.page.getByRole('row', { name: /logged in/ }).first().getByText('127.0.0.1').waitFor();
    await seat.context.close();
  });
});
