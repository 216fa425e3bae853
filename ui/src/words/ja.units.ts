/** Points, yen and days as Japanese sentences have them. */
import { grouped, partsOfDay } from './numbers';

export const points = (n: number): string => `${grouped(n)}ポイント`;
export const yen = (n: number): string => `${grouped(n)}円`;
export const day = (iso: string): string => {
  const [year, month, date] = partsOfDay(iso);
  return `${year}年${month}月${date}日`;
};
export const shortDay = (iso: string): string => {
  const [, month, date] = partsOfDay(iso);
  return `${month}月${date}日`;
};
