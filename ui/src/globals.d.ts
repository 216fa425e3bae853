/** Whether this build runs over the browser double instead of the program. */
declare const __DOUBLE__: boolean;
