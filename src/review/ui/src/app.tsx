// Who sees what: the set-up page, the log-in, or one of the places.
import { useEffect } from 'preact/hooks';
import { words } from './i18n';
import { account, may, resume, session } from './state/session';
import { openEarly } from './state/desk';
import { route, type Place } from './state/route';
import { Shell } from './parts/shell';
import { Accounts } from './views/accounts';
import { AdvicePage } from './views/advice';
import { Audit } from './views/audit';
import { Exchange } from './views/exchange';
import { LogIn } from './views/log_in';
import { Password } from './views/password';
import { Review } from './views/review';
import { SetUp } from './views/set_up';
import { StatisticsPage } from './views/statistics';

function allowedPlaces(): Place[] {
  const all: [Place, boolean][] = [
    ['review', true], ['statistics', true], ['exchange', may('exchange')], ['advice', may('advise')],
    ['accounts', may('administer')], ['audit', may('administer')],
  ];
  return all.filter(([, allowed]) => allowed).map(([place]) => place);
}

function Body({ place }: { place: Place }) {
  switch (place) {
    case 'statistics': return <StatisticsPage />;
    case 'exchange': return <Exchange />;
    case 'advice': return <AdvicePage />;
    case 'accounts': return <Accounts />;
    case 'audit': return <Audit />;
    case 'password': return <Password />;
    case 'review': return <Review />;
  }
}

export function App() {
  const settingUp = location.pathname.replace(/\/$/, '') === '/setup';
  useEffect(() => {
    if (settingUp) return;
    if (route.peek().place === 'review') openEarly();
    void resume();
  }, [settingUp]);
  if (settingUp) return <SetUp />;
  const state = session.value;
  if (state.phase === 'starting') return <p class="wait" role="status">{words().common.loading}</p>;
  if (state.phase === 'unreachable') {
    return (
      <main class="alone">
        <p role="alert">{words().common.unreachable}</p>
        <button onClick={() => void resume()}>{words().common.retry}</button>
      </main>
    );
  }
  if (state.phase === 'out') return <LogIn />;
  const places = allowedPlaces();
  const place = places.includes(route.value.place) || route.value.place === 'password' ? route.value.place : 'review';
  return (
    <Shell places={places} place={place} who={account()!}>
      <Body place={place} />
    </Shell>
  );
}
