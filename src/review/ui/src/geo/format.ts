// Numbers and places as text. Grid coordinates north first, as on a Chinese coordinate sheet.
export function gridText([east, north]: readonly [number, number]): string {
  return `N ${north.toFixed(1)}  E ${east.toFixed(1)}`;
}

export function degreesText([longitude, latitude]: readonly [number, number]): string {
  const ns = latitude >= 0 ? 'N' : 'S';
  const ew = longitude >= 0 ? 'E' : 'W';
  return `${Math.abs(latitude).toFixed(6)}°${ns}  ${Math.abs(longitude).toFixed(6)}°${ew}`;
}

// m² with thin spaces between thousands; hectares from one hectare on.
export function areaText(squareMetres: number): string {
  if (squareMetres >= 10_000) return `${(squareMetres / 10_000).toFixed(2)} ha`;
  return `${Math.round(squareMetres).toString().replace(/\B(?=(\d{3})+$)/g, ' ')} m²`;
}

export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function countText(count: number): string {
  return count.toString().replace(/\B(?=(\d{3})+$)/g, ' ');
}

// A time of the server, in the reader's own zone: "2026-11-23 21:05".
export function timeText(utc: string): string {
  const time = new Date(utc);
  if (Number.isNaN(time.getTime())) return utc;
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
