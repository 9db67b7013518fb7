// The records that the server sends. Dates are "2026-11-23", times UTC "2026-11-23T21:05:00Z", areas m², shares and
// scores in [0, 1], geometry in the ledger's CRS (east, north), `lonlat` in degrees.

export const tiers = ['first_seen', 'confirmed', 'established', 'gone'] as const;
export const judgements = [
  'none', 'suspected', 'construction', 'permitted', 'remediation', 'farm_work', 'false_change', 'unclear',
] as const;
export const severities = ['P0', 'P1', 'P2', 'P3'] as const;
export const roles = ['viewer', 'inspector', 'supervisor', 'administrator'] as const;

export type Tier = (typeof tiers)[number];
export type Judgement = (typeof judgements)[number];
export type Severity = (typeof severities)[number];
export type Role = (typeof roles)[number];

export interface LedgerFacts {
  district: string;
  crs_epsg: number | null;
  proj4: string;
  sequence: number;
}

export interface Account {
  name: string;
  display_name: string;
  role: Role;
  unit: string;
  csrf: string;
  ledger: LedgerFacts;
  budget: number; // visits that can be made; 0: none was set
  language: string; // "zh", "en" or "": as the browser asks
}

export interface AccountRow {
  name: string;
  display_name: string;
  role: Role;
  unit: string;
  disabled: boolean;
  last_login?: string | null;
}

export interface Colleague {
  name: string;
  display_name: string;
  unit: string;
}

export interface Coded {
  code: string;
  name: string;
  name_zh: string;
}

export interface RuleName {
  id: string;
  reason: string;
  reason_zh: string;
}

export interface FilterChoices {
  units: string[];
  statuses: Coded[];
  rules: RuleName[];
  tiers: Coded[];
  judgements: Coded[];
  totals: Record<string, Record<string, number>>; // "unit" → "Weishanzhuang" → 12
}

export interface CaseSummary {
  id: string;
  plot_code: string;
  plot_name: string;
  plot_status: string;
  unit: string;
  tier: Tier;
  open: boolean;
  severity: Severity;
  rule_id: string;
  reason: string;
  reason_zh: string;
  transition: string;
  transition_zh: string;
  area_m2: number;
  mean_score: number;
  confidence: number;
  below_threshold?: boolean; // under a confidence that a person accepted: comes after the others of its severity
  first_seen: string;
  last_seen: string;
  last_clear_before: string | null;
  deadline: string | null;
  days_left: number | null;
  judgement: Judgement;
  judged_by: string;
  second_person: boolean;
  assigned_to: string;
  lonlat: [number, number];
  bbox: [number, number, number, number];
  sequence: number; // of the case's last event
}

export interface CasePage {
  total: number;
  sequence: number; // of the ledger's last event
  cases: CaseSummary[];
}

export interface PolygonGeometry {
  type: 'Polygon';
  coordinates: number[][][];
}
export interface MultiPolygonGeometry {
  type: 'MultiPolygon';
  coordinates: number[][][][];
}
export type Geometry = PolygonGeometry | MultiPolygonGeometry;

export interface Sighting {
  id: string;
  scan_id: string;
  before_date: string;
  after_date: string;
  geometry: Geometry;
  area_m2: number;
  mean_score: number;
  registration_residual_px: number;
  registration_applied: boolean;
  suppressed: boolean;
  chip: string | null;
}

export interface Look {
  before_date: string;
  after_date: string;
  scan_id: string;
  seen: boolean;
  clear_share: number;
}

// Shares of unknown, vegetation, bare, built, water.
export type CoverShares = [number, number, number, number, number];

export interface Observation {
  after_date: string;
  observable: boolean;
  cause: string;
  cause_zh: string;
  clear_share: number;
  before_cover: CoverShares;
  after_cover: CoverShares;
}

// One date's picture. 8-bit RGB COG in its own CRS; alpha or nodata where the ground was not usable.
export interface View {
  date: string;
  scene: string;
  scan_id: string;
  side: 'before' | 'after';
  image: string;
  score: string | null;
  crs_epsg: number | null;
  proj4: string;
  clear_share: number | null;
  seen: boolean | null;
}

export interface LedgerEvent {
  sequence: number;
  at: string;
  actor: string;
  kind: string;
  payload: Record<string, unknown>;
}

export interface Photo {
  sha256: string;
  name: string;
  at: string;
  actor: string;
}

export interface CaseDetail extends CaseSummary {
  geometry: Geometry;
  plot: { code: string; name: string; status: string; unit: string; geometry: Geometry | null };
  stage?: string; // what the last sighting seems to show, in words; empty: unclear
  stage_zh?: string;
  rule: { id: string; reason: string; reason_zh: string; basis: string; verified: boolean; permit: string };
  evidence: Record<string, number>;
  sightings: Sighting[];
  looks: Look[];
  observations: Observation[];
  views: View[];
  events: LedgerEvent[];
  photos: Photo[];
  parents: string[];
  merged_into: string | null;
  judgement_reason?: string;
}

export interface ErrorText {
  what: string;
  where?: string;
  advice?: string;
}

export interface ImportRow {
  row: number;
  case_id: string;
  judgement: Judgement | '';
  reason: string;
  state: 'ready' | 'same' | 'conflict' | 'error';
  what: string;
  what_zh: string;
}

export interface ImportCheck {
  rows: ImportRow[];
  token: string;
}

export interface Advice {
  id: string;
  by: 'rule' | 'sensor' | 'plot';
  subject: string;
  judged: number;
  false_alarms: number;
  rate: number;
  confidence: number | null; // below which cases would come later; null: nothing is proposed
  proposal: string;
  proposal_zh: string;
  state: 'open' | 'accepted' | 'declined';
}

export interface StatisticsRow {
  key: string;
  cases: number;
  open: number;
  judged: number;
  construction: number;
  farm_work: number;
  false_change: number;
  overdue: number;
  median_days_to_judgement: number | null;
}

export interface Statistics {
  from: string | null;
  to: string | null;
  by: string;
  rows: StatisticsRow[];
}

export interface AuditRow {
  at: string;
  actor: string;
  action: string;
  subject: string;
  address?: string;
}

export interface GeoFeature<P> {
  type: 'Feature';
  id?: string | number;
  geometry: Geometry;
  properties: P;
}
export interface GeoCollection<P> {
  type: 'FeatureCollection';
  features: GeoFeature<P>[];
}
export type CaseFeature = { id: string; severity: Severity; tier: Tier; judgement: Judgement };
export type PlotFeature = {
  code: string; name: string; status: string; unit: string; last_clear: string | null; days_since_clear: number | null;
};
