// Where the pointer is, else the window's centre: in the CGCS2000 grid and in degrees.
import { useEffect, useState } from 'preact/hooks';
import type MapBrowserEvent from 'ol/MapBrowserEvent';
import { words } from '../i18n';
import { degreesText, gridText } from '../geo/format';
import { degrees, gridFor, projectionCode, transformPoint } from '../geo/projections';
import { pair } from '../state/desk';
import { account } from '../state/session';
import { daysBetween, type Pair } from './dates';
import type { Stage } from './stage';

type Place = [number, number];

export function Coordinates({ stage }: { stage: Stage | null }) {
  const w = words().compare;
  const [place, setPlace] = useState<Place | null>(null);
  const [centre, setCentre] = useState<Place | null>(null);
  useEffect(() => {
    if (!stage) return undefined;
    const stops = [stage.left.map, stage.right.map].map((map) => {
      const moved = (event: MapBrowserEvent) => setPlace(event.coordinate as Place);
      const settled = () => setCentre((map.getView().getCenter() as Place | undefined) ?? null);
      const left = () => setPlace(null);
      map.on('pointermove', moved);
      map.on('moveend', settled);
      const viewport: HTMLElement | undefined = map.getViewport();
      viewport?.addEventListener('pointerleave', left);
      return () => {
        map.un('pointermove', moved);
        map.un('moveend', settled);
        viewport?.removeEventListener('pointerleave', left);
      };
    });
    return () => stops.forEach((stop) => stop());
  }, [stage]);

  const two = pair.value;
  const at = place ?? centre;
  if (!stage || !at || !at.every(Number.isFinite)) return <p class="coordinates" />;
  const ledger = account()!.ledger;
  const lonlat = transformPoint(at, stage.projectionCode, degrees);
  // Before the first case the window shows nowhere.
  if (!lonlat.every(Number.isFinite)) return <p class="coordinates" />;
  const grid = gridFor(projectionCode(ledger.crs_epsg, ledger.proj4), lonlat[0]);
  return (
    <p class="coordinates">
      {!place && <span class="soft">{w.centre}</span>}
      <span>{w.grid} {grid.replace('EPSG:', 'EPSG ')}</span>
      <span class="number">{gridText(transformPoint(at, stage.projectionCode, grid))}</span>
      <span class="number">{degreesText(lonlat)}</span>
      <span class="space" />
      {two && <span>{w.days(daysBetween(two.before.date, two.after.date))}</span>}
      {two && hasHoles(two) && <span class="soft hatch">{w.hatch}</span>}
    </p>
  );
}

// Some of the ground has no usable pixel on one of the dates.
function hasHoles(two: Pair): boolean {
  return [two.before, two.after].some((view) => view.clear_share !== null && view.clear_share < 1);
}
