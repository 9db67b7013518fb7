import { api } from '../api/client';
import type { Coded } from '../api/types';
import { either, words } from '../i18n';
import { severities } from '../api/types';
import { Failure } from '../parts/failure';
import { useLoaded } from '../parts/use_loaded';
import { filters } from '../state/desk';
import { toggled, type Filters, type Openness } from '../state/filters';
import { change } from './queue_head';

interface GroupProps {
  title: string;
  values: readonly string[];
  text: (value: string) => string;
  chosen: readonly string[];
  totals: Record<string, number> | undefined;
  onToggle: (value: string) => void;
}

function Group({ title, values, text, chosen, totals, onToggle }: GroupProps) {
  if (values.length === 0) return null;
  return (
    <fieldset>
      <legend>{title}</legend>
      {values.map((value) => (
        <label key={value} class="check">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          <span>{text(value)}</span>
          {totals?.[value] !== undefined && <span class="soft number">{totals[value]}</span>}
        </label>
      ))}
    </fieldset>
  );
}

export function FilterPanel() {
  const w = words();
  const { value: choices, error, reload } = useLoaded(api.filters, []);
  const now = filters.value;
  if (error) return <Failure error={error} retry={reload} />;
  if (!choices) return <p class="soft">{w.common.loading}</p>;
  const name = (list: Coded[]) => (code: string) => {
    const found = list.find((entry) => entry.code === code);
    return found ? either(found.name, found.name_zh) : code;
  };
  const rule = (id: string) => {
    const found = choices.rules.find((entry) => entry.id === id);
    return found ? either(found.reason, found.reason_zh) : id;
  };
  function group<K extends 'units' | 'statuses' | 'rules' | 'severities' | 'tiers' | 'judgements'>(
    key: K, title: string, values: readonly string[], text: (value: string) => string, total: string) {
    const chosen = now[key] as readonly string[];
    return (
      <Group title={title} values={values} text={text} chosen={chosen} totals={choices!.totals[total]}
             onToggle={(value) => change({ [key]: toggled(chosen, value) } as Partial<Filters>)} />
    );
  }
  return (
    <div class="filters" id="filters">
      <fieldset class="inline">
        <legend>{w.queue.openness}</legend>
        {(['open', 'closed', 'all'] as Openness[]).map((value) => (
          <label key={value} class="check">
            <input type="radio" name="openness" checked={now.openness === value} onChange={() => change({ openness: value })} />
            <span>{value === 'all' ? w.common.all : w.queue[value]}</span>
          </label>
        ))}
        <label class="check"><input type="checkbox" checked={now.overdue} onChange={() => change({ overdue: !now.overdue })} /><span>{w.queue.overdue}</span></label>
        <label class="check"><input type="checkbox" checked={now.mine} onChange={() => change({ mine: !now.mine })} /><span>{w.queue.mine}</span></label>
      </fieldset>
      {group('severities', w.queue.severity, severities, (code) => `${code} ${w.severity[code as 'P0']}`, 'severity')}
      {group('judgements', w.queue.judgement, choices.judgements.map((j) => j.code), (code) => w.judgement[code as 'none'] ?? code, 'judgement')}
      {group('tiers', w.queue.tier, choices.tiers.map((t) => t.code), (code) => w.tier[code as 'gone'] ?? code, 'tier')}
      {group('units', w.common.unit, choices.units, (unit) => unit, 'unit')}
      {group('statuses', w.common.status, choices.statuses.map((s) => s.code), name(choices.statuses), 'status')}
      {group('rules', w.queue.rule, choices.rules.map((r) => r.id), rule, 'rule')}
      <fieldset class="inline">
        <legend>{w.queue.from}</legend>
        <input type="date" aria-label={w.queue.from} value={now.from} onChange={(event) => change({ from: event.currentTarget.value })} />
        <span>{w.queue.to}</span>
        <input type="date" aria-label={w.queue.to} value={now.to} onChange={(event) => change({ to: event.currentTarget.value })} />
      </fieldset>
    </div>
  );
}
