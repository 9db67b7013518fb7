import type { CaseDetail } from '../api/types';
import { words } from '../i18n';
import { detail, pair } from '../state/desk';

// Pixels of the working grid: below, edges lie on each other; above, they may show as change.
const good = 0.25;
const fair = 0.6;

export function registrationQuality(residual: number): 'good' | 'fair' | 'poor' {
  return residual <= good ? 'good' : residual <= fair ? 'fair' : 'poor';
}

export function Registration({ found }: { found: CaseDetail }) {
  const w = words().evidence;
  const scan = detail.value?.id === found.id ? pair.value?.after.scan_id : undefined;
  const sighting = found.sightings.find((s) => s.scan_id === scan) ?? found.sightings[found.sightings.length - 1];
  if (!sighting) return null;
  const quality = registrationQuality(sighting.registration_residual_px);
  return (
    <p class="registration">
      <strong>{w.registration}</strong>{' '}
      <span class={`quality ${quality}`}>{w.quality[quality]}</span>{' '}
      <span class="soft">
        {w.residual(sighting.registration_residual_px.toFixed(2))} · {sighting.registration_applied ? w.applied : w.notApplied}
        {' '}({sighting.before_date} → {sighting.after_date})
      </span>
    </p>
  );
}
