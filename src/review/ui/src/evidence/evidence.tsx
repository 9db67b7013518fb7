// Why this case is on the list, and how far it can be trusted.
import type { CaseDetail } from '../api/types';
import { either, words } from '../i18n';
import { changeText } from '../geo/change';
import { areaText, degreesText, gridText, percentText } from '../geo/format';
import { deadlineText } from '../parts/deadline';
import { degrees, gridFor, projectionCode, transformPoint } from '../geo/projections';
import { account } from '../state/session';
import { formatRoute } from '../state/route';
import { CoverChart } from './cover_chart';
import { Indices } from './indices';
import { LooksChart } from './looks_chart';
import { Registration } from './registration';
import { Unobserved } from './unobserved';

export function Evidence({ found }: { found: CaseDetail }) {
  const w = words().evidence;
  const ledger = account()!.ledger;
  const grid = gridFor(projectionCode(ledger.crs_epsg, ledger.proj4), found.lonlat[0]);
  return (
    <section class="evidence" aria-labelledby="evidence-title">
      <h2 id="evidence-title">{w.title}</h2>
      <dl class="facts">
        <dt>{w.rule}</dt><dd>{either(found.rule.reason, found.rule.reason_zh)} <code class="soft">{found.rule.id}</code></dd>
        <dt>{w.basis}</dt>
        <dd>{found.rule.basis || words().common.none}{' '}
          {found.rule.basis && <span class={found.rule.verified ? 'verified' : 'unverified'}>{found.rule.verified ? `✓ ${w.verified}` : `⚠ ${w.notVerified}`}</span>}
        </dd>
        {found.rule.permit && <><dt>{w.permit}</dt><dd>{found.rule.permit}</dd></>}
        <dt>{w.transition}</dt><dd>{changeText(found)}</dd>
        <dt>{w.area}</dt><dd class="number">{areaText(found.area_m2)}</dd>
        <dt>{w.confidence}</dt><dd class="number">{percentText(found.confidence)} · {w.score} {found.mean_score.toFixed(2)}</dd>
        {found.last_clear_before && <><dt>{w.lastClear}</dt><dd class="number">{found.last_clear_before}</dd></>}
        <dt>{w.firstSeen}</dt><dd class="number">{found.first_seen}</dd>
        <dt>{w.lastSeen}</dt><dd class="number">{found.last_seen}</dd>
        <dt>{w.deadline}</dt><dd class="number">{found.deadline ?? words().common.none} {found.deadline && <span class="soft">{deadlineText(found.days_left)}</span>}</dd>
        <dt>{w.plot}</dt><dd>{[found.plot_name, found.plot_code, found.unit].filter(Boolean).join(' · ') || w.outside}</dd>
        <dt>{w.place}</dt>
        <dd class="number">{gridText(transformPoint(found.lonlat, degrees, grid))}<br />{degreesText(found.lonlat)}</dd>
      </dl>
      <Registration found={found} />
      <LooksChart found={found} />
      <Indices values={found.evidence} />
      <CoverChart observations={found.observations} />
      <Unobserved observations={found.observations} />
      {found.parents.length > 0 && <p>{w.related} {found.parents.map((id) => <CaseLink key={id} id={id} />)}</p>}
      {found.merged_into && <p>{w.mergedInto} <CaseLink id={found.merged_into} /></p>}
    </section>
  );
}

function CaseLink({ id }: { id: string }) {
  return <a href={formatRoute('review', id)}>{id}</a>;
}
