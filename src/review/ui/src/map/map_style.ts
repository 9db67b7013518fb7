import Fill from 'ol/style/Fill';
import RegularShape from 'ol/style/RegularShape';
import CircleStyle from 'ol/style/Circle';
import Stroke from 'ol/style/Stroke';
import Style from 'ol/style/Style';
import Point from 'ol/geom/Point';
import { getCenter } from 'ol/extent';
import type { FeatureLike } from 'ol/Feature';
import type { Judgement, Severity } from '../api/types';

// As .badge of base.css, brighter where it lies on imagery.
const colours: Record<Severity, string> = { P0: '#ff5a4f', P1: '#ff9a3d', P2: '#f2d13c', P3: '#9db8d2' };
const doneColour = '#66707a';
const smallPixels = 12; // a case that is smaller on the screen is drawn as a point

const polygons = new Map<string, Style>();
const points = new Map<string, Style>();

function polygon(colour: string): Style {
  let style = polygons.get(colour);
  if (!style) {
    style = new Style({ stroke: new Stroke({ color: colour, width: 2 }), fill: new Fill({ color: `${colour}40` }) });
    polygons.set(colour, style);
  }
  return style;
}

function point(colour: string): Style {
  let style = points.get(colour);
  if (!style) {
    style = new Style({
      image: new CircleStyle({ radius: 5, fill: new Fill({ color: colour }), stroke: new Stroke({ color: '#0b0e11', width: 1.5 }) }),
      geometry: (feature) => new Point(getCenter(feature.getGeometry()!.getExtent())),
    });
    points.set(colour, style);
  }
  return style;
}

export function caseStyle(feature: FeatureLike, resolution: number): Style {
  const judged = (feature.get('judgement') as Judgement) !== 'none';
  const colour = judged ? doneColour : colours[feature.get('severity') as Severity];
  const [minX, minY, maxX, maxY] = feature.getGeometry()!.getExtent();
  return Math.max(maxX! - minX!, maxY! - minY!) / resolution < smallPixels ? point(colour) : polygon(colour);
}

const seenPlot = new Style({ stroke: new Stroke({ color: 'rgba(108,197,255,.7)', width: 1.2 }) });
const unseenPlot = new Style({
  stroke: new Stroke({ color: 'rgba(220,220,220,.8)', width: 1.2, lineDash: [4, 4] }), fill: new Fill({ color: 'rgba(0,0,0,.45)' }),
});
const longUnseen = 60; // days

export function plotStyle(feature: FeatureLike): Style {
  const days = feature.get('days_since_clear') as number | null;
  return days === null || days > longUnseen ? unseenPlot : seenPlot;
}

export const markStyle = new Style({
  image: new RegularShape({ points: 4, radius: 16, angle: Math.PI / 4, stroke: new Stroke({ color: '#ffffff', width: 3 }) }),
  geometry: (feature) => new Point(getCenter(feature.getGeometry()!.getExtent())),
});
