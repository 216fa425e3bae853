/** What the double says about merges, in the catalogue's words. */
import type { ErrorCode, Failure } from '../../generated/types';

const failure = (
  code: ErrorCode,
  number: string,
  tone: Failure['tone'],
  points: Failure['points'],
  ja: [string, string],
  en: [string, string],
): Failure => ({ code, number, tone, points, what: { ja: ja[0], en: en[0] }, now: { ja: ja[1], en: en[1] } });

export const MERGE_FAILURES: Failure[] = [
  failure(
    'not_a_member',
    'M-901',
    'stop',
    'no',
    [
      'この商店街の番号が、お客様に登録されていません。ポイントは動いていません。',
      '番号の登録をすませてから、もう一度行ってください。',
    ],
    [
      'No number of this street is registered for the customer. No points have moved.',
      'Please have the number registered first, then try again.',
    ],
  ),
  failure(
    'street_folder_unusable',
    'M-904',
    'check',
    'no',
    [
      '銀座街商店会のフォルダーに、ファイルを書けません。ポイントは動いていません。',
      'ネットワークとディスクの空きを確かめ、もう一度行ってください。',
    ],
    [
      'Files cannot be written to the folder of 銀座街商店会. No points have moved.',
      'Please check the network and free space, then try again.',
    ],
  ),
  failure(
    'street_card_unknown',
    'M-906',
    'check',
    'no',
    [
      'この商店街カードの番号は、まだ登録されていません。ポイントは動いていません。',
      'マイナンバーカードを置いていただくか、先に番号を登録してください。',
    ],
    [
      'The number of this street card is not registered yet. No points have moved.',
      'Please use the My Number card, or register the number first.',
    ],
  ),
  failure(
    'street_card_unread',
    'M-907',
    'check',
    'no',
    [
      'このカードから、商店街の番号を読み取れませんでした。ポイントは動いていません。',
      'マイナンバーカードを置いてください。読み方は、設定の「カードの読み方」で確かめられます。',
    ],
    [
      'No number of the street could be read from this card. No points have moved.',
      'Please use the My Number card. How cards are read can be checked under Settings, Card descriptions.',
    ],
  ),
  failure(
    'merge_file_not_put',
    'M-905',
    'check',
    'not_concerned',
    [
      '合算は成立しています。ファイルは、まだフォルダーに置けていません。',
      'フォルダーを確かめ、「もう一度置く」を押してください。',
    ],
    [
      'The points have been merged. The file is not in its folder yet.',
      'Please check the folder, then press “Put it again”.',
    ],
  ),
];
