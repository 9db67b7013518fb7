// Both windows of the comparison on one view: they cannot be moved apart, so what differs between the dates is ground or
// registration, never the page.
import OlView from 'ol/View';
import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import { transformExtent } from 'ol/proj';
import type Geometry from 'ol/geom/Geometry';
import type { CaseDetail, Geometry as JsonGeometry, View } from '../api/types';
import { caseExtent, type Extent } from '../geo/extent';
import { cogSource } from '../geo/cog_source';
import { projection, projectionCode } from '../geo/projections';
import type { Pair } from './dates';
import { Pane } from './pane';
import type { OutlineKind } from './outline_style';

export type Mode = 'swipe' | 'side' | 'blink';

export interface Shown {
  mode: Mode;
  cut: number; // of the swipe, [0, 1]
  blinked: boolean; // in blink, the after picture is on
  score: number; // opacity, 0: off
  outline: boolean;
  plot: boolean;
}

const json = new GeoJSON();

export function viewCode(view: View): string {
  return projectionCode(view.crs_epsg, view.proj4);
}

export class Stage {
  readonly left: Pane;
  readonly right: Pane;
  private view: OlView;
  private code = '';
  private turn = 0; // of the latest show(): a slower earlier one must not overtake it

  constructor(leftHost: HTMLElement, rightHost: HTMLElement, private readonly ledgerCode: string) {
    this.view = new OlView({ center: [0, 0], zoom: 0, projection: projection(ledgerCode) });
    this.left = new Pane(leftHost, this.view);
    this.right = new Pane(rightHost, this.view);
  }

  get projectionCode(): string {
    return this.code || this.ledgerCode;
  }

  // Goes to the case; pictures that were warmed are drawn with the next frame.
  goTo(found: Pick<CaseDetail, 'bbox'>, pair: Pair | null): void {
    this.useProjection(pair ? viewCode(pair.after) : this.ledgerCode);
    const extent = transformExtent(caseExtent(found.bbox), this.ledgerCode, this.code);
    this.left.map.updateSize();
    const size = this.left.map.getSize();
    this.view.fit(extent, { ...(size ? { size } : {}) });
  }

  async showPair(pair: Pair | null, shown: Shown): Promise<void> {
    const turn = ++this.turn;
    const [before, after, score] = pair
      ? await Promise.all([source(pair.before), source(pair.after), scoreSource(pair.after)])
      : [null, null, null];
    if (turn !== this.turn) return;
    const side = shown.mode === 'side';
    this.left.show(before, side ? null : after, score);
    this.right.show(null, side ? after : null, side ? score : null);
  }

  arrange(shown: Shown): void {
    const cut = shown.mode === 'swipe' ? shown.cut : shown.mode === 'side' ? 1 : shown.blinked ? 0 : 1;
    this.left.cut(cut);
    this.right.cut(0);
    for (const pane of [this.left, this.right]) {
      pane.scoreOpacity(shown.score);
      pane.map.updateSize();
    }
  }

  outline(found: CaseDetail, pair: Pair | null, shown: Pick<Shown, 'outline' | 'plot'>): void {
    const features: Feature<Geometry>[] = [];
    if (shown.plot && found.plot.geometry) features.push(this.feature(found.plot.geometry, 'plot'));
    const sighting = found.sightings.find((s) => s.scan_id === pair?.after.scan_id);
    const latest = found.sightings[found.sightings.length - 1];
    if (shown.outline && sighting && sighting !== latest) features.push(this.feature(sighting.geometry, 'sighting'));
    if (shown.outline) features.push(this.feature(found.geometry, 'case'));
    for (const pane of [this.left, this.right]) {
      pane.outlines.clear(true);
      pane.outlines.addFeatures(features);
    }
  }

  zoomBy(steps: number): void {
    this.view.animate({ zoom: (this.view.getZoom() ?? 0) + steps, duration: 120 });
  }

  pan(right: number, up: number): void {
    const [x, y] = this.view.getCenter() ?? [0, 0];
    const step = (this.view.getResolution() ?? 1) * 80;
    this.view.setCenter([x! + right * step, y! + up * step]);
  }

  extent(): Extent {
    return this.view.calculateExtent(this.left.map.getSize()) as Extent;
  }

  dispose(): void {
    this.left.dispose();
    this.right.dispose();
  }

  private useProjection(code: string): void {
    if (code === this.code) return;
    this.code = code;
    this.view = new OlView({
      projection: projection(code), center: [0, 0], resolution: 1, enableRotation: false, constrainResolution: false,
      minResolution: 0.02, maxResolution: 400, multiWorld: true, showFullExtent: true,
    });
    this.left.map.setView(this.view);
    this.right.map.setView(this.view);
  }

  private feature(geometry: JsonGeometry, kind: OutlineKind): Feature<Geometry> {
    const shape = json.readGeometry(geometry, { dataProjection: this.ledgerCode, featureProjection: this.projectionCode });
    const feature = new Feature<Geometry>();
    feature.setGeometry(shape as Geometry);
    feature.set('kind', kind);
    return feature;
  }
}

function source(view: View) {
  return cogSource(view.image, 'picture', view.crs_epsg, view.proj4);
}

async function scoreSource(view: View) {
  if (!view.score) return null;
  // Without the score the pictures still tell: a score that cannot be read is no reason to show nothing.
  return cogSource(view.score, 'score', view.crs_epsg, view.proj4).catch(() => null);
}
