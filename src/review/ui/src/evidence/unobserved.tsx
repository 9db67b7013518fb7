import type { Observation } from '../api/types';
import { either, words } from '../i18n';

export function Unobserved({ observations }: { observations: Observation[] }) {
  const w = words().evidence;
  const blind = observations.filter((o) => !o.observable);
  return (
    <div class="unobserved">
      <h3>{w.unobserved}</h3>
      {blind.length === 0 ? <p class="soft">{w.allObserved}</p> : (
        <>
          <ul>{blind.map((o) => <li key={o.after_date}><span class="number">{o.after_date}</span> {either(o.cause, o.cause_zh)}</li>)}</ul>
          <p class="soft fine">{w.unobservedLead}</p>
        </>
      )}
    </div>
  );
}
