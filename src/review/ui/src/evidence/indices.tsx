// Numbers of the sightings. What has a before and an after is drawn as a slope, the rest is listed.
import { words } from '../i18n';
import { areaText, percentText } from '../geo/format';

export interface Slope {
  name: string;
  before: number;
  after: number;
}

export function splitIndices(values: Record<string, number>): { slopes: Slope[]; rest: [string, number][] } {
  const slopes: Slope[] = [];
  const rest: [string, number][] = [];
  for (const [key, value] of Object.entries(values).sort(([a], [b]) => a.localeCompare(b))) {
    const name = key.replace(/_(before|after)$/, '');
    const before = values[`${name}_before`];
    const after = values[`${name}_after`];
    if (name === key || before === undefined || after === undefined) rest.push([key, value]);
    else if (key.endsWith('_after')) slopes.push({ name, before, after });
  }
  return { slopes, rest };
}

const width = 120;
const height = 26;

function SlopeLine({ slope }: { slope: Slope }) {
  const limit = Math.max(1, Math.abs(slope.before), Math.abs(slope.after)); // indices lie in [-1, 1]
  const y = (value: number) => height / 2 - (value / limit) * (height / 2 - 4);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} class="slope" aria-hidden="true">
      <line x1="0" x2={width} y1={height / 2} y2={height / 2} class="axis" />
      <line x1="8" x2={width - 8} y1={y(slope.before)} y2={y(slope.after)} class="score-line" />
      <circle cx="8" cy={y(slope.before)} r="3.5" class="unseen" />
      <circle cx={width - 8} cy={y(slope.after)} r="3.5" class="seen" />
    </svg>
  );
}

const fixed = (value: number) => value.toFixed(2).replace(/^-(0\.0+)$/, '$1'); // no minus before nothing

export function Indices({ values }: { values: Record<string, number> }) {
  const w = words().evidence;
  const named = w.numbers as Record<string, string>; // what stands elsewhere on the page has no name here
  const { slopes, rest } = splitIndices(values);
  const place = (name: string) => (Object.keys(named).indexOf(name) + 1 || 99); // in the order of the words
  slopes.sort((a, b) => place(a.name) - place(b.name));
  if (slopes.length + rest.length === 0) return null;
  return (
    <figure>
      <figcaption>{w.indices}</figcaption>
      <table class="indices">
        <tbody>
          {slopes.map((slope) => (
            <tr key={slope.name}>
              <th scope="row">{named[slope.name] ?? slope.name.toUpperCase().replace(/_/g, ' ')}</th>
              <td><SlopeLine slope={slope} /></td>
              <td class="number">{w.beforeAfter(fixed(slope.before), fixed(slope.after))}</td>
            </tr>
          ))}
          {rest.filter(([key]) => key in named).map(([key, value]) => (
            <tr key={key}><th scope="row" colSpan={2}>{named[key]}</th><td class="number">{/share/.test(key) ? percentText(value) : /_m2$/.test(key) ? areaText(value) : Number(value.toPrecision(3))}</td></tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
