/** What the double says about tickets, in the catalogue's words. */
import type { ErrorCode, Failure } from '../../generated/types';

const failure = (
  code: ErrorCode,
  number: string,
  tone: Failure['tone'],
  ja: [string, string],
  en: [string, string],
): Failure => ({ code, number, tone, points: 'no', what: { ja: ja[0], en: en[0] }, now: { ja: ja[1], en: en[1] } });

const NEXT_JA = '別に置いて、次の券を読み取ってください。';
const NEXT_EN = 'Set it aside and scan the next one.';

export const TICKET_FAILURES: Failure[] = [
  failure(
    'ticket_unknown',
    'K-602',
    'stop',
    ['この番号の券はありません。', '番号をお確かめのうえ、別に置いて、次の券を読み取ってください。'],
    ['There is no ticket with this number.', 'Check the number, set it aside and scan the next one.'],
  ),
  failure(
    'ticket_forged',
    'K-603',
    'stop',
    ['この券は、発行された券だと確かめられません。', '別に置いて、自治体の担当課にお知らせください。'],
    ['This ticket could not be verified as one that was issued.', 'Set it aside and tell the municipality.'],
  ),
  failure(
    'ticket_of_another',
    'K-604',
    'stop',
    ['川崎市の券ではありません（小国町）。', NEXT_JA],
    ['This is not a ticket of 川崎市 (小国町).', NEXT_EN],
  ),
  failure(
    'ticket_elsewhere',
    'K-605',
    'stop',
    ['この券は、かわさき宙フェスの参加店だけで使えます。この店は参加していません。', NEXT_JA],
    ['This ticket is for shops taking part in かわさき宙フェス only. This shop does not.', NEXT_EN],
  ),
  failure(
    'ticket_cleared',
    'K-608',
    'stop',
    ['この券は、11月18日 10:42 に消込済みです（みなみ商工会）。', NEXT_JA],
    ['This ticket was already cleared on 18 Nov at 10:42 (みなみ商工会).', NEXT_EN],
  ),
  failure(
    'ticket_lapsed',
    'K-609',
    'stop',
    ['期限（11月19日）をすぎています。', NEXT_JA],
    ['Its last day (19 Nov) is over.', NEXT_EN],
  ),
  failure(
    'ticket_lapsed_waiting',
    'K-610',
    'stop',
    ['クラウドにつながるのを待つ間に、期限（11月19日）をすぎました。', '別に置いて、自治体の担当課にご相談ください。'],
    ['Its last day (19 Nov) passed while the scan waited for the cloud.', 'Set it aside and ask the municipality.'],
  ),
  failure(
    'ticket_reissued',
    'K-611',
    'stop',
    ['再発行されたため、この券は使えません。', NEXT_JA],
    ['This ticket was reissued and can no longer be used.', NEXT_EN],
  ),
  failure(
    'ticket_voided',
    'K-612',
    'stop',
    ['この券は、発行した窓口で取り消されています。', NEXT_JA],
    ['This ticket was voided by the desk that issued it.', NEXT_EN],
  ),
  failure(
    'day_closed',
    'K-613',
    'stop',
    ['日計（第12号）で締めた後は、取り消せません。ポイントは動いていません。', '自治体の担当課にご相談ください。'],
    [
      'It was closed with day close no. 12 and can no longer be undone. No points have moved.',
      'Please ask the municipality.',
    ],
  ),
  failure(
    'ticket_guessing_slowed',
    'K-614',
    'check',
    [
      '券のない番号が続いたため、しばらく受け付けません。ポイントは動いていません。',
      '少しおいて（長くて5分）から、券を見てもう一度行ってください。',
    ],
    [
      'After several numbers without a ticket, entry is paused. No points have moved.',
      'Please wait a little (five minutes at most), look at the ticket and try again.',
    ],
  ),
  failure(
    'ticket_guessing_locked',
    'K-615',
    'stop',
    [
      '券のない番号が多く続いたため、この端末では券の番号を受け付けていません。ポイントは動いていません。',
      '自治体の担当課にお知らせください。',
    ],
    [
      'Because of many numbers without a ticket, this terminal takes no ticket numbers for now. No points have moved.',
      'Please tell the municipality.',
    ],
  ),
  failure(
    'not_a_ticket',
    'K-651',
    'stop',
    ['これは、ポイント券のコードではありません。', 'ポイント券のQRコードを読み取るか、12桁の番号を入力してください。'],
    ['This is not the code of a point ticket.', "Please scan the ticket's QR code or type its 12-digit number."],
  ),
  failure(
    'scan_not_cleared',
    'K-652',
    'check',
    ['この券は、消し込まれていないため、戻せません。', '一覧で、しるしが〇の券を選んでください。'],
    ['This ticket is not cleared, so it cannot be taken back.', 'Please choose a ticket marked 〇 in the list.'],
  ),
  failure(
    'scan_dropped',
    'K-657',
    'stop',
    [
      '読み取りを取りやめました。この券は、消し込んでいません。',
      '券を別に置き、消し込むときは、もう一度読み取ってください。',
    ],
    ['The scan was given up. The ticket was not cleared.', 'Set it aside; to clear it, please scan it again.'],
  ),
];
