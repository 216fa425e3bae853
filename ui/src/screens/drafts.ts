/** What was typed into a form and not yet sent, so that a look at 困ったとき does not lose it. */
import type { Contact } from '../generated/types';

export interface Drafts {
  signUp: { terminal: string; password: string };
  contact: Omit<Contact, 'id_provider'> & { id_provider: string };
}

export const noDrafts = (): Drafts => ({
  signUp: { terminal: '', password: '' },
  contact: { staff_name: '', shop_name: '', postal_code: '', address: '', phone: '', mail: '', id_provider: '' },
});
