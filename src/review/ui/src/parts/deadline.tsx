import { words } from '../i18n';

export function deadlineText(daysLeft: number | null): string {
  const w = words().queue;
  if (daysLeft === null) return w.noDeadline;
  return daysLeft < 0 ? w.late(-daysLeft) : w.dueIn(daysLeft);
}

export function Deadline({ daysLeft }: { daysLeft: number | null }) {
  const urgency = daysLeft === null ? '' : daysLeft < 0 ? 'late' : daysLeft <= 3 ? 'soon' : '';
  return <span class={`deadline ${urgency}`}>{deadlineText(daysLeft)}</span>;
}
