"""Write every page and picture of the manual, and remove those that have no chart, rule or profile any more."""

from docs.manual import FOLDER, pages
from docs.manual.elsewhere import lying


def main() -> None:
    """Write the manual."""
    written = pages()
    for name, text in written.items():
        file = FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for name in lying() - set(written):
        (FOLDER / name).unlink()


if __name__ == "__main__":
    main()
