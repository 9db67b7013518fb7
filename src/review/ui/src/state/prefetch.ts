// The next cases, fetched while a person looks at this one: their facts and the pictures of their first view.
import { transformExtent } from 'ol/proj';
import { api } from '../api/client';
import type { CaseDetail } from '../api/types';
import { defaultPair } from '../compare/dates';
import { viewCode } from '../compare/stage';
import { cog } from '../geo/cog';
import { caseExtent, fitResolution, shownExtent, type Extent } from '../geo/extent';

const kept = 60;
const known = new Map<string, Promise<CaseDetail>>();

export function caseFacts(caseId: string): Promise<CaseDetail> {
  const there = known.get(caseId);
  if (there) return there;
  const task = api.case(caseId);
  remember(caseId, task);
  return task;
}

export function keepFacts(found: CaseDetail): void {
  remember(found.id, Promise.resolve(found));
}
export function forgetFacts(caseId?: string): void {
  if (caseId === undefined) known.clear();
  else known.delete(caseId);
}

function remember(caseId: string, task: Promise<CaseDetail>): void {
  known.delete(caseId);
  known.set(caseId, task);
  task.catch(() => known.delete(caseId));
  for (const oldest of known.keys()) {
    if (known.size <= kept) break;
    known.delete(oldest);
  }
}

export interface Frame {
  ledgerCode: string;
  size: [number, number]; // of the window, pixels
  score: boolean;
}

export async function warm(caseId: string, frame: Frame): Promise<void> {
  const found = await caseFacts(caseId);
  const pair = defaultPair(found);
  if (!pair) return;
  const wanted = caseExtent(found.bbox);
  const files = [[pair.before, pair.before.image, 'picture'], [pair.after, pair.after.image, 'picture']] as const;
  const score = frame.score && pair.after.score ? [[pair.after, pair.after.score, 'score'] as const] : [];
  await Promise.all([...files, ...score].map(async ([view, url, look]) => {
    const extent = transformExtent(wanted, frame.ledgerCode, viewCode(view)) as Extent;
    const resolution = fitResolution(extent, frame.size);
    await (await cog(url, look)).warm(shownExtent(extent, resolution, frame.size), resolution);
  }));
}
