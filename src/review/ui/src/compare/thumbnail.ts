// A small picture of a case's surroundings, out of the same blocks as the large one.
import { transformExtent } from 'ol/proj';
import type { View } from '../api/types';
import { cog } from '../geo/cog';
import { caseExtent, fitResolution, shownExtent, type Extent } from '../geo/extent';
import { viewCode } from './stage';

export async function drawThumbnail(canvas: HTMLCanvasElement, view: View, bbox: Extent, ledgerCode: string,
                                    stop: AbortSignal): Promise<void> {
  const file = await cog(view.image, 'picture');
  const size: [number, number] = [canvas.width, canvas.height];
  const wanted = transformExtent(caseExtent(bbox, 2.2), ledgerCode, viewCode(view)) as Extent;
  const resolution = fitResolution(wanted, size);
  const extent = shownExtent(wanted, resolution, size);
  const z = file.grid.getZForResolution(resolution);
  const tiles: Promise<[ImageBitmap, number[]]>[] = [];
  file.grid.forEachTileCoord(extent, z, ([, x, y]) => {
    if (file.has(z, x!, y!)) {
      tiles.push(file.tile(z, x!, y!).then((picture) => [picture, file.grid.getTileCoordExtent([z, x!, y!])]));
    }
  });
  const drawn = await Promise.all(tiles);
  const context = canvas.getContext('2d');
  if (stop.aborted || !context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const [picture, [left, , , top]] of drawn) {
    const scale = file.grid.getResolution(z) / resolution;
    context.drawImage(picture, (left! - extent[0]) / resolution, (extent[3] - top!) / resolution, picture.width * scale, picture.height * scale);
  }
}
