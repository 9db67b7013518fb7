// The map behind overview_map.tsx: plots, cases, and the latest picture under them, in the ledger's CRS.
import Feature from 'ol/Feature';
import GeoJSON from 'ol/format/GeoJSON';
import TileLayer from 'ol/layer/Tile';
import VectorImageLayer from 'ol/layer/VectorImage';
import VectorLayer from 'ol/layer/Vector';
import OlMap from 'ol/Map';
import OlView from 'ol/View';
import ScaleLine from 'ol/control/ScaleLine';
import Polygon from 'ol/geom/Polygon';
import { containsCoordinate, isEmpty } from 'ol/extent';
import VectorSource from 'ol/source/Vector';
import type ImageTile from 'ol/source/ImageTile';
import { api } from '../api/client';
import type { CaseSummary, View } from '../api/types';
import { cogSource } from '../geo/cog_source';
import { projection } from '../geo/projections';
import { caseStyle, markStyle, plotStyle } from './map_style';

const json = new GeoJSON();
const reach = 6; // px about the pointer in which a case is hit

export class DistrictMap {
  private readonly map: OlMap;
  private readonly cases = new VectorSource();
  private readonly plots = new VectorSource();
  private readonly chosen = new VectorSource();
  private pictureSource: ImageTile | null = null;
  private readonly picture = new TileLayer<ImageTile>({ opacity: 0.75 });

  constructor(host: HTMLElement, code: string, onChoose: (caseId: string) => void) {
    this.map = new OlMap({
      target: host,
      layers: [
        this.picture,
        new VectorLayer({ source: this.plots, style: plotStyle }),
        new VectorImageLayer({ source: this.cases, style: caseStyle, imageRatio: 1.5 }),
        new VectorLayer({ source: this.chosen, style: markStyle }),
      ],
      controls: [new ScaleLine({ units: 'metric' })],
      view: new OlView({ projection: projection(code), center: [0, 0], resolution: 10, enableRotation: false, multiWorld: true }),
    });
    this.map.on('singleclick', (event) => {
      const hit = this.map.forEachFeatureAtPixel(event.pixel, (feature) => feature.get('id') as string | undefined,
                                                 { hitTolerance: reach });
      if (hit) onChoose(hit);
    });
    this.map.on('moveend', () => void this.loadPlots());
  }

  // Returns how many cases are shown.
  async load(query: URLSearchParams, stop: AbortSignal): Promise<number> {
    const found = await api.caseGeometry(query, stop);
    const first = this.cases.isEmpty();
    this.cases.clear(true);
    this.cases.addFeatures(json.readFeatures(found) as Feature[]);
    if (first) this.fitAll();
    this.showPicture();
    return found.features.length;
  }

  mark(found: CaseSummary | null): void {
    this.chosen.clear(true);
    if (!found) return;
    const [minX, minY, maxX, maxY] = found.bbox;
    const ring = [[minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY], [minX, minY]];
    this.chosen.addFeature(new Feature(new Polygon([ring])));
    const view = this.map.getView();
    const centre = [(minX + maxX) / 2, (minY + maxY) / 2];
    const inSight = containsCoordinate(view.calculateExtent(this.map.getSize()), centre);
    if (!this.cases.isEmpty() && !inSight) view.animate({ center: centre, duration: 150 });
  }

  async background(view: View): Promise<void> {
    // Without a picture the map still tells where things lie.
    const source = await cogSource(view.image, 'picture', view.crs_epsg, view.proj4).catch(() => null);
    this.pictureSource = source;
    this.showPicture();
  }

  fitAll(): void {
    const extent = this.cases.getExtent();
    if (extent && !isEmpty(extent)) this.map.getView().fit(extent, { padding: [40, 40, 40, 40], maxZoom: 24 });
  }

  dispose(): void {
    this.map.setTarget(undefined);
    this.map.dispose();
  }

  private async loadPlots(): Promise<void> {
    const extent = this.map.getView().calculateExtent(this.map.getSize());
    if (extent.some((value) => !Number.isFinite(value)) || this.cases.isEmpty()) return;
    try {
      const found = await api.plots(extent.map((value) => Math.round(value)));
      this.plots.clear(true);
      this.plots.addFeatures(json.readFeatures(found) as Feature[]);
    } catch {
      // the next move asks again; the cases are what the map is for
    }
  }

  // Not before the map looks at the district: a picture of another CRS cannot be laid on nowhere.
  private showPicture(): void {
    if (!this.cases.isEmpty()) this.picture.setSource(this.pictureSource);
  }
}
