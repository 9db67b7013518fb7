// Who is logged in, and what that person may do.
import { signal } from '@preact/signals';
import { api, ApiError, useToken, whenLoggedOut } from '../api/client';
import type { Account, Role } from '../api/types';

export type SessionState = { phase: 'starting' | 'out' | 'unreachable' } | { phase: 'in'; account: Account };
export const session = signal<SessionState>({ phase: 'starting' });

export function account(): Account | null {
  return session.value.phase === 'in' ? session.value.account : null;
}

export type Action = 'judge' | 'assign' | 'agree' | 'close' | 'exchange' | 'advise' | 'administer' | 'penalise';

const rank: Record<Role, number> = { viewer: 0, inspector: 1, supervisor: 2, administrator: 3 };
const needed: Record<Action, Role> = {
  judge: 'inspector', assign: 'inspector', penalise: 'inspector', agree: 'supervisor', close: 'supervisor',
  exchange: 'supervisor', advise: 'supervisor', administer: 'administrator',
};

export function roleMay(role: Role, action: Action): boolean {
  return rank[role] >= rank[needed[action]];
}
export function may(action: Action): boolean {
  const who = account();
  return who !== null && roleMay(who.role, action);
}

function enter(who: Account): void {
  useToken(who.csrf);
  session.value = { phase: 'in', account: who };
}

export async function resume(): Promise<void> {
  whenLoggedOut(() => (session.value = { phase: 'out' }));
  try {
    enter(await api.session());
  } catch (error) {
    const reached = error instanceof ApiError && error.status !== 0;
    session.value = { phase: reached ? 'out' : 'unreachable' };
  }
}

export async function logIn(name: string, password: string): Promise<void> {
  enter(await api.logIn(name, password));
}

export async function logOut(): Promise<void> {
  await api.logOut();
  useToken('');
  session.value = { phase: 'out' };
}
