// What covered the plot on each date that could be seen: a stacked column a date.
import type { Observation } from '../api/types';
import { words } from '../i18n';
import { percentText } from '../geo/format';
import { spacedLabels, timeScale } from './scale';

const names = ['unknown', 'vegetation', 'bare', 'built', 'water'] as const;
const width = 320;
const tall = 64;

export function CoverChart({ observations }: { observations: Observation[] }) {
  const w = words().evidence;
  const seen = observations.filter((o) => o.observable);
  if (seen.length === 0) return null;
  const x = timeScale(seen.map((o) => o.after_date), width, 28);
  const labels = spacedLabels(seen.map((o) => x(o.after_date)), 58);
  return (
    <figure>
      <figcaption>{w.cover}</figcaption>
      <svg viewBox={`0 0 ${width} ${tall + 26}`} role="img" aria-label={w.cover}>
        {seen.map((observation, i) => {
          let y = tall + 4;
          return (
            <g key={observation.after_date}>
              {names.map((name, cover) => {
                const share = observation.after_cover[cover] ?? 0;
                y -= share * tall;
                return (
                  <rect key={name} x={x(observation.after_date) - 9} width="18" y={y} height={share * tall} class={`cover-${name}`}>
                    <title>{observation.after_date}: {w.covers[name]} {percentText(share)}</title>
                  </rect>
                );
              })}
              {labels[i] && <text x={x(observation.after_date)} y={tall + 20} text-anchor="middle">{observation.after_date.slice(2)}</text>}
            </g>
          );
        })}
      </svg>
      <ul class="key">
        {names.map((name) => <li key={name}><i class={`swatch cover-${name}`} />{w.covers[name]}</li>)}
      </ul>
    </figure>
  );
}
