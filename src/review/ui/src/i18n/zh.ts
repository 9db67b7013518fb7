import type { Dictionary } from './dictionary';

export const zh: Dictionary = {
  name: '中文',
  other: 'English',
  app: { title: 'plotwatch', subtitle: '疑似建设核查', skip: '跳到图斑' },
  places: {
    review: '核查', statistics: '统计', exchange: '导出与导入', advice: '建议', accounts: '账号', audit: '审计', password: '密码',
  },
  menu: { logOut: '退出登录', help: '快捷键', language: '语言', account: (name, role) => `${name}（${role}）` },
  roles: { viewer: '查看员', inspector: '核查员', supervisor: '主管', administrator: '管理员' },
  common: {
    save: '保存', cancel: '取消', close: '关闭', retry: '重试', loading: '正在加载……', none: '无', yes: '是', no: '否',
    date: '日期', unit: '单位', status: '地块状态', all: '全部', day: (n) => `${n} 天`,
    unknownError: '页面出错，请重新加载；已作出的判定由服务器保存。', unreachable: '无法连接服务器。', logged: '已保存',
  },
  logIn: {
    title: '登录', account: '账号', password: '密码', enter: '登录', failed: '账号或密码不正确。', throttled: '尝试次数过多，请稍后再试。',
  },
  setUp: {
    title: '建立首个账号', lead: '该账号管理其他所有账号。此链接只能使用一次。', name: '账号', display: '显示姓名', password: '密码（至少 12 个字符）',
    repeat: '再次输入密码', create: '建立账号', differ: '两次输入的密码不一致。', short: '密码太短。', noToken: '链接中没有令牌，请使用服务器日志中的完整链接。',
    done: '账号已建立，请登录。',
  },
  password: { title: '修改密码', old: '当前密码', next: '新密码（至少 12 个字符）', change: '修改', done: '密码已修改。' },
  severity: { P0: '立即处置', P1: '尽快核查', P2: '核对', P3: '记录' },
  tier: { first_seen: '首次发现', confirmed: '已印证', established: '已确立', gone: '已消失' },
  judgement: {
    none: '未核查', suspected: '疑似建设', construction: '现场发现建设', permitted: '已批准', remediation: '修复施工', farm_work: '农事活动',
    false_change: '伪变化', unclear: '不明确',
  },
  reasonAsked: {
    suspected: '疑似的依据（可不填）', construction: '现场发现的情况及核查人', permitted: '批准文件名称及文号', remediation: '对应的修复方案',
    farm_work: '何种农事（可不填）', false_change: '成因：错位、阴影、云、季节等（可不填）', unclear: '还缺什么才能判定',
  },
  queue: {
    title: '待核查列表', count: (shown) => `${shown} 个图斑`, one: '1 个图斑', counting: '正在统计……',
    budget: (within, budget) => `核查预算 ${budget} 处，列表内 ${within} 处`, budgetEnds: (budget) => `以上为 ${budget} 处核查预算`,
    decided: (n) => `本次已判定 ${n} 个`, search: '搜索图斑编号、地块代码或名称', filters: '筛选', clear: '清除筛选', sort: '排序', reload: '刷新',
    moved: '台账已更新，请刷新列表', empty: '没有符合筛选条件的图斑。', failed: '列表加载失败。', list: '图斑列表，最紧急的在前', open: '未销号', closed: '已销号',
    openness: '状态', overdue: '已逾期', mine: '分派给我', from: '首次发现自', to: '至', dueIn: (n) => (n === 0 ? '今天到期' : n === 1 ? '明天到期' : `${n} 天后到期`),
    late: (n) => `逾期 ${n} 天`, noDeadline: '无期限', position: (n, total) => `第 ${n} 个，共 ${total} 个`, notInList: '不在当前列表中', tier: '确定程度', severity: '级别',
    judgement: '判定', rule: '规则', conditions: (n) => `${n} 项`, next: '下一个图斑', previous: '上一个图斑', hide: '收起列表', show: '展开列表',
  },
  sort: { priority: '最紧急', deadline: '期限', first_seen: '首次发现', area: '面积最大' },
  compare: {
    label: '两期影像对比', before: '前时相', after: '后时相', modes: '对比方式', swipe: '卷帘', side: '双窗联动', blink: '闪烁', divider: '前后时相分界线', score: '变化得分',
    scoreOpacity: '变化得分不透明度', outline: '图斑边界', plot: '地块边界', fit: '全貌', strip: '全部时相', days: (n) => `相隔 ${n} 天`, seen: '可见', notSeen: '未见',
    notClear: '不可观测', chooseAfter: (date) => `将 ${date} 设为后时相`, chooseBefore: (date) => `将 ${date} 设为前时相`, setBefore: '设为前时相',
    notOneScan: '两幅影像来自不同批次，未相互配准：细小错位不代表变化。', hatch: '斜线：无可用像元', failed: '影像无法显示。', noViews: '该图斑没有影像。', loading: '正在加载影像……',
    grid: 'CGCS2000', centre: '中心', map: '地图', compare: '对比', clear: (share) => `无云 ${share}`,
  },
  map: {
    label: '地块与图斑地图', legend: '级别', judged: '已判定', plots: '地块', failed: '地图加载失败。', fitAll: '全部图斑', choose: '请在地图或列表中选择图斑。',
    unseen: '超过 60 天未能观测的地块', count: (n) => `地图上有 ${n} 个图斑`, background: '底图',
  },
  evidence: {
    title: '证据', rule: '规则', basis: '依据', verified: '已对照法律原文核实', notVerified: '未经法律原文核实', permit: '文件', area: '面积', transition: '疑似变化',
    firstSeen: '首次发现', lastClear: '此前未见', lastSeen: '最近可见', score: '平均得分', confidence: '置信度', deadline: '核查期限', plot: '地块', place: '位置', series: '历次观测',
    seriesHelp: '实心：可见；空心：已观测但未见；灰柱：无云比例。', indices: '前后指数', cover: '地块覆盖', covers: { unknown: '未知', vegetation: '植被', bare: '裸地', built: '建筑', water: '水体' },
    registration: '影像配准', residual: (px) => `残差 ${px} 像元`, applied: '后时相已配准到前时相', notApplied: '未移动：检验点未通过', quality: { good: '良好', fair: '一般：边缘可能呈现为变化', poor: '较差：请谨慎对比边缘' },
    unobserved: '未能观测', unobservedLead: '未能观测不等于没有变化。', allObserved: '历次扫描均可观测该地块。', related: '承接自', mergedInto: '并入', outside: '不在登记地块内', table: '以表格显示',
    sightings: '历次发现', suppressed: '已抑制', beforeAfter: (a, b) => `${a} → ${b}`,
    ground: { unknown: '未知', vegetation: '植被', bare: '裸地', built: '建筑或硬化', water: '水面' },
    became: (before, after) => `${before}变为${after}`, staged: (stage, change) => `${stage}（${change}）`,
    numbers: {
      ndvi: '植被指数 NDVI', ndbi: '建筑指数 NDBI', water: '水体指数', greenness: '绿度', brightness: '亮度', contrast: '反差',
      peak_score: '最高得分', plot_share: '占地块比例', transition_share: '该变化所占比例', largest_area_m2: '历次最大面积',
    },
  },
  verdict: {
    title: '判定', lead: '按一个键即完成判定并进入下一个图斑。', reason: '理由', note: '备注（可不填）', say: '保存并继续', reasonMissing: '该判定需要填写理由。', undo: '撤销上一判定',
    undone: (id) => `已撤销：${id}`, nothingToUndo: '本次没有可撤销的判定。', saved: (id, what) => `${id}：${what}`, now: '当前', by: (who) => `判定人 ${who}`, second: '第二人已同意', waitsSecond: '待第二人确认',
    agree: '我同意', agreed: '已记录同意。', notOwn: '须由判定人以外的人员同意。', assign: '分派给', assigned: (who) => `已分派给 ${who}。`, nobody: '未分派', addNote: '添加备注', noteAdded: '备注已添加。',
    photos: '照片', addPhoto: '添加照片', photoHint: 'JPEG、PNG 或 WebP，不超过 20 MiB', photoWrong: '文件不是 20 MiB 以内的 JPEG、PNG 或 WebP。', photoAdded: '照片已添加。', close: '销号', reopen: '重新打开',
    closeReason: '销号理由', reopenReason: '重新打开的理由', closed: '已销号。', reopened: '已重新打开。', penalty: '已作出处罚', penaltyDocument: '文书编号', remedy: '已整改', remedyNote: '整改情况', more: '后续办理', viewerOnly: '该账号只能查看，不能判定。',
    waiting: (n) => `${n} 个判定正在提交`, stuck: (n) => `${n} 个判定尚未保存：服务器无法连接或拒绝。判定保留在本页。`, refused: '服务器未接受该判定', discard: '放弃', again: '重新判定', required: '必填',
  },
  conflict: {
    title: '图斑已有更新', lead: (id, mine) => `您对 ${id} 的判定（${mine}）未写入，其间：`, mine: '仍按我的判定', theirs: '保留对方的判定', nothing: '图斑情况已变化',
  },
  history: {
    title: '历史记录', empty: '暂无记录。',
    kinds: {
      case_opened: '立案', case_seen: '再次可见', case_confirmed: '经第二时相印证', case_established: '已确立', case_gone: '不再可见', case_joined: '并入其他图斑', case_returned: '判定后再次出现', account_set_up: '建立首个账号', account_added: '添加账号',
      account_changed: '修改账号', account_locked_out: '登录受限', account_logged_in: '登录', account_logged_out: '退出登录',
      account_password_changed: '修改密码', review_exported: '导出图斑', review_imported: '导入工作簿', review_advice_accepted: '采纳建议',
      review_advice_declined: '未采纳建议', photo_added: '照片', ledger_created: '建立台账', ledger_merged: '合并台账', scan_recorded: '记录扫描',
      scene_recorded: '记录影像', register_recorded: '记录地块名册', policy_changed: '修改立案规则', calendar_changed: '修改工作日历',
      case_suppressed: '判定为非建设后再次可见', case_merged: '合并', case_split: '拆分',
      judged: '判定', agreed: '第二人同意', undone: '撤销判定', assigned: '分派', annotated: '备注', closed: '销号', reopened: '重新打开', penalised: '已作出处罚', put_right: '已整改', photo: '照片', look: '观测',
    },
    fields: { reason: '理由', judgement: '判定', to: '对象', text: '内容', note: '备注', day: '日期', document: '文书', name: '名称' },
  },
  help: {
    title: '快捷键', lead: '未在输入时，快捷键在任何位置有效。Esc 离开输入框。', groups: { queue: '列表', compare: '对比', verdict: '判定', page: '页面' },
    actions: {
      next: '下一个图斑', previous: '上一个图斑', first: '第一个图斑', reload: '刷新列表', search: '搜索', filters: '筛选', open_map: '地图或对比', blink: '两期闪烁', swipe: '卷帘', side: '双窗联动', earlier: '后时相换为更早日期',
      later: '后时相换为更晚日期', before_earlier: '前时相换为更早日期', before_later: '前时相换为更晚日期', score: '变化得分开关', score_less: '得分变淡', score_more: '得分变浓', outline: '图斑边界开关', plot: '地块边界开关', fit: '回到图斑全貌', zoom_in: '放大', zoom_out: '缩小',
      judge: '按编号作出判定', undo: '撤销上一判定', agree: '作为第二人同意', assign: '分派', note: '添加备注', close_case: '销号或重新打开', help: '本帮助', language: '中文或英文', leave: '离开输入框、面板或闪烁',
    },
  },
  statistics: {
    title: '统计', by: '分组', from: '自', to: '至', unit: '单位', status: '地块状态', rule: '规则', cases: '图斑', open: '未销号', judged: '已判定', construction: '发现建设', farmWork: '农事活动', falseChange: '伪变化', overdue: '逾期', median: '判定天数中位数',
    overdueList: '逾期清单', noOverdue: '没有逾期图斑。', total: '合计', empty: '该时段没有图斑。', review: '核查这些图斑',
  },
  exchange: {
    title: '导出与导入', exportTitle: '外业导出', exportLead: '压缩包：工作簿（每行有判定下拉项）、KML 和图片，内容为列表筛选所示图斑。', exportNow: (n) => `导出 ${n} 个图斑`, exported: '文件已生成。', conditions: '当前筛选', importTitle: '外业导入',
    importLead: '逐行检查填写后的工作簿。确认之前不写入任何内容。', choose: '工作簿（XLSX）', check: '检查', row: '行', case: '图斑', verdict: '判定', state: '状态', what: '说明', write: (n) => `写入 ${n} 行`,
    states: { ready: '可写入', same: '无变化', conflict: '冲突', error: '无法读取' }, written: (n) => `已写入 ${n} 行。`, notWritten: (n) => `有 ${n} 行未写入：`, take: '选取', conflictHelp: '冲突行只有勾选后才写入：将取代导出之后他人的判定。', none: '没有可写入的行。', fileWrong: '请选择 XLSX 文件。',
  },
  advice: {
    title: '判定反馈建议', lead: '判定显示误报较多之处给出修改建议，由人决定是否采纳。', rule: '规则', sensor: '传感器', plot: '地块', subject: '对象', judged: '已判定', falseAlarms: '误报', rate: '误报率', proposal: '建议', accept: '采纳', decline: '不采纳', takeBack: '收回',
    states: { open: '待定', accepted: '已采纳', declined: '未采纳' }, empty: '判定数量不足，暂无建议。',
  },
  accounts: {
    title: '账号', name: '账号', display: '显示姓名', role: '角色', unit: '单位', disabled: '已锁定', lastLogin: '最近登录', add: '添加账号', password: '密码（至少 12 个字符）', newPassword: '新密码（留空则不变）', edit: '修改', lock: '锁定',
    unlock: '解锁', added: (name) => `已添加 ${name}。`, changed: (name) => `已修改 ${name}。`, unitHelp: '核查员只能看到该单位的图斑。',
  },
  audit: { title: '审计', at: '时间', actor: '人员', action: '操作', subject: '对象', address: '来源地址', more: '更早的记录', empty: '暂无记录。' },
};
