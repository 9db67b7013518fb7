// What the mock remembers: cases, what was said of them, accounts, photos, advice.
import { createHash } from 'node:crypto';
import type { Account, AccountRow, Advice, AuditRow, CaseDetail, CaseSummary, Judgement, Role } from '../src/api/types';
import { judgements } from '../src/api/types';
import { gaussKrueger, makeDistrict, type District } from './district';
import { accounts } from './names';
import { compare } from './priority';

export class Refused extends Error {
  constructor(readonly status: number, what: string, readonly zh: string, readonly more: Record<string, unknown> = {}) {
    super(what);
  }
}

interface KnownAccount extends AccountRow {
  password: string;
}

export class Store {
  readonly district: District;
  readonly byId: Map<string, CaseDetail>;
  readonly accounts = new Map<string, KnownAccount>();
  readonly photos = new Map<string, { type: string; bytes: Uint8Array }>();
  readonly audit: AuditRow[] = [];
  readonly imports = new Map<string, { row: number; case_id: string; judgement: Judgement; reason: string }[]>();
  sequence: number;
  private selected: { key: string; cases: CaseDetail[] } | null = null;
  setupToken = 'once';
  advice: Advice[] = [
    { id: 'a1', by: 'rule', subject: 'record-only', judged: 42, false_alarms: 31, rate: 0.74, confidence: 0.41, state: 'open',
      proposal: 'Show cases with a confidence below 0.41 after the others: of the judged ones there, all 24 were false alarms.', proposal_zh: '将置信度低于 0.41 的线索排在其后：已核查的 24 条均为误报。' },
    { id: 'a2', by: 'sensor', subject: 'S2', judged: 118, false_alarms: 40, rate: 0.34, confidence: 0.3, state: 'open',
      proposal: 'Show cases with a confidence below 0.30 after the others: of the judged ones there, all 12 were false alarms.', proposal_zh: '将置信度低于 0.30 的线索排在其后：已核查的 12 条均为误报。' },
    { id: 'a3', by: 'plot', subject: 'DX-007', judged: 5, false_alarms: 1, rate: 0.2, confidence: null, state: 'open',
      proposal: 'Nothing is proposed: real construction was found at the lowest confidences too.', proposal_zh: '暂无建议：低置信度线索中也有真实建设。' },
  ];

  constructor(scenes: string, count: number, readonly budget: number, private readonly now: () => string = () => new Date().toISOString().replace(/\.\d+Z/, 'Z')) {
    this.district = makeDistrict(scenes, count);
    this.byId = new Map(this.district.cases.map((found) => [found.id, found]));
    this.sequence = count;
    for (const account of accounts) this.accounts.set(account.name, { ...account, role: account.role as Role, disabled: false, last_login: null });
  }

  account(name: string, csrf: string): Account {
    const { display_name, role, unit } = this.accounts.get(name)!;
    return { name, display_name, role, unit, csrf, budget: this.budget, language: '', ledger: { district: '大兴区（示例）', crs_epsg: 4527, proj4: gaussKrueger, sequence: this.sequence } };
  }

  find(id: string, who: string): CaseDetail {
    const found = this.byId.get(id);
    const unit = this.accounts.get(who)!.unit;
    if (!found || (unit && found.unit !== unit)) throw new Refused(404, `there is no case ${id}`, '没有该图斑');
    return found;
  }

  // The last selection is kept: what is measured is the page, not the mock.
  select(asked: URLSearchParams, who: string): CaseDetail[] {
    const query = new URLSearchParams(asked);
    query.delete('offset');
    query.delete('limit');
    const key = `${who} ${this.sequence} ${query}`;
    if (this.selected?.key !== key) this.selected = { key, cases: this.selectNow(query, who) };
    return this.selected.cases;
  }

  private selectNow(query: URLSearchParams, who: string): CaseDetail[] {
    const unit = this.accounts.get(who)!.unit;
    const within = (key: string, value: string) => query.getAll(key).length === 0 || query.getAll(key).includes(value);
    const text = (query.get('text') ?? '').toLowerCase();
    const open = query.get('open');
    const from = query.get('from') ?? '';
    const to = query.get('to') || '9';
    return this.district.cases.filter((c) =>
      (!unit || c.unit === unit) && (open === null || c.open === (open === '1')) && within('tier', c.tier) && within('unit', c.unit) &&
      within('status', c.plot_status) && within('rule', c.rule_id) && within('severity', c.severity) && within('judgement', c.judgement) &&
      (query.get('overdue') !== '1' || (c.days_left !== null && c.days_left < 0)) && (query.get('mine') !== '1' || c.assigned_to === who) &&
      c.first_seen >= from && c.first_seen <= to && (!text || `${c.id} ${c.plot_code} ${c.plot_name}`.toLowerCase().includes(text)))
      .sort(compare(query.get('sort') ?? 'priority'));
  }

  judge(found: CaseDetail, who: string, said: { judgement: Judgement; reason?: string; note?: string; expected_sequence: number }): CaseDetail {
    this.expect(found, said.expected_sequence);
    if (!judgements.includes(said.judgement) || said.judgement === 'none') throw new Refused(422, `"${said.judgement}" is no judgement`, '判定代码无效');
    const payload: Record<string, unknown> = { judgement: said.judgement, previous: found.judgement, reason: said.reason ?? '' };
    this.record(found, who, 'judged', payload);
    if (said.note) this.record(found, who, 'annotated', { text: said.note });
    return Object.assign(found, { judgement: said.judgement, judged_by: who, judgement_reason: said.reason ?? '', second_person: false });
  }

  undo(found: CaseDetail, who: string, expected: number): CaseDetail {
    this.expect(found, expected);
    if (found.judged_by !== who) throw new Refused(422, 'the last judgement is somebody else’s', '最后的判定不是您作出的');
    const last = [...found.events].reverse().find((event) => event.kind === 'judged')!;
    this.record(found, who, 'undone', { judgement: found.judgement });
    return Object.assign(found, { judgement: last.payload['previous'] as Judgement, judged_by: '', judgement_reason: '', second_person: false });
  }

  agree(found: CaseDetail, who: string): CaseDetail {
    if (found.judgement === 'none') throw new Refused(422, 'there is no judgement to agree to', '尚无判定');
    if (found.judged_by === who) throw new Refused(422, 'another person than the one who judged has to agree', '须由判定人以外的人员同意');
    this.record(found, who, 'agreed', {});
    return Object.assign(found, { second_person: true });
  }

  say(found: CaseDetail, who: string, kind: string, payload: Record<string, unknown>, change: Partial<CaseDetail> = {}): CaseDetail {
    this.record(found, who, kind, payload);
    return Object.assign(found, change);
  }

  addPhoto(found: CaseDetail, who: string, name: string, type: string, bytes: Uint8Array): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.photos.set(sha256, { type, bytes });
    this.record(found, who, 'photo', { name });
    found.photos = [...found.photos, { sha256, name, at: this.now(), actor: who }];
    return sha256;
  }

  note(actor: string, action: string, subject: string): void {
    this.audit.unshift({ at: this.now(), actor, action, subject, address: '10.1.2.3' });
  }

  private expect(found: CaseDetail, expected: number): void {
    if (found.sequence !== expected) throw new Refused(409, `case ${found.id} has moved on`, '图斑已有更新', { case: found });
  }

  private record(found: CaseDetail, who: string, kind: string, payload: Record<string, unknown>): void {
    found.sequence = ++this.sequence;
    found.events = [...found.events, { sequence: this.sequence, at: this.now(), actor: who, kind, payload }];
    this.note(who, kind, found.id);
  }
}

const ofDetail = ['geometry', 'plot', 'rule', 'evidence', 'sightings', 'looks', 'observations', 'views', 'events', 'photos', 'parents', 'merged_into', 'judgement_reason'] as const;

export function summary(found: CaseDetail): CaseSummary {
  const row: Record<string, unknown> = { ...found };
  for (const key of ofDetail) delete row[key];
  return row as unknown as CaseSummary;
}
