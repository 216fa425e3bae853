// Paints two seconds of frames that differ in one pixel of the corner.
const pixel = document.createElement('div');
Object.assign(pixel.style, { position: 'fixed', left: '0', top: '0', width: '1px', height: '1px' });
document.body.append(pixel);
let frames = 120;
const paint = () => {
  pixel.style.background = frames % 2 === 0 ? '#fefefe' : '#ffffff';
  frames -= 1;
  if (frames > 0) requestAnimationFrame(paint);
  else pixel.remove();
};
paint();
