/** Numbers that are read out are written in fours. */
export const spacedTerminal = (terminal: string): string => terminal.replace(/^(\d{4})(\d{4})$/, '$1 $2');
export const spacedTicket = (number: string): string => number.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');
