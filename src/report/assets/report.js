// The page is whole without this. It adds two conveniences: showing some severities only, and blinking the two dates.
'use strict';
(() => {
  const words = (zh, en) => {
    const label = document.createDocumentFragment();
    for (const [lang, text] of [['zh', zh], ['en', en]]) {
      const span = document.createElement('span');
      span.lang = lang;
      span.textContent = text;
      label.append(span, ' ');
    }
    return label;
  };
  const toggle = (label, pressed, act) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(label);
    button.setAttribute('aria-pressed', pressed);
    button.addEventListener('click', () => {
      const on = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', on);
      act(on);
    });
    return button;
  };

  const filter = document.getElementById('filter');
  const items = [...document.querySelectorAll('[data-severity]')];
  const severities = [...new Set(items.map((item) => item.dataset.severity))].sort();
  if (filter && severities.length > 1) {
    for (const severity of severities) {
      filter.append(toggle(severity, true, (on) => {
        for (const item of items) if (item.dataset.severity === severity) item.classList.toggle('off', !on);
      }));
    }
    filter.hidden = false;
  }

  // 600 ms: slow enough not to harm anyone's eyes.
  for (const chip of document.querySelectorAll('.chip')) {
    let timer = 0;
    const button = toggle(words('闪烁对比', 'blink'), false, (on) => {
      clearInterval(timer);
      chip.classList.toggle('blink', on);
      chip.classList.remove('later');
      if (on) timer = setInterval(() => chip.classList.toggle('later'), 600);
    });
    button.className = 'blink-button';
    chip.after(button);
  }
})();
