// What ground to show of a case.
export type Extent = [number, number, number, number];

const leastMetres = 160; // a small case still shows what lies around it

// The square about a case's bounding box, `context` times as wide as the case; metres.
export function caseExtent(bbox: Extent, context = 3.2): Extent {
  const [minX, minY, maxX, maxY] = bbox;
  const half = Math.max(maxX - minX, maxY - minY, leastMetres / context) * context / 2;
  const x = (minX + maxX) / 2;
  const y = (minY + maxY) / 2;
  return [x - half, y - half, x + half, y + half];
}

// Resolution (ground units a screen pixel) at which this extent fits into a window of this size.
export function fitResolution(extent: Extent, [width, height]: readonly [number, number]): number {
  return Math.max((extent[2] - extent[0]) / Math.max(width, 1), (extent[3] - extent[1]) / Math.max(height, 1));
}

// The extent that a window of this size shows at that resolution, about the same centre.
export function shownExtent(extent: Extent, resolution: number, [width, height]: readonly [number, number]): Extent {
  const x = (extent[0] + extent[2]) / 2;
  const y = (extent[1] + extent[3]) / 2;
  const w = (resolution * width) / 2;
  const h = (resolution * height) / 2;
  return [x - w, y - h, x + w, y + h];
}
