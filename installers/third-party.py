#!/usr/bin/python3
"""Names what is compiled into a program, with its licences: every crate it is linked with, and for the window
what the screens bundle.

Usage: third-party.py CRATE TARGET > third-party.txt

Asks cargo what is linked (no build scripts, no tests), and reads the licence files that each crate brings.
A text that several crates share is printed once, after the names of all that bring it.
"""

import collections
import json
import pathlib
import subprocess
import sys

BEGINNINGS = ("licen", "copying", "notice", "unlicense", "copyright")
SCREENS = ["svelte", "@tauri-apps/api"]


def metadata(target: str) -> dict:
    words = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)


def linked(cargo: dict, crate: str) -> list[dict]:
    """The crates a program is linked with: those it depends on as it is, and theirs."""
    packages = {package["id"]: package for package in cargo["packages"]}
    nodes = {node["id"]: node for node in cargo["resolve"]["nodes"]}
    waiting = [one["id"] for one in cargo["packages"] if one["name"] == crate and one["source"] is None]
    seen = set()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            deps = nodes[one]["deps"]
            waiting += [on["pkg"] for on in deps if any(kind["kind"] is None for kind in on["dep_kinds"])]
    found = [packages[one] for one in seen if packages[one]["source"] is not None]
    return sorted(found, key=lambda package: (package["name"], package["version"]))


def licence_texts(folder: pathlib.Path) -> list[str]:
    files = sorted(file for file in folder.iterdir() if file.is_file())
    chosen = [file for file in files if file.name.lower().startswith(BEGINNINGS)]
    return [file.read_text(encoding="utf-8", errors="replace").strip() for file in chosen]


def of_crates(crate: str, target: str) -> list[tuple[str, str, list[str]]]:
    def row(package: dict) -> tuple[str, str, list[str]]:
        said = package["license"] or "see below"
        name = f"{package['name']} {package['version']}"
        return name, said, licence_texts(pathlib.Path(package["manifest_path"]).parent)

    return [row(package) for package in linked(metadata(target), crate)]


def of_screens() -> list[tuple[str, str, list[str]]]:
    rows = []
    for name in SCREENS:
        folder = pathlib.Path("ui/node_modules") / name
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        rows.append((f"{name} {package['version']} (npm)", package["license"], licence_texts(folder)))
    return rows


def main(crate: str, target: str) -> None:
    rows = of_crates(crate, target) + (of_screens() if crate == "madoguchi" else [])
    by_text = collections.defaultdict(list)
    print(f"What is compiled into {crate}, and under which licences\n")
    for name, said, texts in rows:
        print(f"{name}: {said}")
        for text in texts:
            by_text[text].append(name)
    for text, names in by_text.items():
        print(f"\n{'=' * 78}\n{', '.join(names)}\n{'-' * 78}\n{text}")


if __name__ == "__main__":
    main(*sys.argv[1:])
