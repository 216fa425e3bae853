/** What an examination of the double's reader finds. */
import type {
  FindingMark,
  OtherCard,
  ReaderExamination,
  ReaderFinding,
  ReadingPart,
  TechnicalLine,
} from '../../generated/types';

type Found = [ReaderFinding, ReadingPart, FindingMark];

const AT_THE_READER: Record<string, Found> = {
  card_service_absent: [{ finding: 'service_stopped' }, 'service', 'stop'],
  card_service_refused: [{ finding: 'service_refused' }, 'service', 'stop'],
  reader_absent: [{ finding: 'no_reader' }, 'reader', 'stop'],
  without_driver: [{ finding: 'without_driver', name: 'Sony PaSoRi RC-S380/P' }, 'driver', 'stop'],
};
const AT_THE_CARD: Record<string, Found> = {
  none: [{ finding: 'no_card' }, 'card', 'ok'],
  card_removed: [{ finding: 'card_left_early' }, 'card', 'check'],
  card_unresponsive: [{ finding: 'card_mute' }, 'card', 'check'],
  card_busy: [{ finding: 'card_busy' }, 'card', 'stop'],
  pin_locked: [{ finding: 'pin_locked' }, 'pin', 'stop'],
  felica_unread: [{ finding: 'felica_unread' }, 'kind', 'stop'],
  last_try: [{ finding: 'last_try' }, 'pin', 'check'],
};
const KINDS: Record<string, OtherCard> = {
  not_my_number_card: 'unknown',
  felica: 'felica',
  driving_licence: 'driving_licence',
};
const TECHNICAL: TechnicalLine[] = [
  { about: 'service', said: 'PC/SC: 2 slots' },
  { about: 'reader', said: 'SONY FeliCa RC-S300/P (1234567) 00 00 (card)' },
  { about: 'reader', said: 'ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM] 01 00 (empty, not used)' },
  { about: 'usb', said: 'SONY FeliCa RC-S300/P (054C:0DC9)' },
  { about: 'atr', said: '3B8F8001804F0CA00000030611003B0000000042' },
  { about: 'last_fault', said: 'the card was removed' },
  { about: 'version', said: '0.1.0  linux x86_64' },
];

export function examinationOf(reader: string, card: string, pinTries: boolean, portTaken: boolean): ReaderExamination {
  const [finding, part, mark] = AT_THE_READER[reader] ?? AT_THE_CARD[card] ?? ofKind(card);
  const isThere = AT_THE_READER[reader] === undefined;
  return {
    finding,
    part,
    mark,
    readers: isThere ? ['読取装置 1（USB）', ...(reader === 'two' ? ['読取装置 2（USB）'] : [])] : [],
    taken: isThere ? '読取装置 1（USB）' : null,
    pin_tries_left: pinTries && finding.finding === 'ready' ? 3 : null,
    port_taken: portTaken,
    system: 'linux',
    technical: TECHNICAL,
  };
}

/** What reading such a card fails by. */
export const failureOfCard = (card: string): string =>
  KINDS[card] && card !== 'pin_first' ? 'not_my_number_card' : card;

function ofKind(card: string): Found {
  const kind = KINDS[card];
  return kind ? [{ finding: 'other_card', kind }, 'kind', 'stop'] : [{ finding: 'ready' }, 'pin', 'ok'];
}
