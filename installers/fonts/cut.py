#!/usr/bin/python3
"""Cuts BIZ UDPGothic to the characters of Japanese names and papers, for the installers.

Usage: cut.py FOLDER-OF-FONTS FOLDER-TO-WRITE

Kept are CP932 (what counters' systems write), JIS X 0213 (what names in registers are written with) and CP1252
(yen sign, dashes and quotes that Windows puts where the others have look-alikes), with every variation selector
the font has for them. What the font lacks of these two is written into missing.txt
beside the fonts: papers name such a character before they are printed. The licence travels along.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FACES = ["BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"]
LICENCE = pathlib.Path(__file__).with_name("OFL.txt")


def characters_of(codec: str) -> set[int]:
    """Every character a codec can write; of JIS X 0213 some are written with two code points."""
    ones = (chr(code) for code in range(0x20, 0x110000) if not 0xD800 <= code <= 0xDFFF)
    found = set()
    for one in ones:
        try:
            one.encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(ord(one))
    return found


def wanted() -> set[int]:
    not_characters = set(range(0x7F, 0xA0)) | set(range(0xE000, 0xF900))
    # With one of these after it, a letter of JIS X 0213 is two code points.
    combining = {0x309A, 0x0300, 0x0301, 0x02E5, 0x02E9}
    codecs = ["cp932", "euc_jis_2004", "shift_jis_2004", "cp1252"]
    return set.union(combining, *map(characters_of, codecs)) - not_characters


def cut(source: pathlib.Path, written: pathlib.Path, unicodes: set[int]) -> None:
    # Papers are outlines at any size, and screens smooth: hints would be a fifth of the file.
    options = subset.Options(layout_features=["*"], name_IDs=["*"], name_languages=["*"], hinting=False)
    # A signature of the uncut file, and words about its design.
    options.drop_tables += ["DSIG", "meta"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    subset.save_font(font, str(written), options)


def missing_from(fonts: list[pathlib.Path], unicodes: set[int]) -> list[int]:
    have = set.intersection(*(set(TTFont(font).getBestCmap()) for font in fonts))
    return sorted(unicodes - have)


def main(source: pathlib.Path, folder: pathlib.Path) -> None:
    unicodes = wanted()
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / face for face in FACES]
    for face, font in zip(FACES, written):
        cut(source / face, font, unicodes)
    missing = missing_from(written, unicodes)
    lines = [f"U+{code:04X} {chr(code)}\n" for code in missing]
    (folder / "missing.txt").write_text("".join(lines), encoding="utf-8")
    (folder / "OFL.txt").write_bytes(LICENCE.read_bytes())
    sizes = ", ".join(f"{font.name} {font.stat().st_size}" for font in written)
    print(f"{len(unicodes) - len(missing)} of {len(unicodes)} characters kept: {sizes}", file=sys.stderr)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
