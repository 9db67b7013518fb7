// Score by date, what was seen on each look, and how much was clear.
import type { CaseDetail } from '../api/types';
import { words } from '../i18n';
import { percentText } from '../geo/format';
import { spacedLabels, timeScale } from './scale';

const width = 320;
const height = 104;
const base = 80; // y of zero
const tall = 66; // of one

export function LooksChart({ found }: { found: CaseDetail }) {
  const w = words().evidence;
  if (found.looks.length < 2) return null; // one look is no series: the film strip tells it
  const scores = new Map(found.sightings.map((s) => [s.after_date, s.mean_score]));
  const x = timeScale(found.looks.map((look) => look.after_date), width, 28);
  const labels = spacedLabels(found.looks.map((look) => x(look.after_date)), 58);
  const line = found.looks.filter((look) => scores.has(look.after_date))
    .map((look) => `${x(look.after_date)},${base - scores.get(look.after_date)! * tall}`).join(' ');
  return (
    <figure>
      <figcaption>{w.series}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={w.series}>
        <line x1="8" x2={width - 8} y1={base} y2={base} class="axis" />
        {found.looks.map((look) => (
          <rect key={look.scan_id} x={x(look.after_date) - 6} width="12" y={base - look.clear_share * tall} height={look.clear_share * tall} class="clear">
            <title>{look.after_date}: {words().compare.clear(percentText(look.clear_share))}</title>
          </rect>
        ))}
        <polyline points={line} class="score-line" />
        {found.looks.map((look, i) => {
          const score = scores.get(look.after_date) ?? 0;
          return (
            <g key={look.scan_id}>
              <circle cx={x(look.after_date)} cy={base - score * tall} r="5" class={look.seen ? 'seen' : 'unseen'}>
                <title>{look.after_date}: {look.seen ? `${words().compare.seen}, ${w.score} ${score.toFixed(2)}` : words().compare.notSeen}</title>
              </circle>
              {labels[i] && <text x={x(look.after_date)} y={height - 8} text-anchor="middle">{look.after_date.slice(2)}</text>}
            </g>
          );
        })}
      </svg>
      <p class="soft fine">{w.seriesHelp}</p>
      <details>
        <summary>{w.table}</summary>
        <table>
          <thead><tr><th>{words().common.date}</th><th>{words().compare.seen}</th><th>{w.score}</th><th>{words().compare.clear('')}</th></tr></thead>
          <tbody>
            {found.looks.map((look) => (
              <tr key={look.scan_id}>
                <td>{look.after_date}</td><td>{look.seen ? words().common.yes : words().common.no}</td>
                <td>{scores.get(look.after_date)?.toFixed(2) ?? ''}</td><td>{percentText(look.clear_share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
