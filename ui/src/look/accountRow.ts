/** One account as `AccountTable` shows it: words and numbers as they come. */
export interface AccountRow {
  name: string;
  note: string;
  balance: string;
  used: string;
  isUsed: boolean;
  rest: string;
}
