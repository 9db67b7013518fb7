import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/api/client';
import type { CaseDetail } from '../../src/api/types';
import { Saying, type Said } from '../../src/state/saying';

const said = (caseId: string, expected = 1): Said => ({ caseId, judgement: 'permitted', reason: 'r', note: '', expected, actor: 'wang' });
const done = (caseId: string, sequence: number) => ({ id: caseId, sequence }) as CaseDetail;
const refusal = (status: number, body: unknown = null) => new ApiError(status, { what: 'no' }, '', body);

describe('verdicts on their way', () => {
  it('go out in their order, one after the other', async () => {
    const sent: string[] = [];
    let busy = 0;
    const saying = new Saying(async (one) => {
      expect(++busy).toBe(1);
      await Promise.resolve();
      --busy;
      sent.push(one.caseId);
      return done(one.caseId, sent.length + 10);
    });
    void saying.say(said('a'));
    void saying.say(said('b'));
    await saying.say(said('c'));
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(saying.done.value.map((d) => [d.caseId, d.sequence])).toEqual([['a', 11], ['b', 12], ['c', 13]]);
    expect(saying.waiting.value).toEqual([]);
  });
  it.each([0, 401, 429, 500, 503])('wait where the server is away or busy (%i), and go out later', async (status) => {
    let away = true;
    const saying = new Saying((one) => (away ? Promise.reject(refusal(status)) : Promise.resolve(done(one.caseId, 2))));
    await saying.say(said('a'));
    await saying.say(said('b'));
    expect([saying.stuck.value, saying.waiting.value.length]).toEqual([true, 2]);
    away = false;
    await saying.flush();
    expect([saying.stuck.value, saying.waiting.value.length, saying.done.value.length]).toEqual([false, 0, 2]);
  });
  it('become a conflict where somebody else spoke meanwhile', async () => {
    const theirs = { id: 'a', sequence: 9, judgement: 'unclear', judged_by: 'li' } as CaseDetail;
    const saying = new Saying(() => Promise.reject(refusal(409, { case: theirs })));
    const seen: CaseDetail[] = [];
    saying.onSaved = (found) => seen.push(found);
    await saying.say(said('a'));
    expect(saying.conflicts.value).toEqual([{ said: said('a'), theirs }]);
    expect(seen).toEqual([theirs]);
    expect(saying.done.value).toEqual([]);
    saying.resolveConflict('a');
    expect(saying.conflicts.value).toEqual([]);
  });
  it('are no conflict with their own echo, whose answer was lost', async () => {
    const own = { id: 'a', sequence: 9, judgement: 'permitted', judged_by: 'wang' } as CaseDetail;
    const saying = new Saying(() => Promise.reject(refusal(409, { case: own })));
    await saying.say(said('a'));
    expect(saying.conflicts.value).toEqual([]);
    expect(saying.done.value).toEqual([{ caseId: 'a', sequence: 9 }]);
  });
  it('do not hold up the others when one is refused', async () => {
    const saying = new Saying((one) => (one.caseId === 'a' ? Promise.reject(refusal(422)) : Promise.resolve(done(one.caseId, 3))));
    void saying.say(said('a'));
    await saying.say(said('b'));
    expect(saying.refusals.value.map((r) => [r.said.caseId, r.error.status])).toEqual([['a', 422]]);
    expect(saying.done.value.map((d) => d.caseId)).toEqual(['b']);
  });
});
