import type { Severity } from '../api/types';
import { words } from '../i18n';

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <span class={`badge ${severity}`} title={words().severity[severity]}>{severity}</span>;
}
