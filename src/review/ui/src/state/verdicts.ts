// What can be said of a case, with its key, and where a reason is asked for.
import type { Judgement } from '../api/types';

export interface Choice {
  key: string;
  judgement: Exclude<Judgement, 'none'>;
  reasonRequired: boolean; // the decision has to stand up later: on what document or finding it rests
}

export const choices: readonly Choice[] = [
  { key: '1', judgement: 'suspected', reasonRequired: false },
  { key: '2', judgement: 'construction', reasonRequired: true },
  { key: '3', judgement: 'permitted', reasonRequired: true },
  { key: '4', judgement: 'remediation', reasonRequired: true },
  { key: '5', judgement: 'farm_work', reasonRequired: false },
  { key: '6', judgement: 'false_change', reasonRequired: false },
  { key: '7', judgement: 'unclear', reasonRequired: true },
];

export function choiceOf(judgement: Judgement): Choice | undefined {
  return choices.find((choice) => choice.judgement === judgement);
}
