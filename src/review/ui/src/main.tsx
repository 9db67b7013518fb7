import { effect } from '@preact/signals';
import { render } from 'preact';
import 'ol/ol.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/review.css';
import './styles/compare.css';
import './styles/panel.css';
import './styles/tables.css';
import { App } from './app';
import { language, words } from './i18n';
import { followAddress } from './state/route';
import { saying } from './state/desk';

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = `${words().app.title} · ${words().app.subtitle}`;
});

// Verdicts that the server has not confirmed yet are lost with the page.
window.addEventListener('beforeunload', (event) => {
  if (saying.waiting.value.length > 0) event.preventDefault();
});
window.addEventListener('online', () => void saying.flush());

followAddress();
render(<App />, document.getElementById('page')!);
