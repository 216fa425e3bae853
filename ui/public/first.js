/**
 * How the page looks before anything of it is painted: the program says it in the page's address, because the
 * screens' own scripts come later and nothing may flash in another colour or without the mark of training.
 */
{
  const asked = new URLSearchParams(location.search);
  const page = document.documentElement;
  if (asked.get('language') === 'en') page.lang = 'en';
  if (asked.has('training')) page.dataset.mode = 'training';
  const theme = asked.get('theme');
  if (theme) page.dataset.theme = theme;
  const size = Number(asked.get('size'));
  if (size > 0) page.style.fontSize = `${size}%`;
}
