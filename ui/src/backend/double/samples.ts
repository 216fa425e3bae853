/** Invented people, shops and balances of the double. */
import type {
  AddressNotice,
  ListedOperation,
  TerminalProfile,
  UsableAccount,
  OperationsOfTheDay,
  RegistrationForm,
} from '../../generated/types';

export const KAWASAKI = { book: '141305', number: 1 };
const SPACE_FESTIVAL = { book: '141305', number: 2 };
const KANAGAWA = { book: '140007', number: 1 };

export const ACCOUNTS: UsableAccount[] = [
  {
    currency: KAWASAKI,
    kind: 'municipal',
    name: '川崎市ポイント',
    balance: 3000,
    by_last_day: [
      { points: 2000, last_day: '2027-03-31' },
      { points: 1000, last_day: '2028-03-31' },
    ],
    usable_until: null,
    issuer_name: null,
  },
  {
    currency: SPACE_FESTIVAL,
    kind: 'event',
    name: 'かわさき宙フェス',
    balance: 800,
    by_last_day: [{ points: 800, last_day: '2026-12-25' }],
    usable_until: '2026-12-25',
    issuer_name: null,
  },
  {
    currency: KANAGAWA,
    kind: 'event',
    name: '神奈川県民文化祭ポイント',
    balance: 0,
    by_last_day: [],
    usable_until: '2026-12-31',
    issuer_name: '神奈川県',
  },
];

export const SHOP: TerminalProfile = {
  terminal: '14130001',
  municipality: '141305',
  municipality_name: '川崎市',
  site: 1,
  site_name: 'やまだ八百屋',
  kind: 'point_use_counter',
  functions: ['use_points', 'clear_tickets', 'own_totals'],
  currencies: ['川崎市ポイント', 'かわさき宙フェス'],
  limits: { per_use: 3000, per_day: 5000 },
  sign_in: { password: 'never', staff_name: 'no' },
  id_provider: null,
};

export const LIBRARY: TerminalProfile = {
  ...SHOP,
  terminal: '14130002',
  site_name: '川崎市立図書館 中原館',
  kind: 'service_id_counter',
  functions: ['service_ids'],
  currencies: [],
  id_provider: { id: '140001', name: '川崎市立図書館', keeps_mykey_ids: false, address_notices: false },
};

/** A shop of a street with a point card of its own: service IDs and points. */
export const STREET: TerminalProfile = {
  ...SHOP,
  terminal: '14130005',
  site_name: '銀座街のパン屋 こむぎ',
  kind: 'service_id_counter',
  functions: ['service_ids', 'use_points', 'clear_tickets', 'merge_points', 'own_totals'],
  id_provider: {
    id: '140002',
    name: '川崎銀座街商店街振興組合',
    keeps_mykey_ids: false,
    address_notices: false,
  },
};

/** The same terminal at a provider that keeps MyKey IDs itself, or offers address notices. */
export const atProvider = (
  profile: TerminalProfile,
  does: { keepsMykeyIds: boolean; addressNotices: AddressNotice | null },
): TerminalProfile => ({
  ...profile,
  id_provider: profile.id_provider && {
    ...profile.id_provider,
    keeps_mykey_ids: does.keepsMykeyIds,
    address_notices: does.addressNotices !== null,
  },
});

export const CHAMBER: TerminalProfile = {
  ...SHOP,
  terminal: '14130003',
  site_name: 'みなみ商工会',
  kind: 'ticket_issuer',
  functions: ['issue_tickets', 'own_totals'],
};

/** A 消込場所: it clears for every shop of the city. */
export const CLEARING_PLACE: TerminalProfile = {
  ...CHAMBER,
  site: 3,
  functions: ['clear_tickets_for_others', 'own_totals'],
};

/** The terminals of `?place=`. */
export const PLACES: Record<string, TerminalProfile> = {
  registered: SHOP,
  library: LIBRARY,
  street: STREET,
  chamber: CHAMBER,
  clearing: CLEARING_PLACE,
};

export const MASKED = 'MY****56';

/** 14:32 on 20 November 2026 in Japan. */
export const NOW_MS = Date.UTC(2026, 10, 20, 5, 32);
export const TODAY = '2026-11-20';

const at = (minutesAgo: number): number => NOW_MS - minutesAgo * 60_000;

export const OPERATIONS: ListedOperation[] = [
  {
    key: 'k14',
    kind: 'use',
    number: '20261120-0014',
    at_ms: at(30),
    points: 1200,
    currencies: ['川崎市ポイント'],
    masked_mykey_id: 'TA****08',
    linked_number: null,
    staff_name: null,
    can_be_voided: true,
  },
  {
    key: 'k13',
    kind: 'void',
    number: '20261120-0013',
    at_ms: at(74),
    points: 800,
    currencies: ['かわさき宙フェス'],
    masked_mykey_id: 'KO****31',
    linked_number: '20261120-0012',
    staff_name: null,
    can_be_voided: false,
  },
  {
    key: 'k12',
    kind: 'use',
    number: '20261120-0012',
    at_ms: at(75),
    points: 800,
    currencies: ['かわさき宙フェス'],
    masked_mykey_id: 'KO****31',
    linked_number: '20261120-0013',
    staff_name: null,
    can_be_voided: false,
  },
  {
    key: 'k11',
    kind: 'use',
    number: '20261120-0011',
    at_ms: at(150),
    points: 2400,
    currencies: ['川崎市ポイント', 'かわさき宙フェス'],
    masked_mykey_id: 'SU****74',
    linked_number: null,
    staff_name: null,
    can_be_voided: true,
  },
];

/** What a registration shows before the contact details. */
export function registrationForm(place: string): RegistrationForm {
  return {
    terminal: '1413 0001',
    municipality: '川崎市',
    site: 'やまだ八百屋',
    id_providers:
      place === 'providers'
        ? [
            { id: '000123', name: '川崎市立図書館' },
            { id: '000124', name: '岡本太郎美術館' },
          ]
        : [],
  };
}

/** 本日の一覧. */
export function operationsOfToday(operations: ListedOperation[]): OperationsOfTheDay {
  const uses = operations.filter(({ kind }) => kind === 'use');
  const voids = operations.filter(({ kind }) => kind === 'void');
  const sum = (operations: ListedOperation[]) => operations.reduce((total, { points }) => total + points, 0);
  return {
    date: TODAY,
    operations: operations,
    uses: uses.length,
    voids: voids.length,
    points: sum(uses) - sum(voids),
  };
}
