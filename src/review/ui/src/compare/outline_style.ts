// Outlines over imagery: a thin line on a dark one, so that it shows on snow and on asphalt; never filled, the ground is
// what is to be seen.
import Stroke from 'ol/style/Stroke';
import Style from 'ol/style/Style';
import type { FeatureLike } from 'ol/Feature';

export type OutlineKind = 'case' | 'sighting' | 'plot';

const halo = (width: number) => new Style({ stroke: new Stroke({ color: 'rgba(0,0,0,.65)', width }) });
const line = (color: string, width: number, lineDash?: number[]) =>
  new Style({ stroke: new Stroke({ color, width, ...(lineDash ? { lineDash } : {}) }) });

const styles: Record<OutlineKind, Style[]> = {
  case: [halo(4), line('#ffd23f', 2)],
  sighting: [halo(3), line('#ffb3ec', 1.5, [3, 3])],
  plot: [halo(3.5), line('#6cc5ff', 1.5, [8, 5])],
};

export function outlineStyle(feature: FeatureLike): Style[] {
  return styles[feature.get('kind') as OutlineKind];
}
