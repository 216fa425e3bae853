#!/bin/sh
# Draws the program's icons from mark.svg. Run it after changing the mark.
# Needs gdk-pixbuf-thumbnailer (libgdk-pixbuf2.0-bin, librsvg2-common) and ImageMagick.
set -eu
cd "$(dirname "$0")"

draw() { # pixels file
    gdk-pixbuf-thumbnailer -s "$1" mark.svg "$2"
    mogrify -strip -define png:color-type=6 -depth 8 "$2"
}

draw 32 32x32.png
draw 128 128x128.png
draw 256 128x128@2x.png
draw 512 icon.png
/usr/bin/convert 128x128@2x.png -define icon:auto-resize=16,24,32,48,64,256 icon.ico
