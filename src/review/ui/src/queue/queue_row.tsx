import type { CaseSummary } from '../api/types';
import { words } from '../i18n';
import { transitionText } from '../geo/change';
import { areaText, percentText } from '../geo/format';
import { Deadline } from '../parts/deadline';
import { SeverityBadge } from '../parts/badge';
import { select } from '../state/desk';

export const rowHeight = 76; // px, as .row of review.css

interface Props {
  index: number;
  row: CaseSummary | undefined;
  current: boolean;
  total: number;
}

export function QueueRow({ index, row, current, total }: Props) {
  const w = words();
  const put = { top: `${index * rowHeight}px` };
  if (!row) return <div class="row blank" style={put} aria-hidden="true" />;
  const judged = row.judgement !== 'none';
  return (
    <div class={`row ${current ? 'current' : ''} ${judged ? 'judged' : ''}`} style={put} id={`row-${index}`} role="option"
         aria-selected={current} aria-posinset={index + 1} aria-setsize={total} data-case={row.id}
         onClick={() => void select(index)}>
      <span class="line">
        <SeverityBadge severity={row.severity} />
        <strong>{row.plot_name || row.plot_code || w.evidence.outside}</strong>
        {!row.open && <span class="tag">{w.queue.closed}</span>}
      </span>
      <span class="line what">
        <span class="change">{transitionText(row)}</span><span class="number"> · {areaText(row.area_m2)} · {percentText(row.confidence)}</span>
      </span>
      <span class="line">
        {judged
          ? <span class={`said ${row.judgement}`}>✓ {w.judgement[row.judgement]}{row.second_person ? ' ✓' : ''}</span>
          : <span class="soft">{w.tier[row.tier]}</span>}
        <span class="space" />
        {row.assigned_to && <span class="soft">@{row.assigned_to}</span>}
        <Deadline daysLeft={row.days_left} />
      </span>
    </div>
  );
}
