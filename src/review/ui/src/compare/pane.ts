// One map window with two pictures: the first is shown left of a cut, the second right of it. The cut makes all ways of
// comparing: in the middle it is a swipe, at an edge one picture alone, changing edges a blink.
import OlMap from 'ol/Map';
import TileLayer from 'ol/layer/Tile';
import VectorLayer from 'ol/layer/Vector';
import VectorSource from 'ol/source/Vector';
import ScaleLine from 'ol/control/ScaleLine';
import { defaults as interactions } from 'ol/interaction/defaults';
import { getRenderPixel } from 'ol/render';
import type RenderEvent from 'ol/render/Event';
import type ImageTile from 'ol/source/ImageTile';
import type OlView from 'ol/View';
import { outlineStyle } from './outline_style';

type PictureLayer = TileLayer<ImageTile>;

export class Pane {
  readonly map: OlMap;
  readonly outlines = new VectorSource();
  private readonly first = pictureLayer(1);
  private readonly second = pictureLayer(2);
  private readonly score = pictureLayer(3);
  private readonly vectors = new VectorLayer({ source: this.outlines, style: outlineStyle, zIndex: 4,
                                               updateWhileInteracting: true, updateWhileAnimating: true });
  private cutAt = 1;

  constructor(host: HTMLElement, view: OlView) {
    this.map = new OlMap({
      target: host, view, layers: [this.first, this.second, this.score, this.vectors],
      controls: [new ScaleLine({ units: 'metric', minWidth: 70 })],
      interactions: interactions({ altShiftDragRotate: false, pinchRotate: false, zoomDuration: 120 }),
    });
    this.clip(this.first, () => [0, this.cutAt]);
    this.clip(this.second, () => [this.cutAt, 1]);
  }

  // [0, 1] of the window's width.
  cut(at: number): void {
    this.cutAt = at;
    this.map.render();
  }

  show(first: ImageTile | null, second: ImageTile | null, score: ImageTile | null): void {
    setSource(this.first, first);
    setSource(this.second, second);
    setSource(this.score, score);
  }

  scoreOpacity(opacity: number): void {
    this.score.setVisible(opacity > 0);
    this.score.setOpacity(opacity);
  }

  // Resolves when everything in sight has been drawn.
  drawn(): Promise<void> {
    return new Promise((resolve) => {
      this.map.once('rendercomplete', () => resolve());
      this.map.render();
    });
  }

  dispose(): void {
    this.map.setTarget(undefined);
    this.map.dispose();
  }

  private clip(layer: PictureLayer, range: () => [number, number]): void {
    layer.on('prerender', (event: RenderEvent) => {
      const context = event.context as CanvasRenderingContext2D;
      const [width, height] = this.map.getSize() ?? [0, 0];
      const [from, to] = range();
      const corners = [[from, 0], [to, 0], [to, 1], [from, 1]]
        .map(([x, y]) => getRenderPixel(event, [x! * width!, y! * height!]));
      context.save();
      context.beginPath();
      corners.forEach((corner, i) => (i === 0 ? context.moveTo(corner[0]!, corner[1]!) : context.lineTo(corner[0]!, corner[1]!)));
      context.closePath();
      context.clip();
    });
    layer.on('postrender', (event: RenderEvent) => (event.context as CanvasRenderingContext2D).restore());
  }
}

function pictureLayer(zIndex: number): PictureLayer {
  return new TileLayer<ImageTile>({ zIndex, preload: 0, cacheSize: 128 });
}

function setSource(layer: PictureLayer, source: ImageTile | null): void {
  if (layer.getSource() !== source) layer.setSource(source);
}
