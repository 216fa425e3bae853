/** 画面 2: the words of signing in and of the lock. */
export const signIn = {
  title: 'ログイン',
  locked: 'ロックしています',
  say: '端末パスワードを|入力してください',
  sayLocked: '続けるときは、|端末パスワードを|入力してください',
  where: '端末パスワードは、自治体から配られた「様式Ⅱ」の用紙にあります。',
  name: '担当者名',
  nameIfWanted: '担当者名（なくてもかまいません）',
  nameExample: '例 佐藤',
  nameWrong: '担当者名を|入力してください。',
  names: 'これまでの担当者名',
  capsLock: 'CapsLock がオンです。小文字で入力してください。',
  site: '設置場所',
  begin: 'ログインする',
  unlock: 'ロックを解く',
  checking: '確かめています',
};
