// What happened to the case, the latest first; as text, whatever somebody wrote.
import type { LedgerEvent } from '../api/types';
import { words } from '../i18n';
import { timeText } from '../geo/format';

export function eventName(kind: string): string {
  const kinds = words().history.kinds as Record<string, string>;
  return kinds[kind] ?? kind.replace(/_/g, ' ');
}

const spoken = ['judgement', 'reason', 'to', 'text', 'note', 'day', 'document', 'name'] as const;

// The parts of an event's payload that people wrote or chose.
export function eventText(event: LedgerEvent): string {
  const w = words();
  const parts: string[] = [];
  for (const field of spoken) {
    const value = event.payload[field];
    if (typeof value !== 'string' || value === '') continue;
    const text = field === 'judgement' ? (w.judgement as Record<string, string>)[value] ?? value : value;
    const named = field === 'text' ? (event.kind === 'annotated' ? null : w.history.fields.reason) : w.history.fields[field];
    parts.push(field === 'judgement' || named === null ? text : `${named}: ${text}`);
  }
  return parts.join(' · ');
}

export function History({ events }: { events: readonly LedgerEvent[] }) {
  const w = words().history;
  return (
    <section class="history" aria-labelledby="history-title">
      <h2 id="history-title">{w.title}</h2>
      {events.length === 0 ? <p class="soft">{w.empty}</p> : <EventList events={[...events].reverse()} />}
    </section>
  );
}

export function EventList({ events }: { events: readonly LedgerEvent[] }) {
  return (
    <ol class="events">
      {events.map((event) => (
        <li key={event.sequence}>
          <span class="number soft">{timeText(event.at)}</span> <b>{eventName(event.kind)}</b> <span class="soft">{event.actor}</span>
          {eventText(event) && <span class="said-text">{eventText(event)}</span>}
        </li>
      ))}
    </ol>
  );
}
