import { useState } from 'preact/hooks';
import { api } from '../api/client';
import type { StatisticsRow } from '../api/types';
import { either, words } from '../i18n';
import { countText } from '../geo/format';
import { Deadline } from '../parts/deadline';
import { Failure } from '../parts/failure';
import { Select } from '../parts/form';
import { SeverityBadge } from '../parts/badge';
import { useLoaded } from '../parts/use_loaded';
import { noFilters, toQuery } from '../state/filters';
import { formatRoute } from '../state/route';

const bys = ['unit', 'status', 'rule'] as const;
type By = (typeof bys)[number];

export function StatisticsPage() {
  const w = words().statistics;
  const [by, setBy] = useState<By>('unit');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const { value, error, reload } = useLoaded(() => {
    const query = new URLSearchParams({ by });
    if (from) query.set('from', from);
    if (to) query.set('to', to);
    return api.statistics(query);
  }, [by, from, to]);
  const names = useLoaded(api.filters, []).value;
  function name(key: string): string {
    const status = by === 'status' ? names?.statuses.find((s) => s.code === key) : undefined;
    const rule = by === 'rule' ? names?.rules.find((r) => r.id === key) : undefined;
    return status ? either(status.name, status.name_zh) : rule ? either(rule.reason, rule.reason_zh) : key || words().common.none;
  }
  return (
    <main class="place" id="case" tabIndex={0}>
      <h1>{w.title}</h1>
      <div class="line controls">
        <Select label={w.by} value={by} options={bys.map((key) => [key, w[key]] as const)} onChange={(next) => setBy(next as By)} />
        <p class="field"><label>{w.from} <input type="date" value={from} onChange={(event) => setFrom(event.currentTarget.value)} /></label></p>
        <p class="field"><label>{w.to} <input type="date" value={to} onChange={(event) => setTo(event.currentTarget.value)} /></label></p>
      </div>
      {error !== null && <Failure error={error} retry={reload} />}
      {value && (value.rows.length === 0 ? <p class="soft">{w.empty}</p> : <Figures rows={value.rows} by={by} name={name} />)}
      <Overdue />
    </main>
  );
}

const counted = ['cases', 'open', 'judged', 'construction', 'farm_work', 'false_change', 'overdue'] as const;

function Figures({ rows, by, name }: { rows: StatisticsRow[]; by: By; name: (key: string) => string }) {
  const w = words().statistics;
  const most = Math.max(1, ...rows.map((row) => row.cases));
  const sum = (key: (typeof counted)[number]) => rows.reduce((total, row) => total + row[key], 0);
  return (
    <table>
      <thead>
        <tr>
          <th>{w[by]}</th><th class="right">{w.cases}</th><th aria-hidden="true" /><th class="right">{w.open}</th><th class="right">{w.judged}</th><th class="right">{w.construction}</th>
          <th class="right">{w.farmWork}</th><th class="right">{w.falseChange}</th><th class="right">{w.overdue}</th><th class="right">{w.median}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{name(row.key)}</th><td class="right number">{countText(row.cases)}</td>
            <td class="bar-cell" aria-hidden="true"><meter min={0} max={most} value={row.cases} /></td>
            <td class="right number">{countText(row.open)}</td><td class="right number">{countText(row.judged)}</td><td class="right number">{countText(row.construction)}</td>
            <td class="right number">{countText(row.farm_work)}</td><td class="right number">{countText(row.false_change)}</td><td class={`right number ${row.overdue > 0 ? 'late' : ''}`}>{countText(row.overdue)}</td>
            <td class="right number">{row.median_days_to_judgement ?? ''}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr><th scope="row">{w.total}</th><td class="right number">{countText(sum('cases'))}</td><td />
          {counted.slice(1).map((key) => <td key={key} class="right number">{countText(sum(key))}</td>)}<td /></tr>
      </tfoot>
    </table>
  );
}

const atMost = 50;

function Overdue() {
  const w = words();
  const query = toQuery({ ...noFilters, overdue: true, sort: 'deadline' });
  const { value, error, reload } = useLoaded(() => {
    const first = new URLSearchParams(query);
    first.set('limit', String(atMost));
    return api.cases(first);
  }, []);
  return (
    <section>
      <div class="line">
        <h2>{w.statistics.overdueList}{value && <span class="tag">{countText(value.total)}</span>}</h2>
        {value && value.total > 0 && <a href={formatRoute('review', '', query)}>{w.statistics.review}</a>}
      </div>
      {error !== null && <Failure error={error} retry={reload} />}
      {value?.total === 0 && <p class="soft">{w.statistics.noOverdue}</p>}
      {value && value.total > 0 && (
        <table>
          <tbody>
            {value.cases.map((row) => (
              <tr key={row.id}>
                <td><SeverityBadge severity={row.severity} /></td>
                <th scope="row"><a href={formatRoute('review', row.id, query)}>{row.plot_name || row.id}</a></th>
                <td>{row.unit}</td><td>{either(row.reason, row.reason_zh)}</td><td class="number">{row.deadline}</td><td><Deadline daysLeft={row.days_left} /></td><td>{row.assigned_to}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
