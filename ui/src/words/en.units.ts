/** Points, yen and days as English sentences have them. */
import { grouped, partsOfDay } from './numbers';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const points = (n: number): string => (n === 1 ? '1 point' : `${grouped(n)} points`);
export const yen = (n: number): string => `¥${grouped(n)}`;
export const day = (iso: string): string => {
  const [year, month, date] = partsOfDay(iso);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};
export const shortDay = (iso: string): string => {
  const [, month, date] = partsOfDay(iso);
  return `${date} ${MONTHS[month - 1]}`;
};
