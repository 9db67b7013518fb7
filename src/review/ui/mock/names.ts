// Names that the mock's cases bear.
export const units = ['魏善庄镇', '庞各庄镇', '安定镇', '榆垡镇'];

export const statuses = [
  { code: 'listed', name: 'on the remediation list, target not met', name_zh: '名录内地块（未达修复目标）' },
  { code: 'survey_pending', name: 'risk plot, survey or assessment unfinished', name_zh: '风险地块（调查评估未完成）' },
  { code: 'priority_idle', name: 'priority plot, not being developed', name_zh: '优先监管地块（未开发）' },
  { code: 'aftercare', name: 'after-care', name_zh: '后期管理地块' },
  { code: 'unused', name: 'unused land', name_zh: '未利用地' },
];

export const rules = [
  { id: 'listed-building', severity: 'P0', reason: 'Suspected building on a plot of the remediation list', reason_zh: '名录内地块疑似建设', basis: 'Soil Pollution Prevention and Control Law, art. 66(3), 91(4)', verified: true },
  { id: 'survey-pending-start', severity: 'P1', reason: 'Suspected start of construction before the survey is finished', reason_zh: '调查评估未完成，疑似开工建设', basis: 'Soil Pollution Prevention and Control Law, art. 59(1), 60, 94', verified: true },
  { id: 'code-before-survey', severity: 'P1', reason: 'Suspected start before the required survey', reason_zh: '未开展规定调查，疑似开工', basis: 'Ecological and Environmental Code, art. 416', verified: false },
  { id: 'idle-demolition', severity: 'P2', reason: 'Suspected demolition on a priority plot', reason_zh: '优先监管地块疑似拆除', basis: 'Soil Pollution Prevention and Control Law, art. 86(4)', verified: true },
  { id: 'record-only', severity: 'P3', reason: 'Change on a cleared plot, for the record', reason_zh: '已移出名录地块变化，记录', basis: '', verified: false },
];

export const tierNames = [
  { code: 'first_seen', name: 'first seen', name_zh: '首次发现' }, { code: 'confirmed', name: 'confirmed', name_zh: '已印证' },
  { code: 'established', name: 'established', name_zh: '已确立' }, { code: 'gone', name: 'gone', name_zh: '已消失' },
];

export const judgementNames = [
  { code: 'none', name: 'not reviewed', name_zh: '未核查' }, { code: 'suspected', name: 'suspected construction', name_zh: '疑似建设' },
  { code: 'construction', name: 'construction found on site', name_zh: '现场发现建设' }, { code: 'permitted', name: 'permitted', name_zh: '已批准' },
  { code: 'remediation', name: 'remediation', name_zh: '修复施工' }, { code: 'farm_work', name: 'farm work', name_zh: '农事活动' },
  { code: 'false_change', name: 'false change', name_zh: '伪变化' }, { code: 'unclear', name: 'unclear', name_zh: '不明确' },
];

export const accounts = [
  { name: 'wang', display_name: '王工', role: 'inspector', unit: '', password: 'mock-password-1' },
  { name: 'li', display_name: '李科', role: 'supervisor', unit: '', password: 'mock-password-2' },
  { name: 'admin', display_name: 'Admin', role: 'administrator', unit: '', password: 'mock-password-3' },
  { name: 'guest', display_name: 'Guest', role: 'viewer', unit: '', password: 'mock-password-4' },
  { name: 'zhao', display_name: '赵工', role: 'inspector', unit: '安定镇', password: 'mock-password-5' },
] as const;
