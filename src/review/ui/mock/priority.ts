// The order of the queue: severity, then confidence × urgency as docs/formats.md has it.
import type { CaseSummary } from '../src/api/types';

export function urgency(daysLeft: number | null): number {
  return daysLeft === null ? 1 : 1 + 1 / (1 + Math.max(0, daysLeft) / 7);
}

export function compare(sort: string): (a: CaseSummary, b: CaseSummary) => number {
  const byId = (a: CaseSummary, b: CaseSummary) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  switch (sort) {
    case 'deadline': return (a, b) => (a.deadline ?? '9').localeCompare(b.deadline ?? '9') || byId(a, b);
    case 'first_seen': return (a, b) => b.first_seen.localeCompare(a.first_seen) || byId(a, b);
    case 'area': return (a, b) => b.area_m2 - a.area_m2 || byId(a, b);
    default:
      return (a, b) => (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0) ||
        b.confidence * urgency(b.days_left) - a.confidence * urgency(a.days_left) || byId(a, b);
  }
}
